"""Los correos que salen de la biblioteca."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from contenidos.models import Buscable, Suscripcion
from contenidos.registro import BUSCABLES
from trabajos.correo import CLAVE_UNICA


def correo_de_novedades(
    suscripcion: Suscripcion, nuevas: list[Buscable], *, maximo: int, semana: date
) -> EmailMultiAlternatives:
    """Una lista corta. Se deja de recibir con un clic del lector de correo (RFC 8058)."""
    tema = suscripcion.tema
    de_baja = _direccion("baja-de-tema", suscripcion.testigo)
    datos = {
        "tema": tema,
        "institucion": settings.INSTITUCION,
        "nuevas": [
            (cosa, BUSCABLES[cosa.clase].nombre, settings.DIRECCION_DEL_PORTAL + cosa.url)
            for cosa in nuevas[:maximo]
        ],
        "hay_mas": max(len(nuevas) - maximo, 0),
        "enlace_al_tema": _direccion("tema", tema.slug),
        "enlace_para_dejarlo": de_baja,
        "enlace_a_mis_temas": _direccion("mis-temas"),
    }
    correo = EmailMultiAlternatives(
        f"Lo nuevo en {tema}",
        render_to_string("contenidos/correos/novedades.txt", datos),
        to=[suscripcion.usuario.email],
        headers={
            CLAVE_UNICA: f"novedades-de-tema:{suscripcion.pk}:{semana:%Y-%m-%d}",
            "List-Unsubscribe": f"<{de_baja}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    correo.attach_alternative(
        render_to_string("contenidos/correos/novedades.html", datos), "text/html"
    )
    return correo


def _direccion(nombre, *args):
    return settings.DIRECCION_DEL_PORTAL + reverse(f"contenidos:{nombre}", args=args)
