"""Quién puede abrir y enviar cada dirección de la biblioteca. Se lee con `tabla_de_acceso`."""

from tests.papeles import Fila  # noqa: F401

BIBLIOTECA = []

BUSQUEDA = []

EDICION = []

IMPORTACIONES = []

CANASTA_Y_RUTAS = []

PAGINAS = []

TEMAS = []

CONTENIDOS = [
    *BIBLIOTECA,
    *BUSQUEDA,
    *EDICION,
    *IMPORTACIONES,
    *CANASTA_Y_RUTAS,
    *PAGINAS,
    *TEMAS,
]
