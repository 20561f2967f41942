"""El correo que sale de cuentas."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from cuentas.models import Invitacion, Rol, Usuario


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


def avisar_que_tocaron_la_bitacora(problemas: list[str]) -> None:
    """A cada administrador activo, con lo que se halló y qué hacer primero."""
    administradores = Usuario.objects.filter(is_active=True, rol=Rol.ADMINISTRACION)
    texto = render_to_string(
        "cuentas/correo_bitacora.txt",
        {"problemas": problemas, "institucion": settings.INSTITUCION},
    )
    for correo in administradores.values_list("email", flat=True):
        send_mail(f"Revise la bitácora de {settings.INSTITUCION['portal']}", texto, None, [correo])
