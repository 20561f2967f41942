"""Lo que escribe quien opera, en la consola."""

import re
from argparse import ArgumentTypeError
from datetime import date

AAAA_MM_DD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def una_fecha(texto: str) -> date:
    """El `type=` de una opción."""
    try:
        if not AAAA_MM_DD.fullmatch(texto):  # date también acepta 20200609 y 2020-W24-2
            raise ValueError
        return date.fromisoformat(texto)
    except ValueError:
        raise ArgumentTypeError(f"«{texto}» no es una fecha: escríbala AAAA-MM-DD") from None
