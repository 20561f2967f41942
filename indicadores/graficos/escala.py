"""De cifras a puntos del papel: ejes con marcas redondas y rótulos que no se pisan."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LETRA = 14  # a 328 px de ancho se ve de casi 13
RENGLON = 16
POR_LETRA = 0.56  # lo que ocupa una letra de la fuente de títulos, en su tamaño


@dataclass(frozen=True, slots=True)
class Escala:
    """Lleva [desde, hasta] a [inicio, fin]. `inicio` puede ser mayor: en un papel, y baja."""

    desde: float
    hasta: float
    inicio: float
    fin: float

    def __call__(self, valor: float) -> float:
        parte = (valor - self.desde) / (self.hasta - self.desde)
        return round(self.inicio + parte * (self.fin - self.inicio), 1)


def paso_redondo(amplitud: float, cuantos: int) -> float:
    """1, 2, 2,5 o 5 por una potencia de diez: unas `cuantos` marcas en esa amplitud."""
    bruto = amplitud / cuantos
    potencia = 10 ** math.floor(math.log10(bruto))
    return next(p * potencia for p in (1, 2, 2.5, 5, 10) if p * potencia >= bruto * 0.999)


def marcas_de(desde: float, hasta: float, cuantas: int = 4) -> list[float]:
    """Marcas redondas que encierran el intervalo."""
    paso = paso_redondo(max(hasta - desde, 1e-9), cuantas)
    primera, ultima = math.floor(desde / paso + 1e-9), math.ceil(hasta / paso - 1e-9)
    return [round(i * paso, 10) for i in range(primera, max(ultima, primera + 1) + 1)]


def intervalo_honesto(
    valores: Sequence[float], *, minimo: float = 0, maximo: float | None = None
) -> tuple[float, float]:
    """Desde cero, salvo que todo quede arriba; y nunca tan corto que un temblor parezca un salto.

    `minimo` es la amplitud menor que se dibuja cuando no se parte de cero; `maximo`, hasta dónde
    puede llegar la cifra.
    """
    abajo, arriba = min(valores), max(valores)
    if abajo < arriba * 0.6 or arriba <= 0:
        return min(abajo, 0), max(arriba, 0) or 1
    falta = max(minimo - (arriba - abajo), 0)
    hasta = arriba + falta / 2
    if maximo is not None and hasta > maximo:
        hasta = max(arriba, maximo)
    return max(min(abajo, hasta - minimo), 0), hasta


def acomodar(centros: Sequence[float], altos: Sequence[float], desde: float, hasta: float):
    """Los centros, apartados lo justo para que ninguno pise a otro y ninguno se salga."""
    orden = sorted(range(len(centros)), key=lambda i: centros[i])
    puestos = list(centros)
    piso = desde
    for i in orden:
        puestos[i] = max(puestos[i], piso + altos[i] / 2)
        piso = puestos[i] + altos[i] / 2
    techo = hasta
    for i in reversed(orden):
        puestos[i] = min(puestos[i], techo - altos[i] / 2)
        techo = puestos[i] - altos[i] / 2
    return [round(puesto, 1) for puesto in puestos]


def ancho_de(texto: str, letra: float = LETRA) -> float:
    """Lo que ocupa un texto, por lo largo. Sobra un poco: más vale aire que letras montadas."""
    return len(texto) * letra * POR_LETRA


def en_renglones(texto: str, ancho: float, *, maximo: int = 3) -> list[str]:
    """Partido por palabras para que quepa; si no cabe, acaba en puntos suspensivos."""
    cabe = int(ancho / (LETRA * POR_LETRA))
    renglones = [""]
    for palabra in texto.split(" "):
        junto = f"{renglones[-1]} {palabra}".strip()
        if len(junto) <= cabe or not renglones[-1]:
            renglones[-1] = junto
        else:
            renglones.append(palabra)
    if len(renglones) > maximo:
        renglones = [*renglones[: maximo - 1], f"{renglones[maximo - 1][: cabe - 1].rstrip(',')}…"]
    return renglones


def numero(valor: float) -> str:
    """Para un atributo: sin ceros que pesen."""
    return f"{valor:.1f}".rstrip("0").rstrip(".") or "0"
