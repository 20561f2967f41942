"""El trabajador en segundo plano. La cola solo despierta: lo pendiente vive en la base."""

import os
import warnings
from logging.config import dictConfig

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import beat_embedded_init, setup_logging

from escuela.procesos import morir_con_el_padre

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escuela.settings")

# Advierte de correr como root por lo que podría traer un mensaje en pickle; aquí van en JSON.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("escuela")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def registrar_como_la_web(**_):
    """Sin esto Celery pone su propio formato y el registro deja de ser uno solo."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@beat_embedded_init.connect
def caer_con_el_trabajador(**_):
    """La agenda es hija del trabajador: si él muere a la fuerza, no debe quedar una suelta."""
    morir_con_el_padre()
