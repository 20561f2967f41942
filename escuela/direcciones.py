"""Las direcciones que no llevan nada: el menú, el pie, las entradas de cada sección.

Cada página lleva unas cuarenta y siempre dan lo mismo: buscarlas de nuevo era la décima parte de
pintarla. Se buscan una vez por proceso.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def direccion_fija(nombre: str) -> str:
    """La de un nombre sin argumentos. NoReverseMatch si no existe."""
    return _hallada(nombre, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=512)
def _hallada(nombre, rutas, prefijo):
    return reverse(nombre, rutas)
