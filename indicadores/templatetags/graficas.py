"""Para que una plantilla pida una gráfica o una cifra por su nombre."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from indicadores.consultas.cifras import con_unidad, en_espanol
from indicadores.informes import graficas

register = template.Library()


@register.simple_tag
def grafica_de_tendencia(ficha, uno, id):
    return graficas.tendencia_en_svg(ficha, uno, id=id)


@register.simple_tag
def grafica_de_distancia(ficha, uno, id):
    return graficas.distancia_de_la_ficha(ficha, uno, id=id)


@register.simple_tag
def grafica_por_nivel(ficha, familia, id):
    return graficas.niveles_en_svg(ficha, familia, id=id)


@register.filter
def minigrafica(uno):
    return graficas.minigrafica_en_svg(uno)


@register.filter
def nombre_del_departamento(ficha):
    return graficas.nombre_del_departamento(ficha)


@register.filter
def version_de(ficha, cifra):
    return ficha.version_de(cifra)


@register.filter
def escrito(valor, indicador):
    """Un número con la unidad de su indicador: «4,7 %»."""
    return con_unidad(valor, indicador)


@register.filter
def en_numeros(valor, decimales=0):
    """1.234: los números que no son de un indicador."""
    return en_espanol(valor, decimales)


@register.simple_tag
def cifra(una):
    """Su texto, con el enlace a de dónde sale si ya se publicó.

    Va sin plantilla porque una ficha tiene quinientas: con ella eran la mitad de lo que tardaba.
    """
    texto = escape(una.texto)
    if una.valor_id is None:
        return mark_safe(f'<span class="sin-numero">{texto}</span>')
    rastro = f"{_raiz_del_rastro()}{una.valor_id}/"
    if not una.hay:
        return mark_safe(f'<a href="{rastro}" class="sin-numero">{texto}</a>')
    propia = f'<abbr title="{escape(una.nota)}">*</abbr>' if una.es_propia else ""
    return mark_safe(f'<a href="{rastro}">{texto}</a>{propia}')


@cache
def _raiz_del_rastro() -> str:
    return reverse("indicadores:rastro", args=[0]).removesuffix("0/")


@register.simple_tag
def grafica_de_barras(datos, id, titulo):
    return graficas.barras_en_svg(datos, id=id, titulo=titulo)
