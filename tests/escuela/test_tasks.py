from datetime import timedelta

import time_machine
from celery import current_app
from django.conf import settings
from django.utils import timezone

from cuentas.bitacora import anotar
from cuentas.models import SelloBitacora
from escuela.tasks import sellar_bitacora
from tests.fabricas import un_usuario


def test_cada_tarea_de_la_agenda_existe():
    current_app.loader.import_default_modules()

    pedidas = {entrada["task"] for entrada in settings.CELERY_BEAT_SCHEDULE.values()}

    assert pedidas - set(current_app.tasks) == set()


def test_la_bitacora_se_sella_sola(db):
    anotar(por=un_usuario(), verbo="probó el portal")

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        sellar_bitacora()

    assert SelloBitacora.objects.count() == 1
