"""El enlace con que otro programa lee algo de una persona, sin que ella entre.

El testigo solo dice de quién es y qué versión: vale mientras esa sea la suya. El modelo lleva
`usuario` (su llave) y `version`.
"""

from django.core.signing import BadSignature, Signer
from django.db import models, transaction

from cuentas.bitacora import anotar
from cuentas.models import Usuario


def firma(sal: str) -> Signer:
    return Signer(salt=sal, sep=".")


def firmar(suscripcion: models.Model, *, sal: str) -> str:
    return firma(sal).sign(f"{suscripcion.pk}-{suscripcion.version}")


def suscripcion_del(testigo: str, *, modelo: type[models.Model], sal: str) -> models.Model | None:
    """La suscripción viva de una cuenta activa, o nada."""
    try:
        usuario, version = firma(sal).unsign(testigo).split("-")
    except (BadSignature, ValueError):
        return None
    return (
        modelo.objects.select_related("usuario")
        .filter(usuario=usuario, version=version, usuario__is_active=True)
        .first()
    )


@transaction.atomic
def cambiar_enlace(*, modelo: type[models.Model], que: str, por: Usuario) -> models.Model:
    """Le da un enlace; si ya tenía uno, ese deja de servir."""
    suscripcion, es_nueva = modelo.objects.select_for_update().get_or_create(usuario=por)
    if not es_nueva:
        suscripcion.version += 1
        suscripcion.save(update_fields=["version"])
    anotar(por=por, verbo=f"{'creó' if es_nueva else 'cambió'} su enlace de {que}")
    return suscripcion
