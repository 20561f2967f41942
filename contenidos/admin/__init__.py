"""La administración de «Quiero aprender»: lo que cambia una persona, por las mismas acciones."""

from contenidos.admin import catalogos, contenidos, paginas, rutas, temas, uso

__all__ = ["catalogos", "contenidos", "paginas", "rutas", "temas", "uso"]
