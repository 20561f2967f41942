"""Lo que hace indicadores después: los trabajos que el portal conoce al arrancar."""

from indicadores.tasks import cargas, informes, pintado, servicio, tablas

__all__ = ["cargas", "informes", "pintado", "servicio", "tablas"]
