"""Una importación: llega, se mira, se confirma, y se deshace mientras nadie la haya tocado.

Lo que trae la hoja lo lee `contenidos.cargas`; aquí, lo que cambia en la base.
"""

from hashlib import sha256

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contenidos.acciones.borrado import borrar_contenidos
from contenidos.acciones.contenidos import crear_contenido, enviar_a_revision
from contenidos.acciones.versiones import subir_version
from contenidos.models import Autor, Contenido, ImportacionDeContenidos
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from territorio.texto import normalizar
from trabajos.acciones import encolar
from trabajos.archivos import huella_de, peso_de
from trabajos.models import Trabajo

Estado = ImportacionDeContenidos.Estado
SIN_CONFIRMAR = (Estado.RECIBIDA, Estado.VISTA_PREVIA)
HOJA_MAXIMA = 10 * 1024**2
PAQUETE_MAXIMO = 500 * 1024**2
EN_LA_MISMA_PETICION = 256 * 1024  # hoja y ZIP juntos; lo demás, en segundo plano y con avance


# ── Llegar ────────────────────────────────────────────────────────────────────────────────────


def recibir(*, hoja: File, por: Usuario, paquete: File | None = None) -> ImportacionDeContenidos:
    """Guarda lo que llegó, sin leerlo. Si lo mismo ya espera confirmación, da ese."""
    for archivo, maximo in ((hoja, HOJA_MAXIMA), (paquete, PAQUETE_MAXIMO)):
        if archivo is not None:
            exigir_tamano(archivo, maximo)
    huella = _huella_de_los_dos(hoja, paquete)
    esperando = ImportacionDeContenidos.objects.filter(huella=huella, estado__in=SIN_CONFIRMAR)
    if repetida := esperando.filter(creado_por=por).first():
        return repetida
    importacion = ImportacionDeContenidos(
        nombre_de_la_hoja=hoja.name[-200:], huella=huella, creado_por=por
    )
    importacion.hoja.save(hoja.name, hoja, save=False)
    if paquete is not None:
        importacion.nombre_del_paquete = paquete.name[-200:]
        importacion.paquete.save(paquete.name, paquete, save=False)
    try:
        with transaction.atomic():
            importacion.save()
            anotar(por=por, verbo="subió contenidos en lote", objeto=importacion)
    except BaseException:
        _borrar_archivos(importacion)
        raise
    return importacion


def exigir_tamano(archivo: File, maximo: int) -> None:
    if not archivo.size:
        raise ValidationError(
            f"«{archivo.name}» está vacío. Guárdelo de nuevo y súbalo.", code="archivo_vacio"
        )
    if archivo.size > maximo:
        raise ValidationError(
            f"«{archivo.name}» pesa {peso_de(archivo.size)} y se reciben hasta "
            f"{peso_de(maximo)}. Divídalo en varios y súbalos uno por uno.",
            code="archivo_demasiado_grande",
        )


def _huella_de_los_dos(hoja, paquete):
    if paquete is None:
        return huella_de(hoja)
    return sha256(f"{huella_de(hoja)}{huella_de(paquete)}".encode()).hexdigest()


def pedir_lectura(importacion: ImportacionDeContenidos, por: Usuario) -> Trabajo:
    return encolar(
        "contenidos.leer_importacion",
        por=por,
        titulo=f"Revisar «{importacion.nombre_de_la_hoja}»",
        parametros={"importacion_id": importacion.pk},
        clave_unica=f"leer-importacion-de-contenidos:{importacion.pk}",
        ahora=_es_pequena(importacion),
    )


def _es_pequena(importacion):
    paquete = importacion.paquete.size if importacion.paquete else 0
    return importacion.hoja.size + paquete <= EN_LA_MISMA_PETICION


def mostrar(importacion: ImportacionDeContenidos, filas: list[dict], mensaje: str = "") -> None:
    """La vista previa. Nada se ha creado."""
    importacion.estado, importacion.filas = Estado.VISTA_PREVIA, filas
    importacion.mensaje = mensaje
    importacion.save(update_fields=["estado", "filas", "mensaje"])


def rechazar(importacion: ImportacionDeContenidos, mensaje: str) -> None:
    importacion.estado, importacion.mensaje = Estado.RECHAZADA, mensaje
    importacion.save(update_fields=["estado", "mensaje"])


# ── Confirmar ─────────────────────────────────────────────────────────────────────────────────


def pedir_confirmacion(
    importacion: ImportacionDeContenidos, por: Usuario, *, a_revision: bool
) -> Trabajo:
    return encolar(
        "contenidos.confirmar_importacion",
        por=por,
        titulo=f"Crear los contenidos de «{importacion.nombre_de_la_hoja}»",
        parametros={"importacion_id": importacion.pk, "a_revision": a_revision},
        clave_unica=f"confirmar-importacion-de-contenidos:{importacion.pk}",
        una_sola_vez=True,
        ahora=_es_pequena(importacion),
    )


@transaction.atomic
def crear_de_la_fila(
    *,
    importacion: ImportacionDeContenidos,
    por: Usuario,
    campos: dict,
    relaciones: dict,
    autor: str,
    archivo: File | None,
    subtitulos: File | None,
    a_revision: bool,
) -> tuple[Contenido, list[str]]:
    """Uno, con su archivo. Devuelve también por qué se quedó en borrador, si se quedó."""
    contenido = crear_contenido(
        por=por, importacion=importacion, autor=_autor(autor), **campos, **relaciones
    )
    if archivo is not None:
        subir_version(contenido=contenido, archivo=archivo, por=por, subtitulos=subtitulos)
    if not a_revision:
        return contenido, []
    try:
        enviar_a_revision(contenido=contenido, por=por)
    except ValidationError as error:
        return contenido, [f"Quedó en borrador. {mensaje}" for mensaje in error.messages]
    return contenido, []


def _autor(nombre):
    autor, _ = Autor.objects.get_or_create(
        nombre_norm=normalizar(nombre), defaults={"nombre": nombre}
    )
    return autor


def cerrar(importacion: ImportacionDeContenidos, filas: list[dict], por: Usuario) -> None:
    importacion.estado, importacion.filas = Estado.CONFIRMADA, filas
    importacion.confirmada_por, importacion.confirmada_en = por, timezone.now()
    importacion.save(update_fields=["estado", "filas", "confirmada_por", "confirmada_en"])
    n = sum(fila["que"] == "creada" for fila in filas)
    anotar(por=por, verbo="importó contenidos en lote", objeto=importacion, detalle={"creados": n})


# ── Deshacer ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def deshacer(*, importacion: ImportacionDeContenidos, por: Usuario) -> tuple[int, list[Contenido]]:
    """Quita lo que nadie tocó. Devuelve cuántos, y los que se quedan porque alguien ya los trabajó.

    Lo que aún no se confirmaba se descarta.
    """
    importacion = ImportacionDeContenidos.objects.select_for_update().get(pk=importacion.pk)
    if importacion.estado not in (*SIN_CONFIRMAR, Estado.CONFIRMADA):
        raise ValidationError("Esta importación ya no se puede deshacer.", code="no_se_deshace")
    intactos = sin_tocar(importacion)
    quedan = list(importacion.contenidos.exclude(pk__in=intactos.values("pk")))
    if quedan and len(quedan) == importacion.contenidos.count():
        raise ValidationError(
            "Alguien ya trabajó todos los contenidos de esta importación. Retire los que no deban "
            "estar, uno por uno.",
            code="todos_tocados",
        )
    n = borrar_contenidos(intactos)
    importacion.estado = Estado.DESHECHA
    importacion.save(update_fields=["estado"])
    anotar(
        por=por,
        verbo="deshizo una importación de contenidos",
        objeto=importacion,
        detalle={"quitados": n, "se_quedan": len(quedan)},
    )
    return n, quedan


def sin_tocar(importacion: ImportacionDeContenidos) -> QuerySet[Contenido]:
    """Sin publicar, con su única versión, sin que una persona los cambiara ni nada los use."""
    sin_publicar = importacion.contenidos.filter(
        estado__in=[Contenido.Estado.BORRADOR, Contenido.Estado.REVISION], publicado_en=None
    ).exclude(versiones__numero__gt=1)
    claves = set(sin_publicar.values_list("pk", flat=True))
    claves -= _cambiados_por_alguien(claves, importacion.confirmada_en)
    claves -= _usados_por_otros(claves)
    return Contenido.objects.filter(pk__in=claves)


def _cambiados_por_alguien(claves, desde):
    if desde is None:
        return set()
    entradas = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Contenido),
        object_id__in=claves,
        actor__isnull=False,
        timestamp__gt=desde,
    )
    return set(entradas.values_list("object_id", flat=True))


# Lo que todo contenido tiene por serlo: que exista no dice que alguien lo use.
SUYO = {"versiones", "movimientos", "revision_del_enlace"}


def _usados_por_otros(claves):
    """En una colección, en una ruta, en una sesión: lo que apunte a él, de la app que sea."""
    usados = set()
    for relacion in Contenido._meta.get_fields(include_hidden=True):
        es_ajena = relacion.auto_created and not relacion.concrete and relacion.name not in SUYO
        if es_ajena and relacion.related_model not in _CLASIFICAN:
            columna = relacion.field.name
            filas = relacion.related_model._base_manager.filter(**{f"{columna}__in": claves})
            usados.update(filas.values_list(columna, flat=True))
    return usados


# Con qué se clasificó, que vino en la misma hoja.
_CLASIFICAN = {
    Contenido.temas.through,
    Contenido.audiencias.through,
    Contenido.niveles.through,
}


def _borrar_archivos(importacion):
    for archivo in (importacion.hoja, importacion.paquete):
        if archivo:
            archivo.delete(save=False)
