"""Una línea del tamaño de una palabra, para ir dentro de una tabla que ya dice las cifras."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indicadores.graficos.escala import Escala, numero

ANCHO, ALTO, MARGEN = 96, 28, 4


@dataclass(frozen=True, slots=True)
class Minigrafica:
    ancho: int
    alto: int
    trazo: str
    final: tuple[float, float]


def minigrafica(
    valores: Sequence[float | None], cortes: Collection[int] = ()
) -> Minigrafica | None:
    """Se corta en los huecos y donde la serie cambia. Con un solo valor no hay línea."""
    presentes = [valor for valor in valores if valor is not None]
    if len(presentes) < 2:
        return None
    abajo, arriba = min(presentes), max(presentes)
    if abajo == arriba:
        abajo, arriba = abajo - 1, arriba + 1
    a_x = Escala(0, len(valores) - 1, MARGEN, ANCHO - MARGEN)
    a_y = Escala(abajo, arriba, ALTO - MARGEN, MARGEN)
    trazo, suelto, ultimo = [], True, None
    for i, valor in enumerate(valores):
        if valor is not None:
            trazo.append(
                f"{'M' if suelto or i in cortes else 'L'}{numero(a_x(i))} {numero(a_y(valor))}"
            )
        suelto = valor is None
        ultimo = (a_x(i), a_y(valor)) if valor is not None else ultimo
    return Minigrafica(ANCHO, ALTO, "".join(trazo), ultimo)
