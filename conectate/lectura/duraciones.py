"""Duraciones como las escribe cada herramienta. Vacío o «--» es desconocida, nunca cero."""

import re
from functools import lru_cache

UNIDADES = {
    **dict.fromkeys(("d", "dia", "dias", "day", "days"), 86_400),
    **dict.fromkeys(("h", "hr", "hrs", "hora", "horas", "hour", "hours", "godz"), 3_600),
    **dict.fromkeys(("m", "min", "mins", "minuto", "minutos", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "seg", "segs", "segundo", "segundos", "sec", "secs"), 1),
    **dict.fromkeys(("second", "seconds", "sek"), 1),
}
PARTE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zí]+)\.?\s*,?\s*(?:y |and |e )?")
RELOJ = re.compile(r"(\d+):([0-5]?\d):([0-5]?\d)")
NUMERO = re.compile(r"\d+(?:[.,]\d+)?")
AMBIGUA = re.compile(r"\d{1,3}:[0-5]\d")


def es_ambigua(texto: str) -> bool:
    """«0:35» puede ser 35 segundos o 35 minutos: no se adivina."""
    return bool(AMBIGUA.fullmatch(texto.strip()))


@lru_cache(maxsize=65_536)
def segundos(texto: str, en_minutos: bool = False) -> float | None:
    """Los segundos, o None si no se sabe. `en_minutos`: la columna dice «(minutos)»."""
    texto = texto.replace("\u202f", " ").replace("\u00a0", " ").strip().lower()
    if NUMERO.fullmatch(texto):
        return float(texto.replace(",", ".")) * 60 if en_minutos else None
    if reloj := RELOJ.fullmatch(texto):
        horas, minutos, resto = map(int, reloj.groups())
        return float(horas * 3600 + minutos * 60 + resto)
    total, posicion = 0.0, 0
    while parte := PARTE.match(texto, posicion):
        unidad = UNIDADES.get(parte[2].replace("í", "i"))
        if unidad is None:
            return None
        total += float(parte[1].replace(",", ".")) * unidad
        posicion = parte.end()
    return total if posicion and posicion == len(texto) else None
