"""El mapa del país: dónde va cada quien y con qué color. Sin Django ni base.

Los departamentos son formas; las secretarías de municipios y distritos, círculos apartados para que
ninguno tape a otro. El color va siempre de lo mejor a lo que más falta por mejorar.
"""

import csv
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import quantiles

CATALOGO = Path(__file__).parents[1] / "catalogo" / "mapa.csv"
ANCHO, ALTO = 510, 694
RADIO = 8  # el de los círculos; el de Bogotá es mayor y va con su forma
CLASES = 5
PASOS = [mantisa * 10**orden for orden in range(6, -3, -1) for mantisa in (5, 2, 1)]


@dataclass(frozen=True, slots=True)
class Lugar:
    """Una forma (con `trazo`) o un círculo (con `radio`) y, si se apartó mucho, de dónde es."""

    codigo: str
    x: int
    y: int
    radio: int = 0
    trazo: str = ""
    de_donde: tuple[int, int] | None = None


@cache
def lugares() -> dict[str, Lugar]:
    """Por código DANE: dos dígitos, la forma de un departamento; cinco, el círculo de un lugar."""
    with open(CATALOGO, encoding="utf-8", newline="") as archivo:
        return {
            fila["codigo"]: Lugar(
                fila["codigo"],
                int(fila["x"]),
                int(fila["y"]),
                int(fila["radio"] or 0),
                fila["trazo"],
                (int(fila["lugar_x"]), int(fila["lugar_y"])) if fila["lugar_x"] else None,
            )
            for fila in csv.DictReader(archivo)
        }


@cache
def halos() -> str:
    """Lo que separa cada círculo de la forma en que cae: un punto redondo detrás de cada uno."""
    return "".join(f"M{uno.x} {uno.y}h0" for uno in lugares().values() if uno.radio == RADIO)


@cache
def hilos() -> str:
    """Un solo trazo con las líneas finas que llevan de un círculo apartado a su lugar."""
    return "".join(
        f"M{uno.de_donde[0]} {uno.de_donde[1]}L{uno.x} {uno.y}"
        for uno in lugares().values()
        if uno.de_donde
    )


def cortes(valores: Sequence[float], clases: int = CLASES) -> list[float]:
    """Los números redondos que parten los valores en grupos parecidos, del menor al mayor.

    Son los cuantiles llevados al paso más grueso que no deja un grupo con menos de la mitad de lo
    que le toca. Con pocos valores distintos hay menos grupos; con uno solo, ningún corte.
    """
    for n in range(min(clases, len(set(valores))), 1, -1):
        crudos = quantiles(valores, n=n, method="inclusive")
        for paso in PASOS:
            redondos = [round(round(corte / paso) * paso, 2) for corte in crudos]
            if _parten(redondos, valores):
                return redondos
    return []


def _parten(limites, valores):
    grupos = Counter(bisect_right(limites, valor) for valor in valores)
    n = len(limites) + 1
    return limites == sorted(set(limites)) and all(
        grupos[grupo] >= len(valores) / n / 2 for grupo in range(n)
    )


def intensidad(valor: float, limites: Sequence[float], *, al_reves: bool = False) -> int:
    """De 1 a 5. `al_reves` si lo alto es lo bueno: el color más intenso señala lo que falta."""
    grupo = bisect_right(limites, valor)
    if al_reves:
        grupo = len(limites) - grupo
    return color_de(grupo, len(limites) + 1)


def color_de(grupo: int, de: int) -> int:
    """Con menos de cinco grupos se usan los colores más separados."""
    return 1 + round(grupo * (CLASES - 1) / max(de - 1, 1))


def rangos(limites: Sequence[float], escribir: Callable[[float], str]) -> list[str]:
    """Cada grupo en palabras: «menos de 2 %», «de 2 % a menos de 3 %», «3 % o más»."""
    if not limites:
        return ["todas las cifras"]
    dichos = [escribir(limite) for limite in limites]
    medios = [f"de {uno} a menos de {otro}" for uno, otro in zip(dichos, dichos[1:], strict=False)]
    return [f"menos de {dichos[0]}", *medios, f"{dichos[-1]} o más"]
