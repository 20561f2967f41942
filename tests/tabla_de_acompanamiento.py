"""Quién puede qué en «Juntos lo vamos a lograr». Se lee con `tabla_de_acceso.py`."""

from tests.papeles import Fila

GRUPOS: list[Fila] = []
LISTADOS: list[Fila] = []
CONTACTOS: list[Fila] = []
ARCHIVOS: list[Fila] = []
COMPROMISOS: list[Fila] = []
NECESIDADES: list[Fila] = []
PROGRAMAS: list[Fila] = []
INSTITUCIONES: list[Fila] = []
SEGUIMIENTO: list[Fila] = []
CALENDARIO: list[Fila] = []
INFORMES: list[Fila] = []

ACOMPANAMIENTO = [
    *GRUPOS,
    *LISTADOS,
    *CONTACTOS,
    *ARCHIVOS,
    *COMPROMISOS,
    *NECESIDADES,
    *PROGRAMAS,
    *INSTITUCIONES,
    *SEGUIMIENTO,
    *CALENDARIO,
    *INFORMES,
]
