"""El enlace privado con que otro programa lee el calendario de una persona."""

from django.core.signing import BadSignature, Signer
from django.db import transaction

from conectate.models import SuscripcionAlCalendario
from cuentas.bitacora import anotar
from cuentas.models import Usuario

# El testigo solo dice de quién es y qué versión: vale mientras esa sea la suya.
FIRMA = Signer(salt="conectate.calendario", sep=".")


def firmar(suscripcion: SuscripcionAlCalendario) -> str:
    return FIRMA.sign(f"{suscripcion.pk}-{suscripcion.version}")


def suscripcion_del(testigo: str) -> SuscripcionAlCalendario | None:
    """La suscripción viva de una cuenta activa, o nada."""
    try:
        usuario, version = FIRMA.unsign(testigo).split("-")
    except (BadSignature, ValueError):
        return None
    return (
        SuscripcionAlCalendario.objects.select_related("usuario")
        .filter(usuario=usuario, version=version, usuario__is_active=True)
        .first()
    )


@transaction.atomic
def cambiar_enlace(*, por: Usuario) -> SuscripcionAlCalendario:
    """Le da un enlace; si ya tenía uno, ese deja de servir."""
    suscripcion, es_nueva = SuscripcionAlCalendario.objects.select_for_update().get_or_create(
        usuario=por
    )
    if not es_nueva:
        suscripcion.version += 1
        suscripcion.save(update_fields=["version"])
    anotar(
        por=por,
        verbo="creó su enlace de calendario" if es_nueva else "cambió su enlace de calendario",
    )
    return suscripcion
