"""Las fotos y los documentos de un contacto: llegan después que él, cada uno con su clave.

Lo que se manda dos veces se guarda una. Si uno falla, los demás quedan y ese se reintenta solo.
"""

from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction

from acompanamiento.models import Adjunto, Contacto, Foto
from contenidos.acciones.versiones import exigir_archivo_permitido
from contenidos.lectura.formatos import formato_del_nombre
from contenidos.lectura.ilustraciones import NoEsUnaImagen, preparar
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.archivos import huella_de, peso_de

MEGA = 1024 * 1024
FOTO_MAXIMA = 25 * MEGA
ADJUNTO_MAXIMO = 50 * MEGA
LADO_DE_LA_FOTO = 1600
LADO_DE_LA_MINIATURA = 360
# Así empiezan, en el byte 4, las fotos HEIC: el formato de fábrica de muchos teléfonos.
MARCAS_HEIC = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1")
LARGO_DEL_NOMBRE = Adjunto._meta.get_field("nombre").max_length

NO_ES_FOTO = "no se puede leer como foto. Suba un JPG, un PNG o un WebP."
ES_HEIC = (
    "es una foto HEIC, y muchos equipos no la abren. En el iPhone escoja Ajustes, Cámara, Formatos "
    "y «Más compatible»; o conviértala a JPG y súbala de nuevo."
)
DESMEDIDA = "mide demasiado. Redúzcala a menos de 40 millones de puntos y súbala de nuevo."
SIN_AUTORIZACION = (
    "Confirme que quienes salen en las fotos lo autorizaron y que no se reconoce a ningún niño."
)


def subir_foto(
    *,
    contacto: Contacto,
    clave: UUID,
    archivo: File,
    descripcion: str,
    autorizaron: bool,
    por: Usuario,
) -> Foto:
    """Derecha, liviana y sin dónde ni con qué se tomó. El original no se guarda."""
    if not autorizaron:
        raise ValidationError(SIN_AUTORIZACION, code="sin_autorizacion")
    if not descripcion.strip():
        raise ValidationError("Diga qué se ve en la foto.", code="sin_descripcion")
    nombre = nombre_que_cabe(archivo.name)
    _exigir_tamano(archivo, FOTO_MAXIMA, nombre)
    huella = huella_de(archivo)
    if ya_esta := _la_que_ya_llego(Foto, contacto, clave, huella, nombre):
        return ya_esta
    grande = _redibujada(archivo, nombre)
    chica = preparar(
        BytesIO(grande.datos), ancho_maximo=LADO_DE_LA_MINIATURA, alto_maximo=LADO_DE_LA_MINIATURA
    )
    foto = Foto(
        clave=clave,
        contacto=contacto,
        descripcion=descripcion.strip(),
        ancho=grande.ancho,
        alto=grande.alto,
        tamano=len(grande.datos),
        huella=huella,
        creado_por=por,
    )
    por_escribir = [
        (foto.archivo, "foto.webp", ContentFile(grande.datos)),
        (foto.miniatura, "miniatura.webp", ContentFile(chica.datos)),
    ]
    return _guardar(foto, por_escribir, "subió una foto", nombre)


def subir_adjunto(*, contacto: Contacto, clave: UUID, archivo: File, por: Usuario) -> Adjunto:
    """Un documento que acompaña al contacto: la presentación, la lista de quienes fueron…"""
    nombre = nombre_que_cabe(archivo.name)
    _exigir_tamano(archivo, ADJUNTO_MAXIMO, nombre)
    _exigir_documento(archivo, nombre)
    huella = huella_de(archivo)
    if ya_esta := _la_que_ya_llego(Adjunto, contacto, clave, huella, nombre):
        return ya_esta
    adjunto = Adjunto(
        clave=clave,
        contacto=contacto,
        nombre=nombre,
        tipo=formato_del_nombre(nombre).tipo,
        tamano=archivo.size,
        huella=huella,
        creado_por=por,
    )
    return _guardar(adjunto, [(adjunto.archivo, nombre, archivo)], "subió un archivo", nombre)


@transaction.atomic
def quitar_foto(*, foto: Foto, por: Usuario) -> None:
    """Se borra de verdad: puede que alguien que sale en ella lo haya pedido."""
    _quitar(foto, (foto.archivo, foto.miniatura), "quitó una foto", por)


@transaction.atomic
def quitar_adjunto(*, adjunto: Adjunto, por: Usuario) -> None:
    _quitar(adjunto, (adjunto.archivo,), "quitó un archivo", por)


def nombre_que_cabe(nombre: str) -> str:
    """El que le puso la persona, sin carpetas, recortado si hace falta y con su extensión."""
    nombre = PurePath(nombre.replace("\\", "/")).name or "archivo"
    extension = PurePath(nombre).suffix[:12]
    if len(nombre) <= LARGO_DEL_NOMBRE:
        return nombre
    return nombre[: LARGO_DEL_NOMBRE - len(extension)] + extension


# ── Qué se recibe ─────────────────────────────────────────────────────────────────────────────


def _exigir_tamano(archivo, maximo, nombre):
    if archivo.size > maximo:
        raise ValidationError(
            f"«{nombre}» pesa {peso_de(archivo.size)} y se reciben hasta "
            f"{peso_de(maximo)}. Redúzcalo y súbalo de nuevo.",
            code="muy_grande",
        )
    if not archivo.size:
        raise ValidationError(
            f"«{nombre}» llegó vacío. Ábralo, guárdelo y súbalo de nuevo.", code="archivo_vacio"
        )


def _redibujada(archivo, nombre):
    archivo.seek(0)
    comienzo = archivo.read(32)
    archivo.seek(0)
    if comienzo[4:].startswith(MARCAS_HEIC):
        raise ValidationError(f"«{nombre}» {ES_HEIC}", code="heic")
    try:
        return preparar(archivo, ancho_maximo=LADO_DE_LA_FOTO, alto_maximo=LADO_DE_LA_FOTO)
    except NoEsUnaImagen as error:
        if str(error) == "desmedida":
            raise ValidationError(f"«{nombre}» {DESMEDIDA}", code="desmedida") from None
        raise ValidationError(f"«{nombre}» {NO_ES_FOTO}", code="no_es_imagen") from None


def _exigir_documento(archivo, nombre):
    try:
        exigir_archivo_permitido(archivo, con_video=False)
    except ValidationError as error:
        raise ValidationError(f"«{nombre}»: {error.message}", code=error.code) from None


# ── Guardar y quitar ──────────────────────────────────────────────────────────────────────────


def _la_que_ya_llego(modelo, contacto, clave, huella, nombre):
    """Lo mismo otra vez es la misma fila; la misma clave con otro archivo no pisa lo que hay."""
    contacto_de_hoy = Contacto.objects.get(pk=contacto.pk)
    actual = modelo.objects.filter(clave=clave).first()
    if actual is None and contacto_de_hoy.estado == Contacto.Estado.CANCELADO:
        raise ValidationError(
            "El contacto se canceló y no recibe archivos. Súbalos al que lo reemplazó.",
            code="contacto_cancelado",
        )
    if actual is None or (actual.contacto_id, actual.huella) == (contacto.pk, huella):
        return actual
    raise ValidationError(
        f"«{nombre}» no se guardó: con esa misma clave ya llegó otro archivo. Recargue la página y "
        "súbalo de nuevo.",
        code="clave_ocupada",
    )


def _guardar(nuevo, por_escribir, verbo, nombre):
    """Si otro envío del mismo archivo ganó por un instante, ese es el que queda."""
    try:
        with _sin_dejar_sueltos([uno for uno, _, _ in por_escribir]):
            for archivo, como, datos in por_escribir:
                archivo.save(como, datos, save=False)
            with transaction.atomic():
                nuevo.save()
                anotar(por=nuevo.creado_por, verbo=verbo, objeto=nuevo.contacto)
    except IntegrityError:
        ganador = _la_que_ya_llego(type(nuevo), nuevo.contacto, nuevo.clave, nuevo.huella, nombre)
        if ganador is None:
            raise
        return ganador
    return nuevo


@contextmanager
def _sin_dejar_sueltos(archivos):
    try:
        yield
    except BaseException:
        for archivo in archivos:
            archivo.delete(save=False)
        raise


def _quitar(objeto, archivos, verbo, por):
    guardados = [(archivo.storage, archivo.name) for archivo in archivos]
    anotar(por=por, verbo=verbo, objeto=objeto.contacto)
    objeto.delete()
    transaction.on_commit(lambda: [almacen.delete(nombre) for almacen, nombre in guardados])
