"""De un texto a sus palabras y a las raíces con que se buscan.

Primero se quitan tildes y mayúsculas y después se reduce: así «educación» y «educacion» dan lo
mismo por construcción, y no porque el reductor acierte con las dos.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from territorio.texto import normalizar

LARGO_MAXIMO = 40  # más larga no es una palabra: es un código o un descuido
TEXTO_CORTO = 400  # lo más largo no se guarda en memoria ya normalizado
UNA_PALABRA = re.compile(r"[^\W_]+")
_REDUCTOR = snowballstemmer.stemmer("spanish")

_VACIAS = """
    a al algo alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun
    aunque bajo cada como con contra cual cuales cualquier cuando cuanto de del desde donde dos e el
    ella ellas ellos en entre era es esa esas ese eso esos esta estaba estan estar estas este esto
    estos fue fueron ha habia hace hacer hacia han has hasta hay he hemos i la las le les lo los mas
    me mi mis mucho muy nada ni no nos nosotros nuestra nuestras nuestro nuestros o otra otras otro
    otros para pero poco por porque pues que quien quienes se sea sean segun ser si sido sin sino
    sobre solo son soy su sus suya suyo tal tambien tan tanto te tener ti tiene tienen toda todas
    todo todos tu tus u un una unas uno unos usted ustedes va vamos van y ya yo
"""
VACIAS = frozenset(_VACIAS.split())


def palabras(texto: str) -> list[str]:
    """Sin tildes ni mayúsculas, en su orden."""
    limpio = normalizar(texto) if len(texto) <= TEXTO_CORTO else normalizar.__wrapped__(texto)
    return limpio.split()


def dice_algo(palabra: str) -> bool:
    """Se guarda y se busca: no es un artículo ni una letra suelta."""
    return palabra not in VACIAS and (len(palabra) > 1 or palabra.isdigit())


def raices(texto: str) -> list[str]:
    """Las de las palabras que dicen algo, en su orden."""
    return [raiz(palabra) for palabra in palabras(texto) if dice_algo(palabra)]


@lru_cache(maxsize=1 << 17)
def raiz(palabra: str) -> str:
    """De una palabra ya sin tildes ni mayúsculas."""
    if len(palabra) > LARGO_MAXIMO:
        return palabra[:LARGO_MAXIMO]
    if not palabra.isalpha():
        return palabra
    corta = _REDUCTOR.stemWord(_en_singular(palabra))
    return f"{corta[:-1]}c" if corta.endswith("z") else corta  # luz y luces


def _en_singular(palabra):
    """El reductor deja «jóvenes» en «joven» y «joven» en «jov»: aquí las dos llegan iguales."""
    if palabra.endswith("eses"):  # intereses, interés
        palabra = palabra[:-2]
    if len(palabra) > 4 and palabra.endswith("es") and palabra[-3] not in "aeiou":
        return palabra[:-2]
    if len(palabra) > 3 and palabra[-1] == "s" and palabra[-2] in "aeou":
        return palabra[:-1]
    return palabra


class Escrita(NamedTuple):
    """Una palabra en el texto como se escribió: dónde está, y con qué raíz se busca."""

    inicio: int
    fin: int
    raiz: str
    dice_algo: bool


def escritas(texto: str) -> Iterator[Escrita]:
    for hallada in UNA_PALABRA.finditer(texto):
        palabra = "".join(palabras(hallada[0]))
        yield Escrita(hallada.start(), hallada.end(), raiz(palabra), dice_algo(palabra))
