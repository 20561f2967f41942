"""Qué archivos recibe la biblioteca, y cómo se llama y se entrega cada uno."""

from dataclasses import dataclass
from pathlib import PurePath

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Formato:
    nombre: str  # «PDF»: se dice antes del clic
    tipo: str  # con el que se entrega
    dentro: str = ""  # lo que trae si es un zip por dentro
    unidad: tuple[str, str] = ("página", "páginas")
    es_imagen: bool = False
    es_video: bool = False
    es_texto: bool = False


_HOJAS, _DIAPOSITIVAS = ("hoja", "hojas"), ("diapositiva", "diapositivas")
_JPG = Formato("Imagen JPG", "image/jpeg", es_imagen=True)

FORMATOS = {
    ".pdf": Formato("PDF", "application/pdf"),
    ".docx": Formato("Word", f"{_OFFICE}wordprocessingml.document", "word/"),
    ".pptx": Formato(
        "PowerPoint", f"{_OFFICE}presentationml.presentation", "ppt/", unidad=_DIAPOSITIVAS
    ),
    ".xlsx": Formato("Excel", f"{_OFFICE}spreadsheetml.sheet", "xl/", unidad=_HOJAS),
    ".odt": Formato("Documento OpenDocument", f"{_ODF}text", "content.xml"),
    ".odp": Formato(
        "Presentación OpenDocument", f"{_ODF}presentation", "content.xml", unidad=_DIAPOSITIVAS
    ),
    ".ods": Formato(
        "Hoja de cálculo OpenDocument", f"{_ODF}spreadsheet", "content.xml", unidad=_HOJAS
    ),
    ".txt": Formato("Texto", "text/plain", es_texto=True),
    ".csv": Formato("CSV", "text/csv", es_texto=True),
    ".png": Formato("Imagen PNG", "image/png", es_imagen=True),
    ".jpg": _JPG,
    ".jpeg": _JPG,
    ".webp": Formato("Imagen WebP", "image/webp", es_imagen=True),
    ".mp4": Formato("Video MP4", "video/mp4", es_video=True),
    ".webm": Formato("Video WebM", "video/webm", es_video=True),
}
DESCONOCIDO = Formato("Archivo", "application/octet-stream")

# Para el atributo `accept` de un formulario: todo, y todo menos los videos.
ACEPTADOS = ",".join(FORMATOS)
DOCUMENTOS = ",".join(clave for clave, formato in FORMATOS.items() if not formato.es_video)
SE_ACEPTAN = (
    "PDF, Word, PowerPoint, Excel, OpenDocument, texto, CSV, imágenes PNG, JPG o WebP, y videos "
    "MP4 o WebM con sus subtítulos"
)

# Lo que se trae a menudo y no se recibe, con lo que hay que hacer.
_MACROS = (
    "El archivo trae macros, que son programas, y por seguridad no se recibe. Ábralo, guárdelo sin "
    "macros ({}) y vuelva a subirlo."
)
_ANTIGUO = (
    "Ese formato de Office es antiguo y muchos teléfonos no lo abren. Ábralo, guárdelo como {} y "
    "vuelva a subirlo."
)
_COMPRIMIDO = (
    "No se reciben carpetas comprimidas. Suba cada archivo por aparte: así se encuentra por lo que "
    "dice adentro."
)
_PAGINA_WEB = (
    "No se reciben páginas web: pueden traer programas. Guárdela como PDF y súbala, o ponga su "
    "enlace."
)
_DIBUJO = (
    "No se reciben dibujos SVG: pueden traer programas. Expórtelo como PNG o como PDF y súbalo."
)
# Extensión → (código, mensaje).
NO_SE_RECIBEN = {
    **{
        con: ("con_macros", _MACROS.format(sin))
        for con, sin in (
            (".docm", ".docx"),
            (".dotm", ".docx"),
            (".xlsm", ".xlsx"),
            (".xltm", ".xlsx"),
            (".xlsb", ".xlsx"),
            (".pptm", ".pptx"),
            (".potm", ".pptx"),
            (".ppsm", ".pptx"),
        )
    },
    **{
        f".{extension}": ("formato_antiguo", _ANTIGUO.format(f".{extension}x"))
        for extension in ("doc", "xls", "ppt")
    },
    **{
        f".{extension}": ("extension_no_permitida", mensaje)
        for extensiones, mensaje in (
            ("zip rar 7z", _COMPRIMIDO),
            ("html htm xhtml mht mhtml", _PAGINA_WEB),
            ("svg svgz", _DIBUJO),
        )
        for extension in extensiones.split()
    },
}


def formato_del_nombre(nombre: str) -> Formato:
    return FORMATOS.get(extension_de(nombre), DESCONOCIDO)


def extension_de(nombre: str) -> str:
    """«.pdf», en minúsculas."""
    return PurePath(nombre).suffix.lower()
