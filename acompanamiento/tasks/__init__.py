"""Lo que el acompañamiento hace después: los trabajos que el portal conoce al arrancar."""

from acompanamiento.tasks import acta, informes

__all__ = ["acta", "informes"]
