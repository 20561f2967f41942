"""La administración de «Quiero aprender»: lo que cambia una persona, por las mismas acciones."""

from contenidos.admin import temas

__all__ = ["temas"]
