"""Cuándo se le escribe a la gente: días hábiles de Colombia, en horas de oficina de Bogotá."""

from datetime import date, datetime, time, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone

UN_DIA = timedelta(days=1)


@cache
def festivos(vigencia: int) -> frozenset[date]:
    # Tarda en importarse y solo se usa al programar un envío.
    from holidays import country_holidays

    return frozenset(country_holidays("CO", years=vigencia))


def es_dia_habil(dia: date) -> bool:
    return dia.weekday() < 5 and dia not in festivos(dia.year)


def cuantos_habiles_van(dia: date) -> int:
    """Del primero del mes a ese día, contándolo."""
    return sum(es_dia_habil(dia - n * UN_DIA) for n in range(dia.day))


def dia_habil_siguiente(dia: date) -> date:
    dia += UN_DIA
    while not es_dia_habil(dia):
        dia += UN_DIA
    return dia


def dia_habil_anterior(dia: date) -> date:
    dia -= UN_DIA
    while not es_dia_habil(dia):
        dia -= UN_DIA
    return dia


def sumar_habiles(desde: date, n: int) -> date:
    """El día en que vence un plazo: el primero que cuenta es el hábil después de `desde`."""
    dia = desde
    for _ in range(n):
        dia = dia_habil_siguiente(dia)
    return dia


def proxima_hora_habil(momento: datetime | None = None) -> datetime:
    """El mismo momento, si se puede escribir ya; si no, la primera hora en que se pueda."""
    momento = timezone.localtime(momento)
    abre, cierra = settings.HORAS_DE_CORREO
    if es_dia_habil(momento.date()) and abre <= momento.hour < cierra:
        return momento
    aun_no_abre = es_dia_habil(momento.date()) and momento.hour < abre
    dia = momento.date() if aun_no_abre else dia_habil_siguiente(momento.date())
    return timezone.make_aware(datetime.combine(dia, time(abre)))
