"""Reunir en una las cifras de varias partes. Solo aritmética: nunca sin peso, nunca con pocas.

Un promedio sin peso diría que en Antioquia un municipio de mil niños cuenta igual que uno de cien
mil. Las sumas van con `fsum`: el orden en que la base entregue las filas no cambia el resultado.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from operator import mul

MAXIMO_QUE_FALTA = 0.1  # de la población de las partes
Numeros = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Reunion:
    """Lo que dio reunir las partes; sin `valor`, no se pudo."""

    valor: float | None
    con_dato: int  # las partes que traen la cifra
    usadas: int  # las que además traen con qué pesarla
    partes: int
    poblacion: float  # la de las usadas


def suma(valores: Numeros, *, poblaciones: Numeros) -> Reunion:
    """Una suma a la que le falta gente no es la suma: se da completa o no se da."""
    sirven = [valor is not None for valor in valores]
    completa = any(sirven) and not parte_que_falta(sirven, poblaciones)
    total = fsum(valor for valor in valores if valor is not None)
    return _reunion(total if completa else None, sirven, sirven, poblaciones)


def promedio(valores: Numeros, *, pesos: Numeros, poblaciones: Numeros) -> Reunion:
    """Σ(valor × peso) ÷ Σ peso, si lo que falta no pasa de una décima parte de la población."""
    if valores and None not in valores and None not in pesos:
        return _promedio_de_todas(valores, pesos, poblaciones)
    traen = [valor is not None for valor in valores]
    sirven = [trae and peso is not None for trae, peso in zip(traen, pesos, strict=True)]
    usados = [(v, p) for v, p, sirve in zip(valores, pesos, sirven, strict=True) if sirve]
    peso = fsum(p for _, p in usados)
    alcanza = peso > 0 and parte_que_falta(sirven, poblaciones) <= MAXIMO_QUE_FALTA
    valor = fsum(v * p for v, p in usados) / peso if alcanza else None
    return _reunion(valor, traen, sirven, poblaciones)


def _promedio_de_todas(valores, pesos, poblaciones) -> Reunion:
    """Lo mismo cuando nadie falta, que es casi siempre: al publicar son miles."""
    partes, peso = len(valores), fsum(pesos)
    valor = fsum(map(mul, valores, pesos)) / peso if peso > 0 else None
    return Reunion(valor, partes, partes, partes, fsum(filter(None, poblaciones)))


def parte_que_falta(sirven: Sequence[bool], poblaciones: Numeros) -> float:
    """De 0 a 1: qué parte de la población vive donde falta el dato.

    Quien no tiene población conocida cuenta como el promedio de las demás.
    """
    conocidas = [poblacion for poblacion in poblaciones if poblacion is not None]
    media = fsum(conocidas) / len(conocidas) if any(conocidas) else 1
    completas = [media if poblacion is None else poblacion for poblacion in poblaciones]
    faltan = fsum(p for p, sirve in zip(completas, sirven, strict=True) if not sirve)
    return faltan / (fsum(completas) or 1)


def matricula_estimada(poblacion: float | None, cobertura_bruta: float | None) -> float | None:
    """Cuántos estudiantes habrá donde la fuente da la cobertura y no la matrícula."""
    if poblacion is None or cobertura_bruta is None:
        return None
    return poblacion * cobertura_bruta / 100


def _reunion(valor, traen, sirven, poblaciones):
    return Reunion(
        valor=valor,
        con_dato=sum(traen),
        usadas=sum(sirven),
        partes=len(sirven),
        poblacion=fsum(p or 0 for p, sirve in zip(poblaciones, sirven, strict=True) if sirve),
    )
