"""Abre un archivo en otro proceso, con topes: uno malo no debe tumbar al que pregunta."""

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from trabajos.aparte import leer_aparte

LECTOR = Path(__file__).with_name("_lector_aislado.py")
ESPERA = 180
ESPERA_AL_COMPROBAR = 20


class ArchivoIlegible(Exception):
    """`codigo`: «con_contrasena», «danado», o «bomba» si se pasó de los topes."""

    def __init__(self, codigo: str):
        self.codigo = codigo
        super().__init__(codigo)


@dataclass(frozen=True)
class Leido:
    """Lo que se averigua de un archivo abriéndolo."""

    textos: list[str] = field(default_factory=list)  # uno por página, también las vacías
    paginas: int | None = None
    es_imagen: bool = False
    esta_etiquetado: bool | None = None
    miniatura: bytes | None = None  # WebP
    ligero: bytes | None = None  # WebP


def comprobar(ruta: Path) -> None:
    """Que el PDF se deja abrir. Levanta ArchivoIlegible si no."""
    _llamar("comprobar", ruta, ".pdf", ESPERA_AL_COMPROBAR)


def leer(ruta: Path, extension: str) -> Leido:
    """Si dibujar la primera página es demasiado (un plano enorme), al menos lo que dice."""
    try:
        return Leido(**_llamar("leer", ruta, extension, ESPERA))
    except ArchivoIlegible as error:
        if error.codigo != "bomba":
            raise
        return Leido(**_llamar("leer_sin_dibujar", ruta, extension, ESPERA))


@contextmanager
def archivo_temporal(carpeta=None):
    descriptor, ruta = tempfile.mkstemp(dir=carpeta)
    os.close(descriptor)
    try:
        yield Path(ruta)
    finally:
        os.unlink(ruta)


def _llamar(que, ruta, extension, espera):
    respuesta = leer_aparte(LECTOR, que, str(ruta), extension, espera=espera)
    if respuesta is None:
        raise ArchivoIlegible("bomba")
    estado, datos = respuesta
    if estado == "error":
        raise ArchivoIlegible(datos)
    return datos
