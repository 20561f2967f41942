"""Lo que la biblioteca hace después: los trabajos que el portal conoce al arrancar."""

from contenidos.tasks import temas

__all__ = ["temas"]
