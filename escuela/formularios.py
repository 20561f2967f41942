"""Cómo se dibujan los controles de los formularios."""

from django.forms import Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class DibujanteDeControles(TemplatesSetting):
    """Las plantillas del portal y, donde no haya, las de Django; las listas de opciones, a mano.

    Una lista de cien secretarías, con una plantilla por opción, costaba más que lo que se filtra.
    """

    def render(self, template_name, context, request=None):
        if template_name == Select.template_name:
            return _lista(context["widget"])
        return super().render(template_name, context, request)


def _lista(control) -> SafeString:
    grupos = format_html_join(
        "", "{}", ((_grupo(nombre, _opciones(suyas)),) for nombre, suyas, _ in control["optgroups"])
    )
    return format_html(
        '<select name="{}"{}>{}\n</select>', control["name"], flatatt(control["attrs"]), grupos
    )


def _grupo(nombre, opciones):
    if not nombre:
        return opciones
    return format_html('\n<optgroup label="{}">{}\n</optgroup>', nombre, opciones)


def _opciones(opciones):
    return format_html_join("", '\n<option value="{}"{}>{}</option>', map(_opcion, opciones))


def _opcion(opcion):
    # Casi ninguna lleva atributos: solo la escogida.
    atributos = flatatt(opcion["attrs"]) if opcion["attrs"] else ""
    return str(opcion["value"]), atributos, opcion["label"]
