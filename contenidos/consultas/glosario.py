"""Las palabras del oficio: cómo se listan, y dónde aparecen dentro de un texto."""

import re
from html import escape
from itertools import groupby

from contenidos.models import Termino
from territorio.texto import normalizar

# Trozos de HTML ya limpio: sus etiquetas enteras, con sus comillas, y lo que va entre ellas.
ETIQUETA = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")
NOMBRE = re.compile(r"</?([a-z0-9]+)")
NO_SE_GLOSA = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "pre", "summary", "th"}


def terminos_que_dicen(texto: str) -> list[Termino]:
    """Todos, o los que tengan esas palabras, aun a medias, en su nombre o en su definición."""
    buscado = f" {normalizar(texto)}"
    return [
        termino
        for termino in sorted(Termino.objects.all(), key=lambda uno: normalizar(uno.nombre))
        if buscado in f" {normalizar(' '.join([*termino.formas, termino.definicion]))}"
    ]


def por_letra(terminos: list[Termino]) -> list[tuple[str, list[Termino]]]:
    grupos = groupby(terminos, key=lambda uno: normalizar(uno.nombre)[:1].upper())
    return [(letra, list(suyos)) for letra, suyos in grupos]


def glosar(html: str, pintar) -> str:
    """La primera vez que aparece cada término, lo que diga `pintar(termino, como_se_escribio)`.

    `html` debe venir limpio: se parte por sus etiquetas.
    """
    buscar, termino_de = _buscador()
    if not termino_de:
        return html
    puestos, dentro, salida = set(), 0, []

    def reemplazo(hallado):
        termino = termino_de[_clave(hallado["forma"])]
        if termino.pk in puestos:
            return hallado[0]
        puestos.add(termino.pk)
        return pintar(termino, hallado[0])

    for trozo in ETIQUETA.split(html):
        if trozo.startswith("<"):
            nombre = NOMBRE.match(trozo)
            if nombre and nombre[1] in NO_SE_GLOSA:
                dentro += -1 if trozo.startswith("</") else 1
        elif not dentro:
            trozo = buscar.sub(reemplazo, trozo)
        salida.append(trozo)
    return "".join(salida)


def _buscador():
    """Una expresión con todos los nombres y las siglas, primero las formas más largas."""
    termino_de = {
        _clave(forma): termino for termino in Termino.objects.all() for forma in _se_glosan(termino)
    }
    formas = sorted(termino_de, key=len, reverse=True)
    alternativas = "|".join(
        re.escape(forma) if _es_sigla(forma) else f"(?i:{re.escape(forma)})" for forma in formas
    )
    # Ni dentro de un número de radicado: «2019-EE-120415» no habla de ningún establecimiento.
    return re.compile(rf"(?<!\d-)\b(?P<forma>{alternativas})(?:e?s)?\b(?!-\d)"), termino_de


def _se_glosan(termino):
    """Su nombre y sus siglas. Un sinónimo corriente no: estaría en todas las páginas."""
    return [
        escape(forma, quote=False)
        for forma in termino.formas
        if forma == termino.nombre or _es_sigla(forma)
    ]


def _es_sigla(forma):
    return forma.isupper()


def _clave(forma):
    return forma if _es_sigla(forma) else forma.lower()
