"""Los archivos que trae una persona: qué son por dentro, su huella y que ninguno quede suelto."""

import hashlib
import zipfile
from contextlib import contextmanager

import filetype
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat

ENTRADAS_MAXIMAS = 5_000
EXPANSION_MAXIMA = 400 * 1024 * 1024
MUESTRA = 8192
ZIP = b"PK\x03\x04"
CIFRADA = 0x1
MACROS_SUELTAS = ("basic/", "scripts/")  # donde las guarda LibreOffice


def peso_de(n_bytes: int) -> str:
    """«25 MB», «1,4 MB»: el decimal, solo si dice algo."""
    return filesizeformat(n_bytes).replace(",0", "")


def huella_de(archivo: File) -> str:
    """La SHA-256 de lo que trae. Lo deja al comienzo, listo para leerse."""
    resumen = hashlib.sha256()
    for pedazo in archivo.chunks():
        resumen.update(pedazo)
    archivo.seek(0)
    return resumen.hexdigest()


@contextmanager
def sin_dejar_huerfano(registro):
    """Si la fila no queda, que tampoco quede su archivo."""
    try:
        yield
    except BaseException:
        registro.archivo.delete(save=False)
        raise


def es_de_tipo(archivo: File, tipo: str) -> bool:
    """«application/pdf», «image/png»: por sus primeros bytes."""
    return filetype.guess_mime(_muestra(archivo)) == tipo


def problema_del_paquete(archivo: File, dentro: str) -> str:
    """Qué le impide entrar a un zip de los de oficina, o «» si trae lo suyo y nada más.

    «otro», «danado», «con_contrasena», «con_macros» o «bomba», sin descomprimir nada.
    """
    archivo.seek(0)
    try:
        with zipfile.ZipFile(archivo) as paquete:
            partes = paquete.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "danado" if _muestra(archivo).startswith(ZIP) else "otro"
    finally:
        archivo.seek(0)
    nombres = [parte.filename for parte in partes]
    if not any(nombre.startswith(dentro) for nombre in nombres):
        return "otro"
    if any(parte.flag_bits & CIFRADA for parte in partes):
        return "con_contrasena"
    if any(nombre.lower().startswith(MACROS_SUELTAS) for nombre in nombres) or any(
        "vbaproject" in nombre.lower() for nombre in nombres
    ):
        return "con_macros"
    crecido = sum(parte.file_size for parte in partes)
    return "bomba" if len(partes) > ENTRADAS_MAXIMAS or crecido > EXPANSION_MAXIMA else ""


def es_texto(archivo: File) -> bool:
    """Ni binario disfrazado ni página web: lo que cabe en un CSV."""
    muestra = _muestra(archivo)
    return (
        b"\x00" not in muestra
        and filetype.guess(muestra) is None
        and not muestra.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    )


def _muestra(archivo):
    archivo.seek(0)
    muestra = archivo.read(MUESTRA)
    archivo.seek(0)
    return muestra
