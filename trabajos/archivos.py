"""Los archivos que trae una persona: qué son por dentro, su huella y que ninguno quede suelto."""

import hashlib
import zipfile
from contextlib import contextmanager

import filetype
from django.core.files.base import File

ENTRADAS_MAXIMAS = 5_000
EXPANSION_MAXIMA = 400 * 1024 * 1024
MUESTRA = 8192


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


def es_paquete(archivo: File, dentro: str) -> bool:
    """Un zip de los de oficina: con lo suyo, sin macros y que no crece al abrirlo."""
    archivo.seek(0)
    try:
        with zipfile.ZipFile(archivo) as paquete:
            partes = paquete.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        archivo.seek(0)
    nombres = [parte.filename for parte in partes]
    return (
        any(nombre.startswith(dentro) for nombre in nombres)
        and not any("vbaproject" in nombre.lower() for nombre in nombres)
        and len(partes) <= ENTRADAS_MAXIMAS
        and sum(parte.file_size for parte in partes) <= EXPANSION_MAXIMA
    )


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
