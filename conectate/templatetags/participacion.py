"""Cómo se escriben las cifras de la participación."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def porcentaje(cuenta):
    """«97,8 %», con espacio que no se parte; 0 y 100 sin décimas. Sin sesiones, «sin dato»."""
    valor = cuenta.porcentaje
    if valor is None:
        return "sin dato"
    decimales = 0 if valor in (0, 100) else 1
    return f"{number_format(valor, decimales)}\u00a0%"


@register.filter
def ancho(cuenta):
    """El largo de una barra, para un atributo SVG: siempre con punto."""
    return f"{cuenta.porcentaje or 0:.1f}%"


@register.filter
def duracion(minutos):
    """«1 h 5 min»; desde cien horas, sin los minutos. Sin dato no es cero."""
    if minutos is None:
        return "sin dato"
    horas, minutos = divmod(round(minutos), 60)
    if not horas:
        return f"{minutos}\u00a0min"
    if horas >= 100 or not minutos:
        return f"{number_format(horas, 0, force_grouping=True)}\u00a0h"
    return f"{horas}\u00a0h {minutos}\u00a0min"


@register.filter
def tono(sesion):
    """El color que acompaña al estado; la palabra va siempre."""
    return {
        "borrador": "neutro",
        "convocada": "pendiente",
        "realizada": "activo",
        "cerrada": "hecho",
        "cancelada": "error",
    }[sesion.estado]


@register.simple_tag
def medida(x, n):
    """«x de N» para quien no lo trae hecho."""
    from conectate.consultas.participacion import XdeN

    return XdeN(x, n)
