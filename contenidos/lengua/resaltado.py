"""El trozo de un texto donde está lo buscado, partido para marcarlo."""

from contenidos.lengua.palabras import escritas

ANCHO = 240


class Partes(tuple):
    """Pares (texto, si va marcado). `pagina`: de qué página del archivo viene, si viene de una."""

    pagina: int | None = None

    @property
    def tiene_marcas(self) -> bool:
        return any(marcado for _, marcado in self)


def marcar(texto: str, raices: frozenset[str]) -> Partes:
    """Todo el texto, con las palabras buscadas aparte."""
    partes, desde = [], 0
    for inicio, fin, raiz in escritas(texto):
        if raiz not in raices:
            continue
        if partes and texto[desde:inicio].isspace() and partes[-1][1]:  # seguidas: una sola marca
            partes[-1] = (partes[-1][0] + texto[desde:fin], True)
        else:
            if desde < inicio:
                partes.append((texto[desde:inicio], False))
            partes.append((texto[inicio:fin], True))
        desde = fin
    if desde < len(texto):
        partes.append((texto[desde:], False))
    return Partes(partes)


def recortar(texto: str, raices: frozenset[str], ancho: int = ANCHO) -> Partes:
    """El tramo con más palabras buscadas distintas, sin partir palabras, marcado."""
    texto = " ".join(texto.split())
    if len(texto) <= ancho:
        return marcar(texto, raices)
    desde = _mejor_comienzo(texto, raices, ancho)
    hasta = desde + ancho
    if hasta < len(texto):
        hasta = max(texto.rfind(" ", desde, hasta), desde + 1)
    tramo = texto[desde:hasta].strip(" ,;:")
    return marcar(f"{'… ' if desde else ''}{tramo}{' …' if hasta < len(texto) else ''}", raices)


def _mejor_comienzo(texto, raices, ancho):
    halladas = [(inicio, raiz) for inicio, _, raiz in escritas(texto) if raiz in raices]
    mejor, donde = 0, 0
    for i, (inicio, _) in enumerate(halladas):
        cerca = {raiz for otro, raiz in halladas[i : i + 50] if otro < inicio + ancho * 3 // 4}
        if len(cerca) > mejor:
            mejor, donde = len(cerca), inicio
    if donde < ancho // 2:
        return 0
    # Con algo de lo que va antes, para que se entienda; y desde el comienzo de una palabra.
    return texto.find(" ", donde - ancho // 4) + 1
