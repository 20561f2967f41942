"""Seguir un compromiso: contar cómo va, cerrarlo con lo que lo demuestra, y reabrirlo."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone

from acompanamiento.acciones.pasos import anadir, en_campo, exigir, exigir_abierto, motivo_de
from acompanamiento.acciones.recepcion import Recibo, cuerpo_de, marcar_cambio
from acompanamiento.models import Compromiso, Evidencia, Lado, Seguimiento
from acompanamiento.permisos import puede_acompanar, puede_seguir_compromiso
from contenidos.acciones.versiones import exigir_archivo_permitido
from cuentas.models import Usuario
from trabajos.archivos import huella_de
from trabajos.entrega import tipo_por_el_nombre

LARGO_DEL_NOMBRE = Evidencia._meta.get_field("nombre").max_length


@transaction.atomic
def seguir_compromiso(
    *,
    clave: UUID,
    compromiso: Compromiso,
    datos: dict,
    por: Usuario,
    cuerpo: dict | None = None,
    base: int = 0,
) -> Recibo:
    """Qué pasó y en qué queda. `datos`: texto, estado y la evidencia (archivo, enlace, contenido).

    Lo que la secretaría se comprometió a hacer se da por cumplido con algo que lo demuestre.
    """
    exigir(puede_seguir_compromiso(por, compromiso))

    def escribir(compromiso):
        exigir_abierto(compromiso)
        if datos["estado"] == Compromiso.Estado.SIN_EFECTO:
            raise ValueError("Dejarlo sin efecto es otra acción.")
        evidencias = _evidencias(datos, por)
        if datos["estado"] == Compromiso.Estado.CUMPLIDO:
            _exigir_evidencia(compromiso, evidencias)
        return (
            _dejar(compromiso, datos["estado"], datos["texto"], por),
            "siguió un compromiso",
            evidencias,
        )

    if cuerpo is None:
        archivo = datos.get("archivo")
        cuerpo = cuerpo_de({**datos, "archivo": huella_de(archivo) if archivo else ""})
    return anadir(Seguimiento, "seguimiento", escribir, clave, base, compromiso, datos, cuerpo, por)


@transaction.atomic
def dejar_sin_efecto(
    *, clave: UUID, compromiso: Compromiso, datos: dict, por: Usuario, cuerpo=None, base: int = 0
) -> Recibo:
    """Ya no hay que cumplirlo. No se borra: queda con su motivo."""
    exigir(puede_acompanar(por))

    def escribir(compromiso):
        exigir_abierto(compromiso)
        seguimiento = _dejar(compromiso, Compromiso.Estado.SIN_EFECTO, motivo_de(datos), por)
        return seguimiento, "dejó sin efecto un compromiso"

    return anadir(Seguimiento, "sin_efecto", escribir, clave, base, compromiso, datos, cuerpo, por)


@transaction.atomic
def reabrir(
    *, clave: UUID, compromiso: Compromiso, datos: dict, por: Usuario, cuerpo=None, base: int = 0
) -> Recibo:
    """Se había cerrado y no estaba: vuelve a estar en curso, con la fecha que tenía."""
    exigir(puede_acompanar(por))

    def escribir(compromiso):
        if compromiso.esta_abierto:
            raise ValidationError(
                "Este compromiso está abierto: no hay que reabrirlo.", code="abierto"
            )
        seguimiento = _dejar(compromiso, Compromiso.Estado.EN_CURSO, motivo_de(datos), por)
        return seguimiento, "reabrió un compromiso"

    return anadir(Seguimiento, "reapertura", escribir, clave, base, compromiso, datos, cuerpo, por)


def _dejar(compromiso, estado, texto, por):
    """El compromiso, en ese estado; y el seguimiento que lo cuenta, por guardar."""
    if compromiso.estado != estado:
        compromiso.estado = estado
        compromiso.cerrado_en = None if compromiso.esta_abierto else timezone.now()
        compromiso.cerrado_por = None if compromiso.esta_abierto else por
        compromiso.secuencia += 1
        compromiso.save(update_fields=["estado", "cerrado_en", "cerrado_por", "secuencia"])
        marcar_cambio(compromiso)
    return Seguimiento(texto=texto.strip(), estado=estado)


def _evidencias(datos, por):
    """Las que vienen en el paso, por guardar."""
    comun = {"creado_por": por, "es_demostracion": por.es_demostracion}
    nuevas = []
    if archivo := datos.get("archivo"):
        nuevas.append(_archivo(archivo, comun))
    if enlace := datos.get("enlace"):
        nombre = datos.get("nombre_del_enlace") or enlace
        nuevas.append(Evidencia(enlace=enlace, nombre=nombre[:LARGO_DEL_NOMBRE], **comun))
    if contenido := datos.get("contenido"):
        nombre = contenido.titulo[:LARGO_DEL_NOMBRE]
        nuevas.append(Evidencia(contenido=contenido, nombre=nombre, **comun))
    return nuevas


def _archivo(archivo: File, comun):
    try:
        exigir_archivo_permitido(archivo, con_video=False)
    except ValidationError as error:
        raise ValidationError({"archivo": error}) from None
    return Evidencia(
        archivo=archivo,
        nombre=archivo.name[-LARGO_DEL_NOMBRE:],
        tipo=tipo_por_el_nombre(archivo.name),
        tamano=archivo.size,
        **comun,
    )


def _exigir_evidencia(compromiso, nuevas):
    """Vale la de un seguimiento anterior, si después no se cerró y se reabrió."""
    if compromiso.lado != Lado.ENTIDAD or nuevas:
        return
    cerrados = compromiso.seguimientos.exclude(estado__in=Compromiso.ABIERTOS)
    desde = cerrados.aggregate(ultimo=models.Max("pk"))["ultimo"] or 0
    if not Evidencia.objects.filter(
        seguimiento__compromiso=compromiso, seguimiento__pk__gt=desde
    ).exists():
        raise en_campo(
            "archivo",
            "sin_evidencia",
            "Para darlo por cumplido falta con qué se demuestra: suba un archivo, escriba un "
            "enlace o escoja un contenido de la biblioteca.",
        )
