"""Lo que el acompañamiento hace después: los trabajos que el portal conoce al arrancar."""

from acompanamiento.tasks import acta

__all__ = ["acta"]
