"""Leer listas de asistencia tal como las exportan Teams, Zoom, Meet y los formularios.

Cuarto puro: de bytes a identidades, sin base de datos. Se entra por `leer`.
"""

from datetime import date

from conectate.lectura.errores import ArchivoNoLegible, FormatoNoReconocido, SoloEncabezado
from conectate.lectura.formatos import NOMBRES as NOMBRES_DE_FORMATO
from conectate.lectura.lector import leer_contenido
from conectate.lectura.resultado import Aviso, Identidad, Inscrito, Lectura, Reunion, minutos_de

__all__ = [
    "NOMBRES_DE_FORMATO",
    "ArchivoNoLegible",
    "Aviso",
    "FormatoNoReconocido",
    "Identidad",
    "Inscrito",
    "Lectura",
    "Reunion",
    "SoloEncabezado",
    "leer",
    "minutos_de",
]


def leer(
    datos: bytes,
    *,
    nombre: str = "",
    fecha: date | None = None,
    emparejamiento: dict[str, str] | None = None,
) -> Lectura:
    """Qué dice este archivo y de quién. Si no se puede leer, `ArchivoNoLegible` dice por qué.

    `fecha` es la de la sesión: decide si 05/03 es marzo o mayo y avisa si el archivo es de otro
    día. `emparejamiento` dice qué columna es cada cosa cuando el formato no se reconoce.
    """
    return leer_contenido(datos, nombre=nombre, fecha=fecha, emparejamiento=emparejamiento)
