"""Cuánto: barras desde cero, cada una con su nombre encima y su valor al lado.

Con marcas, el valor va tras el nombre: al lado parecería el de la marca.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicadores.graficos.escala import LETRA, Escala, ancho_de

ANCHO = 360
FILA = 44
GRUESO = 14


@dataclass(frozen=True, slots=True)
class Dato:
    """Una barra. Sin valor, se escribe por qué; `marcas` son otras cifras sobre ella."""

    nombre: str
    valor: float | None
    texto: str
    clave: str = "otra"  # propia, departamento, nacion, otra
    marcas: Sequence[tuple[str, float]] = field(default_factory=tuple)  # (clave, valor)


@dataclass(frozen=True, slots=True)
class Barra:
    clave: str
    nombre: str
    y_nombre: float
    y: float
    largo: float
    x_texto: float
    y_texto: float
    texto: str
    marcas: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Barras:
    ancho: int
    alto: int
    grueso: int
    barras: list[Barra]


def barras(datos: Sequence[Dato]) -> Barras | None:
    """None si ninguna tiene valor."""
    valores = [dato.valor for dato in datos if dato.valor is not None]
    if not valores:
        return None
    mayor = max([*valores, *(v for dato in datos for _, v in dato.marcas)]) or 1
    sitio = max(ancho_de(dato.texto) for dato in datos if dato.valor is not None) + 8
    a_x = Escala(0, mayor, 0, ANCHO - sitio)
    return Barras(
        ancho=ANCHO,
        alto=FILA * len(datos),
        grueso=GRUESO,
        barras=[
            _barra(dato, fila, a_x, arriba=any(dato.marcas for dato in datos))
            for fila, dato in enumerate(datos)
        ],
    )


def _barra(dato, fila, a_x, *, arriba) -> Barra:
    y = fila * FILA
    largo = max(a_x(dato.valor), 0) if dato.valor is not None else 0
    return Barra(
        clave=dato.clave,
        nombre=dato.nombre,
        y_nombre=y + LETRA,
        y=y + LETRA + 6,
        largo=largo,
        x_texto=ancho_de(dato.nombre) + 14 if arriba else largo + 6,
        y_texto=y + LETRA + (0 if arriba else 18),
        texto=dato.texto,
        marcas=[(clave, a_x(valor)) for clave, valor in dato.marcas],
    )
