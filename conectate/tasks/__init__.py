"""Lo que Conéctate hace después: los trabajos que el portal conoce al arrancar."""

from conectate.tasks import importaciones, informes

__all__ = ["importaciones", "informes"]
