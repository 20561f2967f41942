"""El proyecto: ajustes, direcciones y arranque. Sin modelos ni dominio."""

from escuela.celery import app as celery_app

__all__ = ["celery_app"]
