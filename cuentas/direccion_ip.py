"""De qué dirección viene una petición, sin creerle a quien la escribe."""

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured


def direccion_de(peticion) -> str | None:
    """La de la conexión o, detrás de un proxy declarado, la que ese proxy añadió."""
    try:
        return get_client_ip(peticion)
    except ImproperlyConfigured:  # X-Forwarded-For trae menos saltos que los declarados
        return peticion.META.get("REMOTE_ADDR") or None
