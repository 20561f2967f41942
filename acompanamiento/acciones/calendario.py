"""El enlace privado con que otro programa lee el calendario del acompañamiento de una persona."""

from acompanamiento.models import SuscripcionAlAcompanamiento
from trabajos.enlaces_privados import EnlacePrivado

MI_CALENDARIO = EnlacePrivado(
    SuscripcionAlAcompanamiento,
    que="calendario del acompañamiento",
    sal="acompanamiento.calendario",
    se_lee_en="acompanamiento:calendario-ics",
)
