"""Lo que la biblioteca hace después: los trabajos que el portal conoce al arrancar."""

from contenidos.tasks import edicion, indice, temas

__all__ = ["edicion", "indice", "temas"]
