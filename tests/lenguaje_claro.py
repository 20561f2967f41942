"""Qué tan fácil se lee un texto: sus frases, y la escala INFLESZ del español."""

import re
from html import unescape

FIN_DE_BLOQUE = re.compile(
    r"</(?:p|li|h\d|td|th|caption|dt|dd|blockquote)>|<br>|<table>|<img[^>]*>"
)
FIN_DE_FRASE = re.compile(r"(?<=[.!?:;])\s+|\n+")
PALABRA = re.compile(r"[a-záéíóúüñ]+", re.I)
# Una sílaba es un grupo de vocales; una fuerte al lado de otra, o una débil con tilde, se apartan.
NUCLEO = re.compile(r"[aeoáéó][iuü]?(?![íú])|[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]+", re.I)


def texto_de(html: str) -> str:
    """Las palabras, con un renglón por bloque: un título o una celda no se pega al siguiente."""
    return unescape(re.sub(r"<[^>]+>", "", FIN_DE_BLOQUE.sub("\n", html)))


def frases_de(html: str) -> list[str]:
    return [frase.strip() for frase in FIN_DE_FRASE.split(texto_de(html)) if PALABRA.search(frase)]


def silabas_de(palabra: str) -> int:
    palabra = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", palabra.lower())
    palabra = re.sub(r"y(?=$|[^aeiouáéíóú])", "i", palabra)
    return max(1, len(NUCLEO.findall(palabra)))


def inflesz(html: str) -> float:
    """De 0 a 100, y más alto es más fácil: desde 55, normal; desde 65, bastante fácil."""
    frases = frases_de(html)
    palabras = [palabra for frase in frases for palabra in PALABRA.findall(frase)]
    silabas = sum(silabas_de(palabra) for palabra in palabras)
    return 206.835 - 62.3 * silabas / len(palabras) - len(palabras) / len(frases)
