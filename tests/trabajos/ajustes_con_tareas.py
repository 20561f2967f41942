"""Los ajustes de verdad, con el trabajo de prueba y un barredor impaciente."""

from escuela.settings import *  # noqa: F403
from escuela.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS += ["tests.trabajos.tareas_de_prueba"]
TRABAJOS_SEGUNDOS_SIN_SENAL = 2
CELERY_BEAT_SCHEDULE["revivir trabajos caídos"]["schedule"] = 1
