"""El enlace privado con que otro programa lee el calendario del acompañamiento de una persona."""

from acompanamiento.models import SuscripcionAlAcompanamiento
from cuentas.models import Usuario
from trabajos import enlaces_privados

SAL = "acompanamiento.calendario"


def firmar(suscripcion: SuscripcionAlAcompanamiento) -> str:
    return enlaces_privados.firmar(suscripcion, sal=SAL)


def suscripcion_del(testigo: str) -> SuscripcionAlAcompanamiento | None:
    return enlaces_privados.suscripcion_del(testigo, modelo=SuscripcionAlAcompanamiento, sal=SAL)


def cambiar_enlace(*, por: Usuario) -> SuscripcionAlAcompanamiento:
    """Le da un enlace; si ya tenía uno, ese deja de servir."""
    return enlaces_privados.cambiar_enlace(
        modelo=SuscripcionAlAcompanamiento, que="calendario del acompañamiento", por=por
    )
