from datetime import timedelta

import time_machine
from celery import current_app
from django.conf import settings
from django.utils import timezone

from cuentas import candado
from cuentas.bitacora import anotar
from cuentas.models import Rol, SelloBitacora
from escuela.tasks import comprobar_la_bitacora, sellar_bitacora
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


def test_si_tocaron_la_bitacora_se_les_escribe_a_los_administradores(db, mailoutbox):
    administra = un_usuario(rol=Rol.ADMINISTRACION)
    un_usuario(rol=Rol.ADMINISTRACION, is_active=False)
    un_usuario(rol=Rol.EQUIPO_MEN)
    candado.quitar()

    comprobar_la_bitacora()

    candado.poner()
    (correo,) = mailoutbox
    assert correo.to == [administra.email]
    assert "- Falta el candado de la base" in correo.body


def test_si_la_bitacora_esta_bien_no_se_escribe_a_nadie(db, mailoutbox):
    un_usuario(rol=Rol.ADMINISTRACION)

    comprobar_la_bitacora()

    assert mailoutbox == []
