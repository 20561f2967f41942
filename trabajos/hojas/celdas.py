"""Qué puede llevar una celda sin dañar el archivo ni correr como fórmula."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from django.utils import timezone

# Lo que XML 1.0 no admite. Quedan el tabulador y los saltos de renglón.
_INVALIDOS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARECE_FORMULA = re.compile(r"[=+\-@\t\r\n]")


# En una tabla larga casi todo texto se repite: revisarlo una vez la escribe el doble de rápido.
@lru_cache(maxsize=8192)
def limpio(texto: str) -> str:
    """El mismo texto sin los caracteres que ningún archivo admite, y con un solo salto."""
    return _INVALIDOS.sub("", re.sub(r"\r\n?", "\n", texto))


@lru_cache(maxsize=8192)
def parece_formula(texto: str) -> bool:
    """Una hoja de cálculo podría ejecutarlo: normas de exportación segura."""
    return bool(_PARECE_FORMULA.match(texto))


def es_numero(valor) -> bool:
    return (
        isinstance(valor, int | float | Decimal) and not isinstance(valor, bool) and isfinite(valor)
    )


def en_hora_local(momento: datetime) -> datetime:
    """Excel no sabe de zonas horarias: se escribe la hora de Colombia."""
    if timezone.is_aware(momento):
        momento = timezone.localtime(momento)
    return momento.replace(tzinfo=None)


def como_texto(valor) -> str:
    """Para la celda cuyo valor no es del tipo de su columna."""
    if type(valor) is str:
        return limpio(valor)
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, float):
        if not isfinite(valor):
            return ""
        if valor.is_integer():
            valor = int(valor)
    if isinstance(valor, datetime):
        return en_hora_local(valor).strftime("%d/%m/%Y %H:%M")
    if isinstance(valor, date):
        return valor.strftime("%d/%m/%Y")
    if isinstance(valor, time):
        return valor.strftime("%H:%M")
    return limpio(str(valor))
