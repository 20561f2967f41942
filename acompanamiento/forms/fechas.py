"""Qué fechas se reciben: un año mal escrito se dice antes de guardarlo."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

PRIMERA_VIGENCIA = 2015
MAS_ADELANTE = timedelta(days=2 * 366)


def fecha_cercana(fecha: date) -> None:
    if fecha.year < PRIMERA_VIGENCIA or fecha > timezone.localdate() + MAS_ADELANTE:
        raise ValidationError(
            "Revise el año: esa fecha está muy lejos de hoy.", code="fecha_lejana"
        )
