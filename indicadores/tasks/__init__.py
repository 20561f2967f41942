"""Lo que hace indicadores después: los trabajos que el portal conoce al arrancar."""

from indicadores.tasks import cargas, servicio, tablas

__all__ = ["cargas", "servicio", "tablas"]
