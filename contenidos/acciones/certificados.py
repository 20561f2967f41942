"""Emitir y revocar el certificado de una ruta, y pedir su PDF."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from contenidos.consultas.rutas import certificado_de, recorrido_de
from contenidos.models import Certificado, PasoHecho, Ruta
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.codigos import nuevo_codigo
from trabajos.models import Trabajo

PREFIJO = "EVR"  # EVS es el de las constancias


@transaction.atomic
def emitir_certificado(*, ruta: Ruta, por: Usuario) -> Certificado:
    """El de quien terminó la ruta. Si ya lo tiene, es ese, aunque la ruta haya cambiado."""
    suyo = certificado_de(ruta, por)
    if suyo and suyo.vale:
        return suyo
    recorrido = recorrido_de(ruta, por)
    if not recorrido.esta_completo:
        faltan = len(recorrido.etapas) - recorrido.hechos
        raise ValidationError(
            f"Aún le {'falta 1 paso' if faltan == 1 else f'faltan {faltan} pasos'} de esta ruta. "
            "Márquelos cuando los haga y vuelva por su certificado.",
            code="ruta_sin_terminar",
        )
    certificado, es_nuevo = Certificado.objects.get_or_create(
        ruta=ruta,
        usuario=por,
        revocado_en=None,
        defaults={
            "codigo": nuevo_codigo(PREFIJO),
            "nombre": por.nombre,
            "entidad": por.entidad,
            "pasos": len(recorrido.etapas),
            "minutos": recorrido.minutos,
        },
    )
    if es_nuevo:
        anotar(por=por, verbo="obtuvo un certificado", objeto=certificado)
    return certificado


@transaction.atomic
def revocar_certificado(*, certificado: Certificado, motivo: str, por: Usuario) -> None:
    """Deja de valer, y su página lo dice. Para tener otro hay que recorrer la ruta de nuevo.

    El motivo queda para el Ministerio: puede nombrar a alguien.
    """
    if not motivo.strip():
        raise ValidationError("Escriba por qué.", code="sin_motivo")
    revocados = Certificado.objects.filter(pk=certificado.pk, revocado_en__isnull=True).update(
        revocado_en=timezone.now(), motivo=motivo.strip()
    )
    if not revocados:
        raise ValidationError(
            "Este certificado ya estaba revocado. Actualice la página.", code="ya_revocado"
        )
    PasoHecho.objects.filter(
        paso__ruta=certificado.ruta_id, usuario=certificado.usuario_id
    ).delete()
    certificado.refresh_from_db()
    anotar(por=por, verbo="revocó un certificado", objeto=certificado)


@transaction.atomic
def pedir_pdf(certificado: Certificado, *, por: Usuario) -> Trabajo:
    """Pulsar dos veces el botón no pide dos archivos."""
    if not certificado.vale:
        raise ValidationError("Este certificado se revocó: no hay qué descargar.", code="revocado")
    return encolar(
        "contenidos.certificado",
        por=por,
        parametros={"certificado_id": certificado.pk},
        titulo=f"Mi certificado: {certificado.ruta}",
        clave_unica=f"contenidos.certificado:{certificado.pk}",
    )
