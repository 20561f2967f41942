"""Los días del mes, para cualquier calendario del portal."""

from calendar import Calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

SEMANA = Calendar()  # empieza el lunes


@dataclass(frozen=True)
class Dia:
    fecha: date
    es_del_mes: bool
    es_hoy: bool
    cosas: list


def fin_de_mes(primero: date) -> date:
    return (primero.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def semanas_de(
    primero: date, cosas: Iterable, hoy: date, *, dias_de: Callable[[object], tuple[date, date]]
) -> list[list[Dia]]:
    """El mes por semanas. Los días de otro mes van vacíos: solo completan la semana."""
    con_dias = [(cosa, *dias_de(cosa)) for cosa in cosas]
    return [
        [
            Dia(
                fecha=fecha,
                es_del_mes=fecha.month == primero.month,
                es_hoy=fecha == hoy,
                cosas=[cosa for cosa, desde, hasta in con_dias if desde <= fecha <= hasta]
                if fecha.month == primero.month
                else [],
            )
            for fecha in semana
        ]
        for semana in SEMANA.monthdatescalendar(primero.year, primero.month)
    ]


def dias_en_palabras(desde: date, hasta: date | None = None) -> str:
    """«13 de noviembre de 2020», «23 al 25 de enero de 2020»."""
    hasta = hasta or desde
    final = date_format(hasta, r"j \d\e F \d\e Y")
    if desde == hasta:
        return final
    if desde.year != hasta.year:
        formato = r"j \d\e F \d\e Y"
    elif desde.month != hasta.month:
        formato = r"j \d\e F"
    else:
        formato = "j"
    return f"{date_format(desde, formato)} al {final}"
