"""Lo que Conéctate hace después: los trabajos que el portal conoce al arrancar."""

from conectate.tasks import (
    acta,
    boletin,
    constancias,
    convocatoria,
    despues,
    importaciones,
    informes,
)

__all__ = ["acta", "boletin", "constancias", "convocatoria", "despues", "importaciones", "informes"]
