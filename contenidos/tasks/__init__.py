"""Lo que la biblioteca hace después: los trabajos que el portal conoce al arrancar."""

from contenidos.tasks import edicion, importaciones, indice, temas, versiones

__all__ = ["edicion", "importaciones", "indice", "temas", "versiones"]
