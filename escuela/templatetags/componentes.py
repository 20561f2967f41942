"""`{% include "componentes/…" with … only %}` con lo mismo se pinta una vez por proceso.

Un componente no ve más que lo que se le pasa: con los mismos datos sale el mismo HTML. En una lista
de veinte renglones cada fecha, cada estado y cada icono son una plantilla; pintarlas de nuevo era
la cuarta parte de la página. Solo se recuerda lo hecho de textos, números, fechas y sí o no: lo
demás (un objeto, un formulario) puede cambiar por dentro y se pinta cada vez.
"""

from datetime import date
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode, do_include
from django.utils.safestring import SafeString

CARPETA = "componentes/"
RECORDABLES = {str, SafeString, int, bool, float, date, type(None)}
CUANTOS = 4096  # unos pocos megabytes

register = template.Library()


class Componente(IncludeNode):
    def render(self, context):
        valores = {nombre: dado.resolve(context) for nombre, dado in self.extra_context.items()}
        if context.autoescape and all(type(valor) in RECORDABLES for valor in valores.values()):
            return _pintado(
                self.template.var, tuple((n, type(valor), valor) for n, valor in valores.items())
            )
        return super().render(context)


@register.tag("include")
def incluir(parser, token):
    """El de Django, salvo que sea un componente aislado (`only`)."""
    nodo = do_include(parser, token)
    nombre = nodo.template.var
    es_fijo = isinstance(nombre, str) and nombre.startswith(CARPETA) and not nodo.template.filters
    if settings.DEBUG or not (es_fijo and nodo.isolated_context):
        return nodo
    return Componente(nodo.template, extra_context=nodo.extra_context, isolated_context=True)


# El tipo va en la llave: un texto ya escapado y otro sin escapar se leen igual y no son el mismo.
@lru_cache(maxsize=CUANTOS)
def _pintado(nombre, valores):
    return get_template(nombre).template.render(
        template.Context({n: valor for n, _, valor in valores})
    )
