"""El trozo de un texto donde está lo buscado, partido para marcarlo.

Lo buscado llega como formas: cada una, las raíces de una palabra o de varias seguidas. Así, buscar
«PAE» marca «alimentación escolar» y no toda «alimentación» ni todo lo «escolar».
"""

from collections.abc import Iterable

from contenidos.lengua.palabras import escritas

ANCHO = 240
Forma = tuple[str, ...]


class Partes(tuple):
    """Pares (texto, si va marcado). `pagina`: de qué página del archivo viene, si viene de una."""

    pagina: int | None = None

    @property
    def tiene_marcas(self) -> bool:
        return any(va_marcado for _, va_marcado in self)


def marcar(texto: str, formas: Iterable[Forma]) -> Partes:
    """Todo el texto, con lo buscado aparte."""
    partes, desde = [], 0
    for inicio, fin, _ in _halladas(texto, formas):
        if desde < inicio:
            partes.append((texto[desde:inicio], False))
        partes.append((texto[inicio:fin], True))
        desde = fin
    if desde < len(texto):
        partes.append((texto[desde:], False))
    return Partes(partes)


def recortar(texto: str, formas: Iterable[Forma], ancho: int = ANCHO) -> Partes:
    """El tramo con más formas distintas, sin partir palabras, marcado."""
    texto, formas = " ".join(texto.split()), list(formas)
    if len(texto) <= ancho:
        return marcar(texto, formas)
    desde = _mejor_comienzo(texto, formas, ancho)
    hasta = min(desde + ancho, len(texto))
    if hasta < len(texto):
        hasta = max(texto.rfind(" ", desde, hasta), desde + 1)
    tramo = texto[desde:hasta].strip(" ,;:")
    return marcar(f"{'… ' if desde else ''}{tramo}{' …' if hasta < len(texto) else ''}", formas)


def _mejor_comienzo(texto, formas, ancho):
    halladas = _halladas(texto, formas)
    mejor, donde = 0, 0
    for i, (inicio, _, _) in enumerate(halladas):
        cerca = {forma for otro, _, forma in halladas[i : i + 50] if otro < inicio + ancho * 3 // 4}
        if len(cerca) > mejor:
            mejor, donde = len(cerca), inicio
    if donde < ancho // 2:
        return 0
    # Con algo de lo que va antes, para que se entienda; y desde el comienzo de una palabra.
    return texto.find(" ", donde - ancho // 4) + 1


def _halladas(texto, formas):
    """Dónde empieza y termina cada forma; la más larga primero, y sin que dos se pisen."""
    por_comienzo = {}
    for forma in sorted(formas, key=len, reverse=True):
        por_comienzo.setdefault(forma[0], []).append(forma)
    todas, halladas, i = list(escritas(texto)), [], 0
    while i < len(todas):
        for forma in por_comienzo.get(todas[i].raiz, ()):
            if ultima := _donde_termina(todas, i, forma):
                halladas.append((todas[i].inicio, todas[ultima - 1].fin, forma))
                i = ultima - 1
                break
        i += 1
    return halladas


def _donde_termina(todas, i, forma):
    """El puesto que sigue a la forma si empieza en `i`; lo que no dice nada se salta."""
    for raiz in forma:
        while i < len(todas) and todas[i].raiz != raiz and not todas[i].dice_algo:
            i += 1
        if i == len(todas) or todas[i].raiz != raiz:
            return 0
        i += 1
    return i
