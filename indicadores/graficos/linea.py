"""Cómo cambió: una línea por serie, con su nombre al final y los huecos a la vista."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicadores.graficos.escala import (
    LETRA,
    RENGLON,
    Escala,
    acomodar,
    ancho_de,
    en_renglones,
    intervalo_honesto,
    marcas_de,
    numero,
)

ANCHO, ALTO = 360, 216
DERECHA = 120  # para los nombres
ARRIBA, ABAJO = 22, 188
NO_SE_PARTE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Serie:
    """Sus valores van alineados con las vigencias de la gráfica; None es un hueco."""

    clave: str  # propia, departamento, nacion: así se pinta
    nombre: str
    valores: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Rotulo:
    clave: str
    x: float
    renglones: list[tuple[float, str]]  # (y, texto)


@dataclass(frozen=True, slots=True)
class Linea:
    """Lo que la plantilla dibuja, ya en puntos del papel."""

    ancho: int
    alto: int
    izquierda: float
    derecha: float
    abajo: float
    marcas: list[tuple[float, str]]
    vigencias: list[tuple[float, str, str]]  # (x, texto, dónde se ancla)
    sombras: list[tuple[float, float]]  # (x, ancho): años con advertencia
    quiebres: list[tuple[float, float, str, str]]  # (x, x del texto, ancla, texto)
    trazos: list[tuple[str, str]]  # (clave, d)
    finales: list[tuple[str, float, float]]
    rotulos: list[Rotulo]
    base: str  # «eje desde 70», si no parte de cero


def linea(
    series: Sequence[Serie],
    vigencias: Sequence[int],
    *,
    formato: Callable[[float], str],
    eje: Callable[[float, bool], str],
    quiebres: Sequence[int] = (),
    advertencias: Sequence[tuple[int, int]] = (),
    amplitud: float = 0,
    maximo: float | None = None,
) -> Linea | None:
    """`eje` escribe una marca, y sabe si es la de arriba. None si no hay nada que dibujar."""
    valores = [v for serie in series for v in serie.valores if v is not None]
    if not valores:
        return None
    marcas = marcas_de(*intervalo_honesto(valores, minimo=amplitud, maximo=maximo))
    a_y = Escala(marcas[0], marcas[-1], ABAJO, ARRIBA)
    textos = [eje(marca, marca == marcas[-1]) for marca in marcas]
    # La de arriba va sobre su línea y puede ser más larga que las demás.
    izquierda = 8 + max(map(ancho_de, textos[:-1]))
    derecha = ANCHO - DERECHA
    if len(vigencias) == 1:
        a_x = Escala(vigencias[0] - 1, vigencias[0] + 1, izquierda, derecha)
    else:
        a_x = Escala(vigencias[0], vigencias[-1], izquierda, derecha)
    visibles = [corte for corte in quiebres if vigencias[0] < corte <= vigencias[-1]]
    return Linea(
        ancho=ANCHO,
        alto=ALTO,
        izquierda=izquierda,
        derecha=derecha,
        abajo=ABAJO,
        marcas=[(a_y(marca), texto) for marca, texto in zip(marcas, textos, strict=True)],
        vigencias=_vigencias(vigencias, visibles, a_x),
        sombras=[_sombra(desde, hasta, a_x) for desde, hasta in _dentro(advertencias, vigencias)],
        quiebres=[_quiebre(corte, a_x) for corte in visibles],
        trazos=[
            (s.clave, d) for s in series if (d := _trazo(s.valores, vigencias, visibles, a_x, a_y))
        ],
        finales=_finales(series, vigencias, a_x, a_y),
        rotulos=_rotulos(series, vigencias, formato, a_y, derecha + 10),
        base="" if marcas[0] <= 0 else _base(textos[0]),
    )


def _base(texto):
    largo = f"eje desde {texto}"
    return largo if ancho_de(largo) < DERECHA else f"desde {texto}"


def _trazo(valores, vigencias, quiebres, a_x, a_y) -> str:
    """Se corta en los huecos y en los quiebres; un año suelto es un punto."""
    tramos = [[]]
    for vigencia, valor in zip(vigencias, valores, strict=True):
        if valor is None or vigencia in quiebres:
            tramos.append([])
        if valor is not None:
            tramos[-1].append(f"{numero(a_x(vigencia))} {numero(a_y(valor))}")
    return "".join(
        f"M{tramo[0]}h0" if len(tramo) == 1 else f"M{'L'.join(tramo)}" for tramo in tramos if tramo
    )


def _ultimo(valores):
    return next((i for i in reversed(range(len(valores))) if valores[i] is not None), None)


def _finales(series, vigencias, a_x, a_y):
    return [
        (serie.clave, a_x(vigencias[i]), a_y(serie.valores[i]))
        for serie in series
        if (i := _ultimo(serie.valores)) is not None
    ]


def _rotulos(series, vigencias, formato, a_y, x) -> list[Rotulo]:
    """Nombre y último valor, a la altura de donde acaba la línea o tan cerca como se pueda."""
    textos, centros = [], []
    for serie in series:
        if (i := _ultimo(serie.valores)) is None:
            continue
        texto = f"{serie.nombre} {formato(serie.valores[i]).replace(' ', NO_SE_PARTE)}"
        if vigencias[i] != vigencias[-1]:
            texto += f" ({vigencias[i]})"
        textos.append((serie.clave, en_renglones(texto, ANCHO - x)))
        centros.append(a_y(serie.valores[i]))
    altos = [len(renglones) * RENGLON + 2 for _, renglones in textos]
    puestos = acomodar(centros, altos, ARRIBA - 4, ALTO - RENGLON - 8)
    return [
        Rotulo(
            clave,
            x,
            [
                (round(centro - alto / 2 + 1 + LETRA * 0.9 + n * RENGLON, 1), renglon)
                for n, renglon in enumerate(renglones)
            ],
        )
        for (clave, renglones), centro, alto in zip(textos, puestos, altos, strict=True)
    ]


def _vigencias(vigencias, quiebres, a_x):
    """La primera, la última y, si hay sitio, los quiebres."""
    extremos = [(vigencias[0], "start"), (vigencias[-1], "end")][: len(vigencias)]
    puestas = [(a_x(vigencia), str(vigencia), ancla) for vigencia, ancla in extremos]
    aire = ancho_de("2000") * 1.8
    for corte in quiebres:
        if all(abs(a_x(corte) - x) > aire for x, _, _ in puestas):
            puestas.append((a_x(corte), str(corte), "middle"))
    return puestas


def _quiebre(corte, a_x):
    """Entre el año anterior y el del quiebre; su texto va arriba, sobre las líneas."""
    texto = f"cambia en {corte}"
    x = a_x(corte - 0.5)
    if x + 5 + ancho_de(texto) <= ANCHO:
        return x, x + 5, "start", texto
    return x, x - 5, "end", texto


def _dentro(tramos, vigencias):
    for desde, hasta in tramos:
        desde, hasta = max(desde, vigencias[0]), min(hasta, vigencias[-1])
        if desde <= hasta:
            yield desde, hasta


def _sombra(desde, hasta, a_x):
    x = a_x(desde - 0.4)
    return x, round(a_x(hasta + 0.4) - x, 1)
