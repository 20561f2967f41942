"""Dos personas, o dos trabajadores, en el mismo instante: un mensaje y un correo."""

import threading
from datetime import date

import pytest
from django.core import mail
from django.db import connection

from conectate.acciones.convocatoria import (
    _dejar_en_el_buzon,
    enviar_propuesta,
    recordar_las_de_manana,
)
from conectate.consultas.convocatoria import destinatarios_de
from conectate.models import Entrega, Mensaje
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def en_la_oficina(settings, time_machine):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    time_machine.move_to("2026-11-26T10:00:00-05:00", tick=False)


@pytest.fixture
def sesion():
    huila = una_entidad("Huila")
    for _ in range(3):
        un_usuario("equipo_secretaria", entidad=huila)
    return una_sesion(estado="convocada", fecha=date(2026, 11, 27), convocadas=[huila])


def a_la_vez(funcion, veces=4):
    """Cada una en su hilo, con su conexión, y todas salen juntas."""
    salida, fallas = threading.Barrier(veces), []

    def correr():
        salida.wait()
        try:
            funcion()
        except Exception as error:
            fallas.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return fallas


def test_enviar_a_la_vez_lo_mismo_escribe_un_mensaje(sesion):
    def enviar():
        enviar_propuesta(sesion=sesion, clase="convocatoria", por=None, clave_unica="envio:1")

    fallas = a_la_vez(enviar)
    ejecutar_pendientes()

    assert (fallas, Mensaje.objects.count(), len(mail.outbox)) == ([], 1, 3)


def test_dos_agendas_a_la_vez_recuerdan_una(sesion):
    fallas = a_la_vez(recordar_las_de_manana)

    assert (fallas, Mensaje.objects.count()) == ([], 1)
    assert Trabajo.objects.filter(tipo="conectate.enviar_mensaje").count() == 1


def test_dos_trabajadores_con_el_mismo_lote_dejan_un_correo_por_persona(sesion):
    mensaje = enviar_propuesta(sesion=sesion, clase="convocatoria", por=None)
    lote = destinatarios_de(sesion)

    fallas = a_la_vez(lambda: _dejar_en_el_buzon(mensaje, lote))

    assert (fallas, Entrega.objects.count(), Correo.objects.count()) == ([], 3, 3)
    assert Entrega.objects.filter(correo=None).count() == 0
