"""Los montos como los escribe la gente: «$ 88.880», «1,234.5», «88880,00». Vacío no es cero."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from territorio.texto import normalizar

SIN_MONTO = {"", "na", "nd", "n a", "n d", "sin dato", "sin informacion", "no reporto"}
_DE_MAS = re.compile(r"cop|[$\s\u00a0\u202f']", re.IGNORECASE)
_CIENTIFICA = re.compile(r"\d(\.\d+)?e[+-]?\d{1,2}", re.IGNORECASE)
_CON_SIGNOS = re.compile(r"\d+([.,]\d+)*")


class MontosAmbiguos(Exception):
    """Unas celdas usan el punto (o la coma) para los miles y otras para los decimales."""


@dataclass(frozen=True)
class Puntuacion:
    """Con qué se separan los decimales; el otro signo separa los miles."""

    decimal: str

    @property
    def miles(self) -> str:
        return "," if self.decimal == "." else "."


def puntuacion_de(textos: Iterable[str]) -> Puntuacion:
    """La de una tabla entera: «88.880» solo no dice si son ochenta y ocho o muchos miles."""
    limpios = [_limpio(texto) for texto in textos]
    numeros = [uno for uno in limpios if _CON_SIGNOS.fullmatch(uno)]
    con_decimal = {signo for uno in numeros if (signo := _decimal_seguro(uno))}
    con_miles = {signo for uno in numeros if (signo := _miles_seguro(uno))}
    if con_decimal & con_miles or len(con_decimal) > 1 or len(con_miles) > 1:
        raise MontosAmbiguos
    if con_decimal:
        return Puntuacion(con_decimal.pop())
    if con_miles:
        return Puntuacion("," if con_miles.pop() == "." else ".")
    dudosos = {signo for uno in numeros for signo in ".," if signo in uno}
    # Quien separa los miles los separa siempre: «88.880» junto a «1250» son decimales.
    sin_separar = any(uno.isdigit() and len(uno) > 3 for uno in numeros)
    if len(dudosos) == 1 and (sin_separar == ("." in dudosos)):
        return Puntuacion(".")
    return Puntuacion(",")


def monto(texto: str, puntuacion: Puntuacion) -> Decimal | None:
    """None si la celda no trae nada. ValueError si lo que trae no es un monto."""
    if normalizar(texto) in SIN_MONTO:
        return None
    limpio = _limpio(texto)
    if _CIENTIFICA.fullmatch(limpio):
        return Decimal(limpio)
    entera, _, decimales = limpio.partition(puntuacion.decimal)
    if not _CON_SIGNOS.fullmatch(limpio) or (decimales and not decimales.isdigit()):
        raise ValueError(texto)
    grupos = entera.split(puntuacion.miles)
    if len(grupos) > 1 and (len(grupos[0]) > 3 or any(len(grupo) != 3 for grupo in grupos[1:])):
        raise ValueError(texto)
    return Decimal("".join(grupos) + (f".{decimales}" if decimales else ""))


def es_negativo(texto: str) -> bool:
    """También entre paréntesis, como en contabilidad."""
    return bool(re.fullmatch(r"[-−]\d.*|\(\d.*\)", _limpio(texto)))


def _limpio(texto):
    return _DE_MAS.sub("", texto)


def _decimal_seguro(numero):
    """El signo que en este número solo puede separar decimales."""
    signos = [letra for letra in numero if letra in ".,"]
    if len(set(signos)) == 2:
        return signos[-1]
    if len(signos) == 1:
        entera, decimales = re.split("[.,]", numero)
        if len(decimales) != 3 or len(entera) > 3 or entera.startswith("0"):
            return signos[0]
    return ""


def _miles_seguro(numero):
    """El signo que se repite, o el primero de dos distintos: separa miles."""
    signos = [letra for letra in numero if letra in ".,"]
    return signos[0] if len(signos) > 1 else ""
