"""Buscar en el portal: entender lo escrito, encontrarlo y mostrar dónde está."""

from contenidos.consultas.busqueda.consulta import Consulta, Correccion, Grupo
from contenidos.consultas.busqueda.fragmentos import fragmentos, fragmentos_de_fichas
from contenidos.consultas.busqueda.hallazgos import (
    DeUnaClase,
    PorPertinencia,
    contenidos_que,
    encontrar,
    fichas_de,
)
from contenidos.consultas.busqueda.interpretacion import interpretar

__all__ = [
    "Consulta",
    "Correccion",
    "DeUnaClase",
    "Grupo",
    "PorPertinencia",
    "contenidos_que",
    "encontrar",
    "fichas_de",
    "fragmentos",
    "fragmentos_de_fichas",
    "interpretar",
]
