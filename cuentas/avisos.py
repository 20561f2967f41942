"""El correo que sale de cuentas."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from cuentas.models import Invitacion


def enviar_invitacion(*, invitacion: Invitacion, clave: str, portal: str) -> None:
    """Va dentro de la transacción: el buzón es una tabla, y sale si la invitación queda."""
    texto = render_to_string(
        "cuentas/correo_invitacion.txt",
        {
            "invitacion": invitacion,
            "institucion": settings.INSTITUCION,
            "enlace": portal.rstrip("/") + reverse("cuentas:aceptar", args=[clave]),
        },
    )
    send_mail(f"Su acceso a {settings.INSTITUCION['portal']}", texto, None, [invitacion.email])
