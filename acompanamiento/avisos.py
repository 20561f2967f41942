"""Los correos que salen del acompañamiento."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from acompanamiento.consultas.compromisos import cuando_vence
from acompanamiento.models import Compromiso
from cuentas.models import Usuario
from trabajos.correo import CLAVE_UNICA

LOS_PRIMEROS = 15


def correo_de_compromisos(
    persona: Usuario, compromisos: list[Compromiso], hoy: date
) -> EmailMessage:
    """Todo lo de esa persona en uno. El mismo día, otra vez, es el mismo correo: no sale dos."""
    n, vencidos = len(compromisos), sum(uno.vence_el < hoy for uno in compromisos)
    if vencidos:
        asunto = (
            "Tiene 1 compromiso vencido"
            if vencidos == 1
            else f"Tiene {vencidos} compromisos vencidos"
        )
    else:
        asunto = "Tiene 1 compromiso por vencer" if n == 1 else f"Tiene {n} compromisos por vencer"
    datos = {
        "institucion": settings.INSTITUCION,
        "compromisos": [
            (uno, cuando_vence(uno, hoy), settings.DIRECCION_DEL_PORTAL + uno.get_absolute_url())
            for uno in compromisos[:LOS_PRIMEROS]
        ],
        "otros": max(n - LOS_PRIMEROS, 0),
        "con_entidad": persona.es_del_ministerio,
        "todos": settings.DIRECCION_DEL_PORTAL + reverse("acompanamiento:compromisos"),
    }
    return EmailMessage(
        asunto,
        render_to_string("acompanamiento/correos/compromisos.txt", datos),
        to=[persona.email],
        headers={CLAVE_UNICA: f"compromisos:{persona.pk}:{hoy:%Y-%m-%d}"},
    )
