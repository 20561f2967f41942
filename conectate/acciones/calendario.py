"""El enlace privado con que otro programa lee el calendario de una persona."""

from conectate.models import SuscripcionAlCalendario
from trabajos.enlaces_privados import EnlacePrivado

MI_CALENDARIO = EnlacePrivado(
    SuscripcionAlCalendario,
    que="calendario",
    sal="conectate.calendario",
    se_lee_en="conectate:calendario-privado",
)
