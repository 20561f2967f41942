"""Los archivos de un contenido: cuáles se reciben, y cada uno nuevo reemplaza al anterior."""

import unicodedata
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from contenidos.lectura import aparte
from contenidos.lectura.formatos import (
    FORMATOS,
    NO_SE_RECIBEN,
    SE_ACEPTAN,
    extension_de,
)
from contenidos.lectura.subtitulos import SubtitulosMalos
from contenidos.lectura.subtitulos import exigir_subtitulos as exigir_vtt
from contenidos.models import Contenido, VersionDeContenido
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.archivos import es_de_tipo, es_texto, huella_de, peso_de, problema_del_paquete

LARGO_DEL_NOMBRE = VersionDeContenido._meta.get_field("nombre_del_archivo").max_length
OLE = b"\xd0\xcf\x11\xe0"  # así empieza un Office antiguo, y también uno con contraseña
COMIENZO_DE_WEB = (b"<!doctype html", b"<html", b"<script", b"<head", b"<body", b"<svg")

MENSAJES = {
    "con_macros": "El archivo trae macros, que son programas, y por seguridad no se recibe. "
    "Guárdelo sin macros y vuelva a subirlo.",
    "con_contrasena": "El archivo pide contraseña: nadie más podría abrirlo. Quítesela, guárdelo y "
    "vuelva a subirlo.",
    "bomba": "El archivo crece demasiado al abrirlo y por seguridad no se recibe. Si es suyo, "
    "guárdelo de nuevo y vuelva a subirlo.",
    "danado": "El archivo está dañado o incompleto y no se puede abrir. Consiga una copia buena y "
    "súbala.",
}


# ── Qué se recibe ─────────────────────────────────────────────────────────────────────────────


def exigir_archivo_permitido(archivo: File, *, con_video: bool = True) -> None:
    """Por su extensión y por lo que trae dentro: un nombre no prueba nada."""
    extension = extension_de(archivo.name)
    if extension in NO_SE_RECIBEN:
        codigo, mensaje = NO_SE_RECIBEN[extension]
        raise ValidationError(mensaje, code=codigo)
    formato = FORMATOS.get(extension)
    if formato is None or (formato.es_video and not con_video):
        raise ValidationError(
            f"No se reciben archivos {extension or 'sin extensión'}. "
            + (f"Suba {SE_ACEPTAN}." if con_video else "Si es un video, ponga su enlace."),
            code="extension_no_permitida",
        )
    exigir_tamano(archivo.size)
    if not archivo.size:
        raise ValidationError("El archivo está vacío. Vuelva a guardarlo.", code="archivo_vacio")
    problema = _problema(archivo, formato)
    if problema in MENSAJES:
        raise ValidationError(MENSAJES[problema], code=problema)
    if problema:
        raise ValidationError(
            f"El archivo dice ser {formato.nombre} y por dentro {problema}. Ábralo, guárdelo de "
            "nuevo y vuelva a subirlo.",
            code="contenido_no_corresponde",
        )


def exigir_tamano(tamano: int) -> None:
    if tamano > settings.CONTENIDOS_TAMANO_MAXIMO:
        maximo = peso_de(settings.CONTENIDOS_TAMANO_MAXIMO)
        raise ValidationError(
            f"El archivo pesa más de {maximo} y no se recibió. Redúzcalo o, si ya está en otro "
            "sitio, ponga su enlace.",
            code="archivo_muy_grande",
        )


def _problema(archivo, formato):
    """«», una clave de MENSAJES, o lo que en realidad es."""
    comienzo = _comienzo(archivo)
    if comienzo.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(COMIENZO_DE_WEB):
        return "es una página web"
    if formato.dentro:
        if comienzo.startswith(OLE):
            return "con_contrasena" if _es_office_cifrado(archivo) else "es de otro formato"
        problema = problema_del_paquete(archivo, formato.dentro)
        return "es de otro formato" if problema == "otro" else problema
    if formato.es_texto:
        return "" if es_texto(archivo) else "no es texto"
    if not es_de_tipo(archivo, formato.tipo):
        return "es de otro formato"
    return _problema_del_pdf(archivo) if formato.tipo == "application/pdf" else ""


def _problema_del_pdf(archivo):
    """Abrirlo de verdad cuesta un proceso: solo si parece cifrado o cortado."""
    if not _es_sospechoso(archivo):
        return ""
    with en_disco(archivo) as ruta:
        try:
            aparte.comprobar(ruta)
        except aparte.ArchivoIlegible as error:
            return error.codigo if error.codigo in MENSAJES else "danado"
    return ""


def _es_sospechoso(archivo):
    anterior, ultimo, cifrado = b"", b"", False
    archivo.seek(0)
    for pedazo in archivo.chunks():
        ultimo = anterior[-1024:] + pedazo
        cifrado = cifrado or b"/Encrypt" in ultimo
        anterior = ultimo
    archivo.seek(0)
    return cifrado or b"%%EOF" not in ultimo[-2048:]


def _es_office_cifrado(archivo):
    marca = "EncryptedPackage".encode("utf-16-le")
    archivo.seek(0)
    cifrado = any(marca in pedazo for pedazo in archivo.chunks())
    archivo.seek(0)
    return cifrado


def _comienzo(archivo):
    archivo.seek(0)
    comienzo = archivo.read(512)
    archivo.seek(0)
    return comienzo


@contextmanager
def en_disco(archivo: File):
    """Una ruta donde otro proceso pueda leerlo."""
    if hasattr(archivo, "temporary_file_path"):
        yield Path(archivo.temporary_file_path())
        return
    with aparte.archivo_temporal(settings.FILE_UPLOAD_TEMP_DIR) as ruta:
        with open(ruta, "wb") as copia:
            for pedazo in archivo.chunks():
                copia.write(pedazo)
        archivo.seek(0)
        yield ruta


# ── Subir ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def subir_version(
    *,
    contenido: Contenido,
    archivo: File,
    por: Usuario | None,
    nota: str = "",
    subtitulos: File | None = None,
    ligero: File | None = None,
) -> VersionDeContenido:
    """La siguiente, que desde ya es la que se entrega. Las anteriores siguen donde estaban."""
    _exigir_que_lleve_archivo(contenido)
    exigir_archivo_permitido(archivo)
    exigir_subtitulos(archivo, subtitulos)
    if ligero:
        exigir_ligero(ligero, archivo.size)
    actual = Contenido.objects.select_for_update().get(pk=contenido.pk)
    huella = huella_de(archivo)
    if not (subtitulos or ligero):
        _exigir_distinto(actual, huella)
    ultima = actual.versiones.order_by("-numero").first()
    version = VersionDeContenido(
        contenido=contenido,
        numero=ultima.numero + 1 if ultima else 1,
        archivo=archivo,
        nombre_del_archivo=_nombre_que_cabe(archivo.name),
        tamano=archivo.size,
        huella=huella,
        nota=nota.strip(),
        subtitulos=subtitulos or "",
        ligero=ligero or "",
        tamano_ligero=ligero.size if ligero else None,
        creado_por=por,
    )
    with _sin_dejar_archivos_sueltos(version):
        version.save()
        contenido.version_actual = version
        contenido.tiene_subtitulos = contenido.tiene_subtitulos or bool(subtitulos)
        contenido.save(update_fields=["version_actual", "tiene_subtitulos", "actualizado_en"])
        anotar(
            por=por,
            verbo="subió un archivo",
            objeto=contenido,
            detalle={"version": version.numero, "archivo": version.nombre_del_archivo},
        )
        pedir_lectura(version, por)
    return version


@transaction.atomic
def poner_ligero(*, version: VersionDeContenido, ligero: File, por: Usuario) -> None:
    """Otra copia de lo mismo, que pesa menos, para quien tiene mala conexión."""
    exigir_ligero(ligero, version.tamano)
    anterior = version.ligero.name
    version.ligero, version.tamano_ligero = ligero, ligero.size
    version.save(update_fields=["ligero", "tamano_ligero"])
    if anterior:
        transaction.on_commit(lambda: version.ligero.storage.delete(anterior))
    anotar(
        por=por,
        verbo="puso una versión ligera",
        objeto=version.contenido,
        detalle={"version": version.numero},
    )


def pedir_lectura(version: VersionDeContenido, por: Usuario | None) -> None:
    encolar(
        "contenidos.leer_version",
        por=por,
        parametros={"version_id": version.pk},
        titulo=f"Leer «{version.nombre_del_archivo}»",
        clave_unica=f"contenidos.leer_version:{version.pk}",
    )


def exigir_subtitulos(archivo: File, subtitulos: File | None) -> None:
    """Un video los trae siempre; lo demás, nunca."""
    if FORMATOS[extension_de(archivo.name)].es_video:
        if not subtitulos:
            raise ValidationError(
                "Un video sin subtítulos no se puede publicar. Suba también su archivo de "
                "subtítulos (.vtt).",
                code="sin_subtitulos",
            )
        exigir_subtitulos_validos(subtitulos)
    elif subtitulos:
        raise ValidationError(
            "Los subtítulos son de un video y este archivo no lo es. Quítelos.",
            code="subtitulos_sin_video",
        )


def exigir_subtitulos_validos(subtitulos: File) -> None:
    if extension_de(subtitulos.name) != ".vtt":
        raise ValidationError(
            "Los subtítulos van en formato WebVTT, con extensión .vtt.", code="subtitulos_malos"
        )
    subtitulos.seek(0)
    try:
        exigir_vtt(subtitulos.read())
    except SubtitulosMalos as error:
        raise ValidationError(str(error), code="subtitulos_malos") from None
    finally:
        subtitulos.seek(0)


def exigir_ligero(ligero: File, tamano: int) -> None:
    exigir_archivo_permitido(ligero, con_video=False)
    if ligero.size >= tamano:
        raise ValidationError(
            "La versión ligera pesa igual o más que el archivo. Redúzcala o no la suba.",
            code="ligero_pesado",
        )


def _exigir_que_lleve_archivo(contenido):
    if contenido.clase.es_enlace:
        raise ValidationError(
            "Este contenido es un enlace y no lleva archivo. Cámbiele la clase si va a subir uno.",
            code="es_enlace",
        )


def _exigir_distinto(contenido, huella):
    if contenido.version_actual and contenido.version_actual.huella == huella:
        raise ValidationError(
            "Ese archivo es el mismo que ya está, letra por letra. Escoja el que cambió.",
            code="archivo_repetido",
        )


def _nombre_que_cabe(nombre):
    """Tal como se llama, con sus tildes y comillas; en macOS las tildes llegan sueltas."""
    nombre = unicodedata.normalize("NFC", Path(nombre).name)
    raiz, extension = Path(nombre).stem, Path(nombre).suffix
    return f"{raiz[: LARGO_DEL_NOMBRE - len(extension)]}{extension}"


@contextmanager
def _sin_dejar_archivos_sueltos(version):
    """Si la fila no queda, que tampoco queden sus archivos."""
    try:
        yield
    except BaseException:
        for campo in (version.archivo, version.subtitulos, version.ligero):
            if campo and campo._committed:
                campo.delete(save=False)
        raise
