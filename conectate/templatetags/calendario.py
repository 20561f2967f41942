"""Cómo se dicen los días de una sesión."""

from django import template

from conectate.consultas.calendario import dias_en_palabras

register = template.Library()

register.filter("dias", dias_en_palabras)
