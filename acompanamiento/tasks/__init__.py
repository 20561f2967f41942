"""Lo que el acompañamiento hace después: los trabajos que el portal conoce al arrancar."""

from acompanamiento.tasks import acta, compromisos, informes, instituciones, listados

__all__ = ["acta", "compromisos", "informes", "instituciones", "listados"]
