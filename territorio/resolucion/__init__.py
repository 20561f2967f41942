"""De un correo y un texto a una entidad, con su evidencia. Nunca por parecido con una persona."""

from territorio.resolucion.catalogo import Catalogo, resolver
from territorio.resolucion.veredicto import Resolucion

__all__ = ["Catalogo", "Resolucion", "resolver"]
