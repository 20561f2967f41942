"""Lo que hace indicadores después: los trabajos que el portal conoce al arrancar."""

from indicadores.tasks import servicio

__all__ = ["servicio"]
