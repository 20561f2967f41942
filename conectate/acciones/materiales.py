"""Lo que una sesión deja: materiales y grabación. Ningún archivo entra sin mirar qué es."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from conectate.models import Material, Sesion
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.archivos import es_de_tipo, es_paquete

MEGA = 1024 * 1024
TAMANO_MAXIMO = 25 * MEGA

# Extensión → (cómo se llama el archivo, tipo con que se entrega, qué debe traer dentro si es zip).
PERMITIDOS = {
    ".pdf": ("PDF", "application/pdf", None),
    ".pptx": (
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ppt/",
    ),
    ".docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word/",
    ),
    ".xlsx": (
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xl/",
    ),
    ".odp": ("Presentación", "application/vnd.oasis.opendocument.presentation", "content.xml"),
    ".odt": ("Documento", "application/vnd.oasis.opendocument.text", "content.xml"),
    ".ods": ("Hoja de cálculo", "application/vnd.oasis.opendocument.spreadsheet", "content.xml"),
    ".png": ("Imagen PNG", "image/png", None),
    ".jpg": ("Imagen JPG", "image/jpeg", None),
    ".jpeg": ("Imagen JPG", "image/jpeg", None),
}
ACEPTADOS = ",".join(PERMITIDOS)
SE_ACEPTAN = "PDF, PowerPoint, Word, Excel, OpenDocument, PNG o JPG"


def exigir_archivo_permitido(archivo: UploadedFile) -> None:
    """Por su extensión y por lo que trae dentro: un nombre no prueba nada."""
    extension = Path(archivo.name).suffix.lower()
    if extension not in PERMITIDOS:
        raise ValidationError(
            f"No se reciben archivos {extension or 'sin extensión'}. Suba {SE_ACEPTAN}; si es un "
            "video, ponga su enlace.",
            code="extension_no_permitida",
        )
    if archivo.size > TAMANO_MAXIMO:
        raise ValidationError(
            f"El archivo pesa más de {TAMANO_MAXIMO // MEGA} MB. Redúzcalo o ponga un enlace.",
            code="archivo_muy_grande",
        )
    if not archivo.size:
        raise ValidationError("El archivo está vacío. Vuelva a guardarlo.", code="archivo_vacio")
    nombre, tipo, dentro = PERMITIDOS[extension]
    if not (es_paquete(archivo, dentro) if dentro else es_de_tipo(archivo, tipo)):
        raise ValidationError(
            f"El archivo dice ser {nombre} y por dentro no lo es. Ábralo, guárdelo de nuevo y "
            "vuelva a subirlo.",
            code="contenido_no_corresponde",
        )


@transaction.atomic
def agregar_material(
    *,
    sesion: Sesion,
    titulo: str,
    por: Usuario,
    archivo: UploadedFile | None = None,
    enlace: str = "",
) -> Material:
    """Un archivo o un enlace. También en una sesión cerrada: el cierre es de la asistencia."""
    if bool(archivo) == bool(enlace):
        raise ValidationError("Suba un archivo o escriba un enlace: uno de los dos.", code="uno")
    if archivo:
        exigir_archivo_permitido(archivo)
    material = Material.objects.create(
        sesion=sesion,
        titulo=titulo,
        archivo=archivo or "",
        nombre_del_archivo=_nombre_que_cabe(archivo.name) if archivo else "",
        tamano=archivo.size if archivo else None,
        enlace=enlace,
        creado_por=por,
    )
    anotar(por=por, verbo="agregó un material", objeto=sesion, detalle={"titulo": titulo})
    return material


@transaction.atomic
def quitar_material(*, material: Material, por: Usuario) -> None:
    sesion, archivo = material.sesion, material.archivo
    anotar(por=por, verbo="quitó un material", objeto=sesion, detalle={"titulo": material.titulo})
    material.delete()
    if archivo:
        # El archivo se borra cuando ya es seguro que la fila no vuelve.
        transaction.on_commit(lambda: archivo.storage.delete(archivo.name))


@transaction.atomic
def poner_grabacion(
    *, sesion: Sesion, enlace: str, por: Usuario, tiene_subtitulos: bool = False
) -> None:
    """La norma no deja publicar un video sin subtítulos: quien la pone responde por eso."""
    exigir_subtitulos(enlace, tiene_subtitulos)
    antes, sesion.grabacion = sesion.grabacion, enlace
    sesion.save(update_fields=["grabacion"])
    anotar(
        por=por,
        verbo="puso la grabación" if enlace else "quitó la grabación",
        objeto=sesion,
        antes={"grabacion": antes},
        despues={"grabacion": enlace},
        detalle={"dice_que_tiene_subtitulos": True} if enlace else None,
    )


def exigir_subtitulos(enlace: str, tiene_subtitulos: bool) -> None:
    if enlace and not tiene_subtitulos:
        raise ValidationError(
            "Un video sin subtítulos no se puede publicar. Póngaselos y confírmelo aquí.",
            code="sin_subtitulos",
        )


def _nombre_que_cabe(nombre):
    raiz, extension = Path(nombre).stem, Path(nombre).suffix
    return f"{raiz[: 200 - len(extension)]}{extension}"


def clase_de(material: Material) -> str:
    """Cómo se llama su tipo de archivo, para decirlo junto al enlace."""
    return PERMITIDOS.get(Path(material.nombre_del_archivo).suffix.lower(), ("Archivo",))[0]


def tipo_de_entrega(material: Material) -> str:
    extension = Path(material.nombre_del_archivo).suffix.lower()
    return PERMITIDOS[extension][1] if extension in PERMITIDOS else "application/octet-stream"
