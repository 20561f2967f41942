"""El ZIP que alguien se lleva: los archivos con un nombre que se entiende, y su índice.

El índice es una sola página que se abre sin conexión, con el estilo adentro. Lo mismo pedido dos
veces da los mismos bytes: las fechas son las de cada versión.
"""

import base64
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from contenidos.consultas.canasta import Equipaje, Renglon
from contenidos.models import Paquete
from trabajos.tarea import nombre_ofrecido

INDICE = "Índice.html"
CARPETA = "Archivos"
LARGO_DE_NOMBRE = 110  # con las carpetas de quien lo abre, Windows no pasa de 260
# Así no se puede llamar un archivo en Windows, tenga la extensión que tenga.
RESERVADOS = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}
PEDAZO = 1024 * 1024
PERMISOS = 0o644 << 16


@dataclass(frozen=True)
class Pieza:
    """Un archivo del paquete: con qué nombre va y cuál de los dos, el completo o el ligero."""

    renglon: Renglon
    nombre: str
    es_ligero: bool

    @property
    def archivo(self):
        return self.renglon.version.ligero if self.es_ligero else self.renglon.version.archivo

    @property
    def tamano(self) -> int:
        return self.renglon.tamano_ligero if self.es_ligero else self.renglon.tamano

    @property
    def interno(self) -> str:
        return f"{CARPETA}/{self.nombre}"

    @property
    def url(self) -> str:
        return quote(self.interno)


def escribir_paquete(
    ruta: Path,
    paquete: Paquete,
    equipaje: Equipaje,
    *,
    ligero: bool,
    avanzar: Callable[[int, int, str], None],
) -> list[Pieza]:
    """Deja el ZIP en la ruta. Devuelve los archivos que no encontró: el índice también lo dice."""
    piezas = piezas_de(equipaje.van, ligero=ligero)
    van, perdidas = [], []
    with ZipFile(ruta, "w", ZIP_STORED) as zip_:  # PDF, Office e imágenes ya van comprimidos
        for hechas, pieza in enumerate(piezas):
            avanzar(hechas, len(piezas), f"Guardando «{pieza.renglon.contenido}»")
            (van if _guardar(zip_, pieza) else perdidas).append(pieza)
        indice = ZipInfo(INDICE, _fecha(paquete.pedido_en))
        indice.external_attr, indice.compress_type = PERMISOS, ZIP_DEFLATED
        zip_.writestr(indice, componer_indice(paquete, equipaje, van, perdidas))
    return perdidas


def _guardar(zip_, pieza):
    try:
        origen = pieza.archivo.storage.open(pieza.archivo.name, "rb")
    except FileNotFoundError:
        return False
    dentro = ZipInfo(pieza.interno, _fecha(pieza.renglon.version.creado_en))
    dentro.external_attr, dentro.file_size = PERMISOS, origen.size
    with origen, zip_.open(dentro, "w") as destino:
        shutil.copyfileobj(origen, destino, PEDAZO)
    return True


def _fecha(momento):
    return timezone.localtime(momento).timetuple()[:6]


def componer_indice(
    paquete: Paquete, equipaje: Equipaje, van: list[Pieza], perdidas: Iterable[Pieza] = ()
) -> str:
    return render_to_string(
        "contenidos/paquete_indice.html",
        {
            "paquete": paquete,
            "van": van,
            "enlaces": [uno for uno in equipaje.van if not uno.version],
            "no_van": equipaje.no_van,
            "perdidas": perdidas,
            "peso": sum(pieza.tamano for pieza in van),
            "portal": settings.DIRECCION_DEL_PORTAL,
            "institucion": settings.INSTITUCION,
            "estilo": _estilo(),
        },
    )


def _estilo():
    """La hoja va dentro del enlace: el índice se abre solo, sin carpeta al lado."""
    css = Path(finders.find("css/indice_de_paquete.css")).read_bytes()
    return f"data:text/css;base64,{base64.b64encode(css).decode()}"


def piezas_de(renglones: Iterable[Renglon], *, ligero: bool) -> list[Pieza]:
    """Las que traen archivo, cada una con un nombre que ninguna otra tiene."""
    piezas, tomados = [], set()
    for renglon in renglones:
        if not renglon.version:
            continue
        es_ligero = ligero and bool(renglon.version.ligero)
        nombre = _nombre_libre(renglon, es_ligero, tomados)
        tomados.add(nombre.casefold())
        piezas.append(Pieza(renglon, nombre, es_ligero))
    return piezas


def _nombre_libre(renglon, es_ligero, tomados):
    """El título y su extensión. «Guía» y «guía» son el mismo archivo en casi todas las máquinas."""
    version = renglon.version
    de_donde = version.ligero.name if es_ligero else version.nombre_del_archivo
    extension = PurePath(de_donde).suffix.lower()
    titulo = unicodedata.normalize("NFC", renglon.contenido.titulo)
    raiz = nombre_ofrecido(titulo)[:LARGO_DE_NOMBRE].strip(" .") or "Contenido"
    if raiz.casefold() in RESERVADOS:
        raiz = f"{raiz}, contenido"
    nombre, numero = f"{raiz}{extension}", 1
    while nombre.casefold() in tomados:
        numero += 1
        nombre = f"{raiz} ({numero}){extension}"
    return nombre
