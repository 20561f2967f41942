"""La vida de un compromiso: se acuerda, se prorroga y cambia de manos. Seguirlo: `seguimientos`.

Cada paso trae su clave: mandado otra vez, no se repite. Lo que ya pasó no se reescribe; se añade.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from acompanamiento.acciones.contactos import exigir_certificada
from acompanamiento.acciones.pasos import anadir, en_campo, exigir, exigir_abierto, motivo_de
from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, marcar_cambio, recibir
from acompanamiento.acciones.responsables import CAMPOS, Responsable, exigir_responsable
from acompanamiento.consultas.cosas import cosa_visible
from acompanamiento.models import (
    CambioDeResponsable,
    Compromiso,
    Prorroga,
    Relevo,
)
from acompanamiento.permisos import puede_acompanar
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.horas_habiles import sumar_habiles

CLASE = "compromiso"
ORIGEN = {"contacto": None, "necesidad": None, "cosa_clase": "", "cosa_id": None}
DIA = r"j \d\e F \d\e Y"
VIGENCIAS = range(2015, 2100)


# ── Acordarlo ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def acordar_compromiso(
    *, clave: UUID, base: int, datos: dict, por: Usuario, cuerpo: dict | None = None
) -> Recibo:
    """Deja un compromiso con su responsable y su fecha; con `base`, corrige el que ya está.

    `datos`: entidad, texto, lado, direccion, dependencia, persona, acordado_el, `habiles` o
    `vence_el`, y de dónde salió (contacto, necesidad, o cosa_clase y cosa_id).
    """
    exigir(puede_acompanar(por))
    return recibir(
        clase=CLASE,
        visibles=Compromiso.objects.visibles_para(por),
        clave=clave,
        base=base,
        cuerpo=cuerpo_de(datos) if cuerpo is None else cuerpo,
        por=por,
        guardar=lambda actual: _acordar(actual, clave, datos, por),
    )


def _acordar(actual, clave, datos, por):
    compromiso = actual or Compromiso(
        clave=clave, creado_por=por, es_demostracion=por.es_demostracion
    )
    if actual is None:
        _poner_origen(compromiso, datos, por)
    antes, decia = _plazo_y_responsable(compromiso), compromiso.texto
    compromiso.texto = datos["texto"].strip()
    compromiso.acordado_el = datos.get("acordado_el") or timezone.localdate()
    _exigir_cercana("acordado_el", compromiso.acordado_el)
    compromiso.habiles = datos.get("habiles")
    compromiso.vence_el = fecha_de_vencimiento(datos, compromiso.acordado_el)
    responsable = Responsable.en(datos)
    if actual is None or responsable != Responsable.de(compromiso):
        exigir_responsable(responsable, compromiso.entidad)
    responsable.poner_en(compromiso)
    if actual is None:
        exigir_certificada(compromiso.entidad, compromiso.acordado_el)
    elif antes != _plazo_y_responsable(compromiso):
        _exigir_sin_historia(actual)
    if actual and (decia, antes) != (compromiso.texto, _plazo_y_responsable(compromiso)):
        compromiso.secuencia += 1
    compromiso.save()
    anotar(
        por=por,
        verbo="corrigió un compromiso" if actual else "acordó un compromiso",
        objeto=compromiso,
    )
    return compromiso


def fecha_de_vencimiento(datos: dict, acordado_el):
    """La que se dijo, o la que dan los días hábiles: uno de los dos, después del acuerdo."""
    habiles, vence_el = datos.get("habiles"), datos.get("vence_el")
    if habiles:
        vence_por_plazo = sumar_habiles(acordado_el, habiles)
        if vence_el in (None, vence_por_plazo):
            return vence_por_plazo
        raise en_campo(
            "vence_el",
            "dos_fechas",
            f"Escribió {habiles} días hábiles, que vencen el {date_format(vence_por_plazo, DIA)}, "
            "y además otra fecha. Deje una de las dos cosas.",
        )
    if vence_el is None:
        raise en_campo(
            "vence_el", "sin_fecha", "Falta para cuándo. Escriba la fecha o los días hábiles."
        )
    _exigir_cercana("vence_el", vence_el)
    if vence_el < acordado_el:
        raise en_campo(
            "vence_el",
            "vence_antes",
            f"Vencería antes del día en que se acordó ({date_format(acordado_el, DIA)}). Corrija "
            "una de las dos fechas.",
        )
    return vence_el


def _exigir_cercana(campo, fecha):
    if fecha.year not in VIGENCIAS:
        raise en_campo(campo, "fecha_lejana", "Revise el año: esa fecha está muy lejos de hoy.")


def _poner_origen(compromiso, datos, por):
    """Lo que lo originó es de la misma secretaría, y quien lo acuerda lo puede ver."""
    for campo, vacio in ORIGEN.items():
        setattr(compromiso, campo, datos.get(campo) or vacio)
    _exigir_un_origen(compromiso, por)
    origen = compromiso.contacto or compromiso.necesidad
    entidad = datos.get("entidad") or (origen and origen.entidad)
    if entidad is None:
        raise en_campo("entidad", "sin_entidad", "Escoja a qué secretaría concierne.")
    if origen and origen.entidad_id != entidad.pk:
        raise en_campo(
            "entidad",
            "origen_de_otra_entidad",
            f"El compromiso sale de algo de {origen.entidad}. Escoja esa secretaría.",
        )
    compromiso.entidad = entidad


def _exigir_un_origen(compromiso, por):
    cosa = (compromiso.cosa_clase, compromiso.cosa_id)
    if sum(map(bool, (compromiso.contacto, compromiso.necesidad, any(cosa)))) > 1:
        raise ValidationError(
            "Un compromiso sale de una sola cosa: un contacto, una necesidad o una sesión. Deje "
            "una.",
            code="dos_origenes",
        )
    if any(cosa) and not cosa_visible(*cosa, por):
        raise ValidationError(
            "Aquello de donde salió el compromiso ya no está. Regístrelo sin ese origen.",
            code="origen_perdido",
        )


def _plazo_y_responsable(compromiso):
    return Responsable.de(compromiso), compromiso.vence_el


def _exigir_sin_historia(compromiso):
    """Después del primer paso, la fecha y el responsable cambian diciendo por qué."""
    if tiene_historia(compromiso):
        raise ValidationError(
            "Este compromiso ya tiene historia: el responsable se cambia con «Cambiar "
            "responsable» y la fecha con «Prorrogar», que piden el motivo. Aquí corrija solo el "
            "texto.",
            code="tiene_historia",
        )


def tiene_historia(compromiso: Compromiso) -> bool:
    return any(
        pasos.exists()
        for pasos in (compromiso.seguimientos, compromiso.prorrogas, compromiso.cambios)
    )


# ── Prorrogarlo y pasarlo a otro ──────────────────────────────────────────────────────────────


@transaction.atomic
def prorrogar(
    *,
    clave: UUID,
    compromiso: Compromiso,
    datos: dict,
    por: Usuario,
    cuerpo: dict | None = None,
    base: int = 0,
) -> Recibo:
    """Otra fecha, con su motivo. `datos`: a (o habiles, contados desde hoy) y motivo."""
    exigir(puede_acompanar(por))

    def escribir(compromiso):
        exigir_abierto(compromiso)
        hoy = timezone.localdate()
        a = datos.get("a") or (datos.get("habiles") and sumar_habiles(hoy, datos["habiles"]))
        if a is None:
            raise en_campo("a", "sin_fecha", "Falta la nueva fecha, o en cuántos días hábiles.")
        _exigir_cercana("a", a)
        if a <= compromiso.vence_el or a < hoy:
            despues_de = max(compromiso.vence_el, hoy)
            raise en_campo(
                "a",
                "no_prorroga",
                f"La nueva fecha va después del {date_format(despues_de, DIA)}. Escoja otra.",
            )
        prorroga = Prorroga(de=compromiso.vence_el, a=a, motivo=motivo_de(datos))
        compromiso.vence_el, compromiso.habiles = a, None
        compromiso.secuencia += 1
        compromiso.save(update_fields=["vence_el", "habiles", "secuencia"])
        marcar_cambio(compromiso)
        return prorroga, "prorrogó un compromiso"

    return anadir(Prorroga, "prorroga", escribir, clave, base, compromiso, datos, cuerpo, por)


@transaction.atomic
def cambiar_responsable(
    *,
    clave: UUID,
    compromiso: Compromiso,
    datos: dict,
    por: Usuario,
    cuerpo: dict | None = None,
    base: int = 0,
    relevo: Relevo | None = None,
) -> Recibo:
    """Desde ahora responde otro. `datos`: lado, direccion, dependencia, persona y motivo."""
    exigir(puede_acompanar(por))

    def escribir(compromiso):
        exigir_abierto(compromiso)
        anterior, nuevo = Responsable.de(compromiso), Responsable.en(datos)
        exigir_responsable(nuevo, compromiso.entidad)
        if nuevo == anterior:
            raise ValidationError(
                "Ya responde esa misma unidad o persona. Escoja otra.", code="el_mismo"
            )
        cambio = CambioDeResponsable(motivo=motivo_de(datos), relevo=relevo)
        anterior.poner_en(cambio)
        nuevo.poner_en(compromiso)
        compromiso.save(update_fields=CAMPOS)
        marcar_cambio(compromiso)
        return cambio, "cambió el responsable de un compromiso"

    return anadir(
        CambioDeResponsable, "cambio", escribir, clave, base, compromiso, datos, cuerpo, por
    )
