"""El ZIP con los archivos: se mira por fuera antes de abrirlo y se saca de a uno."""

import tempfile
import unicodedata
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import File

ENTRADAS_MAXIMAS = 2_000
ABIERTO_MAXIMO = 2 * 1024**3
PROPORCION_MAXIMA = 100  # cuántas veces crece un archivo al sacarlo
PEQUENO = 10 * 1024**2  # hasta aquí la proporción no importa: un texto repetido se comprime mucho
BLOQUE = 1024 * 1024
# Lo que cada sistema deja en un ZIP sin que nadie lo pida.
BASURA = {"thumbs.db", "desktop.ini", ".ds_store"}


class PaqueteInservible(Exception):
    """No se puede usar. El mensaje lo lee la persona."""


class Paquete:
    """Los archivos de un ZIP, por su nombre: sin carpetas, sin tildes que estorben."""

    def __init__(self, archivo: File):
        try:
            self._zip = zipfile.ZipFile(archivo)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise PaqueteInservible(
                "El ZIP está dañado o no es un ZIP. Ábralo en su equipo para comprobarlo, hágalo "
                "de nuevo y vuelva a subirlo."
            ) from error
        entradas = [una for una in self._zip.infolist() if not _es_basura(una)]
        _exigir_seguro(entradas)
        self._por_nombre = {}
        for entrada in entradas:
            self._por_nombre.setdefault(_clave(_nombre(entrada)), []).append(entrada)

    def problema_con(self, nombre: str) -> str:
        """Por qué no se puede sacar ese archivo; vacío si se puede."""
        entradas = self._por_nombre.get(_clave(nombre), [])
        if not entradas:
            return f"El archivo «{nombre}» no está en el ZIP."
        if len(entradas) > 1:
            return (
                f"El ZIP trae {len(entradas)} archivos llamados «{nombre}», en carpetas distintas. "
                "Cámbiele el nombre a uno."
            )
        return ""

    def sobran(self, usados: set[str]) -> list[str]:
        """Los que ninguna fila nombra."""
        claves = {_clave(nombre) for nombre in usados}
        return sorted(
            _nombre(entradas[0])
            for clave, entradas in self._por_nombre.items()
            if clave not in claves
        )

    @contextmanager
    def sacar(self, nombre: str):
        """En un temporal, que se borra al salir. Un ZIP mentiroso no escribe más de lo que dijo."""
        (entrada,) = self._por_nombre[_clave(nombre)]
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as temporal:
            try:
                with self._zip.open(entrada) as dentro:
                    while bloque := dentro.read(BLOQUE):
                        temporal.write(bloque)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
                raise PaqueteInservible(
                    f"«{nombre}» está dañado dentro del ZIP. Haga el ZIP de nuevo."
                ) from error
            temporal.seek(0)
            archivo = File(temporal, name=_nombre(entrada))
            archivo.size = entrada.file_size
            yield archivo


def _exigir_seguro(entradas):
    if len(entradas) > ENTRADAS_MAXIMAS:
        raise PaqueteInservible(
            f"El ZIP trae {len(entradas)} archivos y se reciben hasta {ENTRADAS_MAXIMAS}. Divídalo."
        )
    if any(entrada.flag_bits & 0x1 for entrada in entradas):
        raise PaqueteInservible("El ZIP tiene contraseña. Hágalo sin contraseña y súbalo otra vez.")
    if sum(entrada.file_size for entrada in entradas) > ABIERTO_MAXIMO or any(
        entrada.file_size > PEQUENO
        and entrada.file_size > entrada.compress_size * PROPORCION_MAXIMA
        for entrada in entradas
    ):
        raise PaqueteInservible(
            "El ZIP ocupa demasiado al abrirlo y no se leyó, por seguridad. Divídalo en varios, "
            "cada uno con su hoja."
        )


def _es_basura(entrada):
    ruta = PurePosixPath(entrada.filename)
    return entrada.is_dir() or "__MACOSX" in ruta.parts or ruta.name.lower() in BASURA


def _nombre(entrada):
    """Sin carpetas. Windows y macOS guardan las tildes de un modo que el ZIP no dice."""
    nombre = PurePosixPath(entrada.filename.replace("\\", "/")).name
    if not entrada.flag_bits & 0x800:
        crudo = nombre.encode("cp437", errors="replace")
        try:
            nombre = crudo.decode("utf-8")
        except UnicodeDecodeError:
            nombre = crudo.decode("cp850")
    return unicodedata.normalize("NFC", nombre)


def _clave(nombre):
    return unicodedata.normalize("NFC", nombre.strip()).casefold()
