"""Lo que Conéctate hace después: los trabajos que el portal conoce al arrancar."""

from conectate.tasks import acta, despues, importaciones, informes

__all__ = ["acta", "despues", "importaciones", "informes"]
