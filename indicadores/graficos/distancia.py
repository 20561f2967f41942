"""A qué distancia: cada entidad es un punto; la propia, la mediana y el país se nombran."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicadores.graficos.escala import LETRA, RENGLON, Escala, ancho_de, numero

ANCHO = 360
MARGEN = 14
PUNTO = 6  # diámetro, y ancho de las columnas
ALTO_DEL_ENJAMBRE = 60
PROPIA_ARRIBA = RENGLON + 8


@dataclass(frozen=True, slots=True)
class Senal:
    """Algo que se nombra: dónde está en el eje y dónde cabe su texto."""

    clave: str  # propia, mediana, nacion
    x: float
    x_texto: float
    y_texto: float
    texto: str


@dataclass(frozen=True, slots=True)
class Enjambre:
    ancho: int
    alto: float
    centro: float
    arriba: float
    abajo: float
    punto: float
    puntos: str  # un solo trazo de puntos redondos
    marcas: list[tuple[float, float, str, str]]  # (x, y, texto, ancla)
    propia: Senal | None
    senales: list[Senal]


def enjambre(
    valores: Sequence[float],
    *,
    formato: Callable[[float], str],
    propia: tuple[str, float] | None = None,
    mediana: float | None = None,
    pais: float | None = None,
) -> Enjambre | None:
    """`propia` es su nombre y su valor. None si no hay con qué comparar."""
    if len(valores) < 2:
        return None
    extremos = [*valores, *(v for v in (pais, propia and propia[1]) if v is not None)]
    # El eje va de la menor a la mayor: aquí la distancia es entre puntos, no desde cero.
    desde, hasta = min(extremos), max(extremos)
    if desde == hasta:
        desde, hasta = desde - 1, hasta + 1
    a_x = Escala(desde, hasta, MARGEN, ANCHO - MARGEN)
    centro = PROPIA_ARRIBA + ALTO_DEL_ENJAMBRE / 2
    puntos, punto = _puntos(valores, a_x, centro)
    abajo = centro + ALTO_DEL_ENJAMBRE / 2
    senales = _senales(
        [
            ("mediana", mediana, f"mediana {formato(mediana)}" if mediana is not None else ""),
            ("nacion", pais, f"país {formato(pais)}" if pais is not None else ""),
        ],
        a_x,
        abajo + LETRA + 4,
    )
    marcas = [(0, formato(desde), "start"), (ANCHO, formato(hasta), "end")]
    y_de_las_marcas = abajo + LETRA + 4
    while any(_se_pisan(senal, y_de_las_marcas, marcas) for senal in senales):
        y_de_las_marcas += RENGLON
    return Enjambre(
        ancho=ANCHO,
        alto=max([y_de_las_marcas, *(s.y_texto for s in senales)]) + 6,
        centro=centro,
        arriba=PROPIA_ARRIBA,
        abajo=abajo,
        punto=punto,
        puntos=puntos,
        marcas=[(x, y_de_las_marcas, texto, ancla) for x, texto, ancla in marcas],
        propia=_rotulo_propio(propia, a_x, formato),
        senales=senales,
    )


def _puntos(valores, a_x, centro) -> tuple[str, float]:
    """En columnas del ancho de un punto, unos sobre otros y centrados en el eje."""
    columnas = defaultdict(int)
    for valor in valores:
        columnas[round(a_x(valor) / PUNTO)] += 1
    paso = min(PUNTO, ALTO_DEL_ENJAMBRE / max(columnas.values()))
    trazo = []
    for columna, cuantos in sorted(columnas.items()):
        y = centro - (cuantos - 1) * paso / 2
        trazo.append(f"M{columna * PUNTO} {numero(y)}h0")
        trazo.append(f"m0 {numero(paso)}h0" * (cuantos - 1))
    return "".join(trazo), round(min(5, paso), 1)


def _rotulo_propio(propia, a_x, formato):
    if propia is None:
        return None
    nombre, valor = propia
    texto = f"{nombre} {formato(valor)}"
    x = a_x(valor)
    return Senal("propia", x, _sin_salirse(x, texto), LETRA, texto)


def _senales(cuales, a_x, y) -> list[Senal]:
    """Cada texto bajo su raya; si dos se pisan, el segundo baja un renglón."""
    puestas = []
    for clave, valor, texto in cuales:
        if valor is None:
            continue
        x, mitad = a_x(valor), ancho_de(texto) / 2
        x_texto = _sin_salirse(x, texto)
        se_pisan = any(
            abs(otra.x_texto - x_texto) < mitad + ancho_de(otra.texto) / 2 + 6 for otra in puestas
        )
        puestas.append(Senal(clave, x, x_texto, y + (RENGLON if se_pisan else 0), texto))
    return puestas


def _sin_salirse(x, texto):
    mitad = ancho_de(texto) / 2
    return round(min(max(x, mitad), ANCHO - mitad), 1)


def _se_pisan(senal, y, marcas):
    """Los extremos del eje van en el renglón de las señales, si dejan aire."""
    if senal.y_texto != y:
        return False
    mitad = ancho_de(senal.texto) / 2 + 6
    return any(
        senal.x_texto - mitad < ancho_de(texto)
        if ancla == "start"
        else senal.x_texto + mitad > x - ancho_de(texto)
        for x, texto, ancla in marcas
    )
