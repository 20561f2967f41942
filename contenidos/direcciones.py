"""El nombre de algo en la dirección, cuando el que le toca ya está tomado."""

from collections.abc import Container
from itertools import count


def la_primera_libre(base: str, tomadas: Container[str]) -> str:
    """«guia», «guia-2», «guia-3»…"""
    candidatas = (f"{base}-{n}" if n > 1 else base for n in count(1))
    return next(candidata for candidata in candidatas if candidata not in tomadas)
