"""Emitir, revocar y pedir constancias. Solo de sesiones cerradas: lo abierto aún puede cambiar."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conectate.consultas.certificado import NombresDeCertificado
from conectate.consultas.constancias import (
    Alcance,
    certificable_de_entidad,
    certificable_de_persona,
    lo_que_dirian_hoy,
)
from conectate.models import Constancia, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.codigos import nuevo_codigo
from trabajos.models import Trabajo


@transaction.atomic
def emitir_constancias(alcance: Alcance, *, por: Usuario) -> int:
    """Las que falten. Repetirla no duplica ni revive las revocadas. Dice cuántas emitió."""
    _tomar(alcance)
    nombres, ahora = NombresDeCertificado(), timezone.now()
    de_entidades = [
        (asistencia, "", certificable_de_entidad(asistencia))
        for asistencia in alcance.presentes_sin_constancia().select_related("sesion", "entidad")
    ]
    de_personas = [
        (persona, persona.clave, certificable_de_persona(persona, nombres))
        for persona in alcance.personas_sin_constancia().select_related("sesion", "entidad")
    ]
    Constancia.objects.bulk_create(
        [
            Constancia(
                codigo=nuevo_codigo(),
                sesion=origen.sesion,
                entidad=origen.entidad,
                clave=clave,
                nombre=certificable.nombre,
                minutos=certificable.minutos,
                emitida_por=por,
                emitida_en=ahora,
            )
            for origen, clave, certificable in de_entidades + de_personas
        ],
        ignore_conflicts=True,  # otra persona las emitió en este mismo instante
        batch_size=500,
    )
    emitidas = alcance.emitidas().filter(emitida_por=por, emitida_en=ahora)
    cuantas, sesiones = emitidas.count(), set(emitidas.values_list("sesion", flat=True))
    if cuantas:
        anotar(
            por=por,
            verbo="emitió constancias",
            objeto=alcance.sesiones.get(pk=min(sesiones)) if len(sesiones) == 1 else None,
            detalle={"constancias": cuantas, "sesiones": sorted(sesiones)},
        )
    return cuantas


def _tomar(alcance):
    """Nadie las reabre ni las certifica a la vez."""
    suyas = Sesion.objects.filter(pk__in=alcance.cerradas.values("pk"))
    list(suyas.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def revocar_constancia(constancia: Constancia, *, motivo: str, por: Usuario) -> None:
    """Deja de valer, y su página lo dice. El motivo queda para el Ministerio: puede nombrar."""
    revocadas = Constancia.objects.filter(pk=constancia.pk, revocada_en__isnull=True).update(
        revocada_por=por, revocada_en=timezone.now(), motivo=_exigido(motivo)
    )
    if not revocadas:
        raise ValidationError(
            "Esta constancia ya estaba revocada. Actualice la página.", code="ya_revocada"
        )
    constancia.refresh_from_db()
    anotar(por=por, verbo="revocó una constancia", objeto=constancia)


@transaction.atomic
def volver_a_emitir(constancia: Constancia, *, motivo: str, por: Usuario) -> Constancia:
    """Revoca la que hay, si aún vale, y emite otra con lo que hoy dice la sesión."""
    motivo = _exigido(motivo)
    sesion = Sesion.objects.select_for_update().get(pk=constancia.sesion_id)
    if not sesion.esta_cerrada:
        raise ValidationError(
            "La sesión está abierta. Ciérrela antes de emitir sus constancias.",
            code="sesion_abierta",
        )
    hoy = lo_que_dirian_hoy([constancia])[constancia.pk]
    if hoy is None:
        raise ValidationError(
            "Con la asistencia de hoy no le corresponde constancia. Si no debe valer, revóquela.",
            code="ya_no_cumple",
        )
    constancia.refresh_from_db()
    if constancia.vale:
        revocar_constancia(constancia, motivo=motivo, por=por)
    suyas = Constancia.objects.filter(sesion=sesion, clave=constancia.clave)
    if not constancia.clave:
        suyas = suyas.filter(entidad=constancia.entidad_id)
    if suyas.filter(revocada_en__isnull=True).exists():
        raise ValidationError(
            "Ya tiene otra constancia de esta sesión que vale. Use esa.", code="ya_tiene_otra"
        )
    nueva = Constancia.objects.create(
        codigo=nuevo_codigo(),
        sesion=sesion,
        entidad_id=constancia.entidad_id,
        clave=constancia.clave,
        nombre=hoy.nombre,
        minutos=hoy.minutos,
        emitida_por=por,
    )
    anotar(
        por=por,
        verbo="volvió a emitir una constancia",
        objeto=nueva,
        detalle={"en_lugar_de": constancia.codigo},
    )
    return nueva


def _exigido(motivo):
    if not motivo.strip():
        raise ValidationError("Escriba por qué.", code="sin_motivo")
    return motivo.strip()


def pedir_constancias_de_sesion(sesion: Sesion, *, por: Usuario) -> Trabajo:
    """Todas, si lo pide el Ministerio; si una secretaría, las suyas."""
    return _pedir(
        "conectate.constancias",
        f"Constancias: {sesion.titulo}",
        {"sesion_id": sesion.pk},
        por,
    )


def pedir_constancias_de_vigencia(entidad, vigencia: int, *, por: Usuario) -> Trabajo:
    return _pedir(
        "conectate.constancias",
        f"Constancias de {entidad} en {vigencia}",
        {"codigo_dane": entidad.codigo_dane, "vigencia": vigencia},
        por,
    )


def pedir_mi_constancia(sesion: Sesion, *, por: Usuario) -> Trabajo:
    return _pedir(
        "conectate.mi_constancia", f"Mi constancia: {sesion.titulo}", {"sesion_id": sesion.pk}, por
    )


def _pedir(tipo, titulo, parametros, por):
    """Pulsar dos veces el botón no pide dos archivos: mientras no termine, es el mismo."""
    cuales = ":".join(str(valor) for valor in parametros.values())
    return encolar(
        tipo, por=por, parametros=parametros, titulo=titulo, clave_unica=f"{tipo}:{por.pk}:{cuales}"
    )
