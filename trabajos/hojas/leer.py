"""Leer un libro de Excel (.xlsx) que trae una persona, sin fiarse de él."""

import io
import zipfile
from pathlib import Path

from trabajos.aparte import leer_aparte

MAX_BYTES = 50 * 1024 * 1024
MAX_MIEMBROS = 500
MAX_DESCOMPRIMIDO = 200 * 1024 * 1024
ESPERA = 60

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
LECTOR = Path(__file__).with_name("_lector_aislado.py")

MENSAJES = {
    "con_contrasena": "El libro de Excel está protegido con contraseña. Ábralo, quítesela en "
    "Archivo > Información > Proteger libro, guárdelo y vuelva a subirlo.",
    "binario_antiguo": "El archivo es un libro de Excel antiguo (.xls). Ábralo en Excel, elija "
    "Guardar como > Libro de Excel (.xlsx) y suba ese archivo.",
    "danado": "El libro de Excel está dañado o incompleto. Ábralo en Excel para comprobarlo, "
    "guárdelo de nuevo como .xlsx y vuelva a subirlo.",
    "bomba": "El libro ocupa demasiado al abrirlo y no se leyó, por seguridad. Copie solo la tabla "
    "en un libro nuevo, guárdelo como .xlsx y súbalo.",
    "demasiado_grande": "El libro tiene demasiadas filas o pesa demasiado. Divídalo en archivos "
    "más pequeños y súbalos por separado.",
    "con_macros": "El libro contiene macros y por seguridad no se abre. Guárdelo como Libro de "
    "Excel (.xlsx), sin macros, y vuelva a subirlo.",
    "no_es_una_tabla": "El archivo no es un libro de Excel (.xlsx). Suba la lista como .xlsx o "
    ".csv.",
}


class LibroIlegible(Exception):
    """El libro no se puede leer: `codigo` para decidir, el mensaje para la persona."""

    def __init__(self, codigo: str, mensaje: str = ""):
        self.codigo = codigo
        self.mensaje = mensaje or MENSAJES[codigo]
        super().__init__(self.mensaje)


def leer_libro(datos: bytes) -> list[list[str]]:
    """Las filas de la hoja que tiene la tabla: la de más filas. Toda celda llega como texto."""
    return max((filas for _, filas in leer_hojas(datos)), key=len, default=[])


def leer_hojas(datos: bytes) -> list[tuple[str, list[list[str]]]]:
    """Todas las hojas, con su nombre y sus filas, en el orden del libro."""
    exigir_libro_seguro(datos)
    respuesta = leer_aparte(LECTOR, "calamine", espera=ESPERA, datos=datos)
    if respuesta is None:
        # calamine reserva memoria para el rectángulo entero y aborta si hay una celda lejana.
        respuesta = leer_aparte(LECTOR, "openpyxl", espera=ESPERA, datos=datos)
    if respuesta is None:
        raise LibroIlegible("bomba")
    estado, contenido = respuesta
    if estado == "error":
        raise LibroIlegible(contenido)
    return [(nombre, filas) for nombre, filas in contenido]


def exigir_libro_seguro(datos: bytes) -> None:
    """Lo que se sabe sin descomprimir: qué clase de archivo es y cuánto dice que ocupa."""
    if len(datos) > MAX_BYTES:
        raise LibroIlegible("demasiado_grande")
    if datos.startswith(OLE):
        raise LibroIlegible(_clase_de_ole(datos))
    if not datos.startswith(ZIP):
        raise LibroIlegible("no_es_una_tabla")
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
            miembros = paquete.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LibroIlegible("danado") from error
    nombres = {miembro.filename for miembro in miembros}
    if (
        len(miembros) > MAX_MIEMBROS
        or sum(miembro.file_size for miembro in miembros) > MAX_DESCOMPRIMIDO
    ):
        raise LibroIlegible("bomba")
    if "xl/workbook.xml" not in nombres:
        raise LibroIlegible("no_es_una_tabla")
    if any(nombre.endswith("vbaProject.bin") for nombre in nombres):
        raise LibroIlegible("con_macros")
    if any(miembro.flag_bits & 0x1 for miembro in miembros):
        raise LibroIlegible("con_contrasena")


def _clase_de_ole(datos: bytes) -> str:
    """Un .xlsx con contraseña y un .xls antiguo empiezan igual: los distingue su índice interno."""
    if "EncryptedPackage".encode("utf-16-le") in datos:
        return "con_contrasena"
    if any(nombre.encode("utf-16-le") in datos for nombre in ("Workbook", "Book")):
        return "binario_antiguo"
    return "no_es_una_tabla"
