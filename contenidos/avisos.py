"""Los correos que salen de la biblioteca."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from contenidos.models import Buscable, Contenido, Suscripcion
from contenidos.registro import BUSCABLES
from cuentas.models import Usuario
from trabajos.correo import CLAVE_UNICA

LOS_PRIMEROS = 15


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


def correo_de_devuelto(contenido: Contenido, motivo: str, *, para: str) -> EmailMessage:
    """Lo que hay que corregir, con el enlace a donde se corrige."""
    datos = {
        "contenido": contenido,
        "motivo": motivo,
        "institucion": settings.INSTITUCION,
        "enlace": _direccion("editar-contenido", contenido.slug),
    }
    return EmailMessage(
        Truncator(f"Se devolvió: {contenido}").chars(150),
        render_to_string("contenidos/correos/devuelto.txt", datos),
        to=[para],
    )


def correo_de_lo_que_espera(
    persona: Usuario, esperan: list[tuple[str, list[Contenido]]], hoy: date
) -> EmailMessage:
    """Uno por semana, con todo junto."""
    semana = "{}-{:02}".format(*hoy.isocalendar()[:2])
    datos = {
        "persona": persona,
        "esperan": [
            (
                que_es,
                [(uno, _direccion("editar-contenido", uno.slug)) for uno in cuales[:LOS_PRIMEROS]],
                max(len(cuales) - LOS_PRIMEROS, 0),
            )
            for que_es, cuales in esperan
        ],
        "institucion": settings.INSTITUCION,
        "enlace": _direccion("mesa-de-edicion"),
    }
    return EmailMessage(
        "Contenidos que esperan por usted",
        render_to_string("contenidos/correos/lo_que_espera.txt", datos),
        to=[persona.email],
        headers={CLAVE_UNICA: f"edicion:{persona.pk}:{semana}"},
    )


def _direccion(nombre, *args):
    return settings.DIRECCION_DEL_PORTAL + reverse(f"contenidos:{nombre}", args=args)
