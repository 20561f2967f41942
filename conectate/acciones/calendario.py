"""El enlace privado con que otro programa lee el calendario de una persona."""

from conectate.models import SuscripcionAlCalendario
from cuentas.models import Usuario
from trabajos import enlaces_privados

SAL = "conectate.calendario"


def firmar(suscripcion: SuscripcionAlCalendario) -> str:
    return enlaces_privados.firmar(suscripcion, sal=SAL)


def suscripcion_del(testigo: str) -> SuscripcionAlCalendario | None:
    return enlaces_privados.suscripcion_del(testigo, modelo=SuscripcionAlCalendario, sal=SAL)


def cambiar_enlace(*, por: Usuario) -> SuscripcionAlCalendario:
    """Le da un enlace; si ya tenía uno, ese deja de servir."""
    return enlaces_privados.cambiar_enlace(
        modelo=SuscripcionAlCalendario, que="calendario", por=por
    )
