"""Lo que Conéctate hace después: los trabajos que el portal conoce al arrancar."""

from conectate.tasks import acta, constancias, convocatoria, despues, importaciones, informes

__all__ = ["acta", "constancias", "convocatoria", "despues", "importaciones", "informes"]
