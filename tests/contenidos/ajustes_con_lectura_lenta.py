"""Los ajustes de verdad, con una lectura que se puede detener y un barredor impaciente."""

from escuela.settings import *  # noqa: F403
from escuela.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS += ["tests.contenidos.lectura_lenta"]
TRABAJOS_SEGUNDOS_SIN_SENAL = 2
CELERY_BEAT_SCHEDULE["revivir trabajos caídos"]["schedule"] = 1
