"""Qué trabajos sabe hacer el portal: cada app los declara en su `tasks.py`.

@trabajo("conectate.leer_importacion", titulo="Leer la lista de asistencia")
def leer_importacion(tarea, *, importacion_id):
    filas = leer(...)                      # lo lento va fuera de toda transacción
    with tarea.cierre() as cierre:         # lo escrito y el «terminado» van juntos
        guardar(filas)
        cierre.mensaje = "Se leyeron 40 personas."
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

TIPOS: dict[str, "Tipo"] = {}
INTENTOS = 5
LIMITE = timedelta(minutes=30)


class TrabajoRechazado(Exception):
    """No se puede hacer y repetirlo no ayuda. El mensaje lo lee la persona."""


class ReclamoPerdido(Exception):
    """Otro trabajador tomó este trabajo: lo que este llevaba no vale y se deshace."""


@dataclass(frozen=True)
class Tipo:
    nombre: str
    titulo: str
    funcion: Callable
    intentos: int
    limite: timedelta


def trabajo(tipo: str, *, titulo: str, intentos: int = INTENTOS, limite: timedelta = LIMITE):
    """Declara un trabajo. La función recibe la Tarea y, por nombre, los parámetros.

    `intentos`: cuántas veces se hace a lo sumo, contando la primera.

    Pasado el `limite` deja de latir: se da por colgado y otro trabajador lo empieza de nuevo.
    """

    def declarar(funcion):
        anterior = TIPOS.get(tipo)
        if anterior and anterior.funcion.__qualname__ != funcion.__qualname__:
            raise ValueError(f"Ya hay un trabajo llamado {tipo!r}.")
        TIPOS[tipo] = Tipo(tipo, titulo, funcion, intentos, limite)
        return funcion

    return declarar


def tipo_de(nombre: str) -> Tipo:
    try:
        return TIPOS[nombre]
    except KeyError:
        raise ValueError(f"Ningún tasks.py declara el trabajo {nombre!r}.") from None


def intentos_de(nombre: str) -> int:
    """También para un tipo que este proceso no conoce: lo dejó otra versión del portal."""
    return TIPOS[nombre].intentos if nombre in TIPOS else INTENTOS


def limite_de(nombre: str) -> timedelta:
    return TIPOS[nombre].limite if nombre in TIPOS else LIMITE
