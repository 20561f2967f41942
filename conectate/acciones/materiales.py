"""Lo que una sesión deja: materiales y grabación. Cada uno es un contenido de la biblioteca."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from conectate.models import Material, Sesion
from contenidos.acciones.borrado import borrar_contenidos
from contenidos.acciones.catalogos import la_clase
from contenidos.acciones.contenidos import autor_llamado, crear_contenido, publicar
from contenidos.models import Contenido, VersionDeContenido
from cuentas.bitacora import anotar
from cuentas.models import Usuario
from trabajos.archivos import es_de_tipo, es_paquete, huella_de

EL_MINISTERIO = "Ministerio de Educación Nacional"
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
    contenido = _a_la_biblioteca(
        sesion,
        por,
        clase="presentacion" if archivo else "enlace",
        titulo=titulo,
        enlace=enlace,
        archivo=archivo,
    )
    anotar(por=por, verbo="agregó un material", objeto=sesion, detalle={"titulo": titulo})
    return sesion.materiales.create(contenido=contenido, creado_por=por)


@transaction.atomic
def presentar_contenido(*, sesion: Sesion, contenido: Contenido, por: Usuario) -> Material:
    """Uno que ya está en la biblioteca: se enlaza, no se copia. Repetirlo no lo duplica."""
    material, es_nuevo = sesion.materiales.get_or_create(
        contenido=contenido, defaults={"creado_por": por}
    )
    if es_nuevo:
        anotar(
            por=por,
            verbo="agregó un material",
            objeto=sesion,
            detalle={"titulo": contenido.titulo},
        )
    return material


@transaction.atomic
def quitar_material(*, material: Material, por: Usuario) -> None:
    titulo = material.contenido.titulo
    anotar(por=por, verbo="quitó un material", objeto=material.sesion, detalle={"titulo": titulo})
    _soltar(material)


def se_borra_al_quitarlo(material: Material) -> bool:
    """El contenido que nació en la sesión y que nadie más usa no se queda suelto."""
    contenido = material.contenido
    lo_usan = (
        contenido.en_sesiones.exclude(pk=material.pk),
        contenido.colecciones.all(),
        contenido.pasos.all(),
        contenido.reemplaza_a.all(),
    )
    es_prestado = contenido.visibilidad == Contenido.Visibilidad.PRESTADA
    return es_prestado and not any(usos.exists() for usos in lo_usan)


@transaction.atomic
def poner_grabacion(
    *, sesion: Sesion, enlace: str, por: Usuario, tiene_subtitulos: bool = False
) -> None:
    """La norma no deja publicar un video sin subtítulos: quien la pone responde por eso."""
    exigir_subtitulos(enlace, tiene_subtitulos)
    antes, sesion.grabacion = sesion.grabacion, enlace
    sesion.save(update_fields=["grabacion"])
    _guardar_el_video(sesion, enlace, por)
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


def _guardar_el_video(sesion, enlace, por):
    grabacion = sesion.materiales.filter(es_grabacion=True).select_related("contenido").first()
    if not enlace:
        if grabacion:
            _soltar(grabacion)
    elif grabacion:
        grabacion.contenido.enlace = enlace
        grabacion.contenido.save(update_fields=["enlace", "actualizado_en"])
    else:
        contenido = _a_la_biblioteca(
            sesion,
            por,
            clase="video",
            titulo=f"Grabación: {sesion.titulo}"[:250],
            enlace=enlace,
            tiene_subtitulos=True,
        )
        sesion.materiales.create(contenido=contenido, es_grabacion=True, creado_por=por)


def _soltar(material):
    sobra = se_borra_al_quitarlo(material)
    material.delete()
    if sobra:
        borrar_contenidos(Contenido.objects.filter(pk=material.contenido_id))


def _a_la_biblioteca(sesion, por, *, clase, archivo=None, **datos):
    """Publicado, y a la vista de quien puede ver la sesión."""
    contenido = crear_contenido(
        por=por,
        temas=sesion.temas.all(),
        clase=la_clase(clase),
        autor=autor_llamado(sesion.direccion.nombre if sesion.direccion else EL_MINISTERIO),
        resumen=f"De la sesión «{sesion.titulo}».",
        vigencia=sesion.fecha.year,
        visibilidad=Contenido.Visibilidad.PRESTADA,
        es_demostracion=sesion.es_demostracion,
        **datos,
    )
    if archivo:
        contenido.version_actual = VersionDeContenido.objects.create(
            contenido=contenido,
            numero=1,
            archivo=archivo,
            nombre_del_archivo=_nombre_que_cabe(archivo.name),
            tamano=archivo.size,
            huella=huella_de(archivo),
            creado_por=por,
        )
        contenido.save(update_fields=["version_actual"])
    publicar(contenido=contenido, por=por)
    return contenido


def _nombre_que_cabe(nombre):
    raiz, extension = Path(nombre).stem, Path(nombre).suffix
    return f"{raiz[: 200 - len(extension)]}{extension}"


def clase_de(material: Material) -> str:
    """Cómo se llama su tipo de archivo, para decirlo junto al enlace."""
    version = material.contenido.version_actual
    nombre = version.nombre_del_archivo if version else ""
    return PERMITIDOS.get(Path(nombre).suffix.lower(), ("Archivo",))[0]


def tipo_de_entrega(material: Material) -> str:
    extension = Path(material.contenido.version_actual.nombre_del_archivo).suffix.lower()
    return PERMITIDOS[extension][1] if extension in PERMITIDOS else "application/octet-stream"
