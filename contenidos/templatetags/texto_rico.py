"""Los textos de las páginas, en las plantillas: `{{ cuerpo|texto_rico|con_glosario }}`."""

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from contenidos.consultas.glosario import glosar
from contenidos.texto_rico import a_html

register = template.Library()

register.filter("texto_rico", a_html)


@register.filter
def con_glosario(texto):
    """La primera vez que sale un término, su definición: al pasar, al enfocar o al pulsar."""
    plantilla = get_template("contenidos/_glosa.html")

    def pintar(termino, escrito):
        datos = {"termino": termino, "escrito": mark_safe(escrito)}
        return plantilla.render(datos).strip()

    return mark_safe(glosar(conditional_escape(texto), pintar))
