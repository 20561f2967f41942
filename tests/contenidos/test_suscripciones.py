"""Seguir un tema: un correo por semana si hay algo, y se deja con un clic."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.suscripciones import dejar_de_seguir, enviar_novedades, seguir
from contenidos.models import Suscripcion
from cuentas.consultas import mis_datos
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import un_contenido
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Correo

pytestmark = pytest.mark.django_db

LUNES = timezone.datetime(2026, 11, 23, 9, tzinfo=timezone.get_default_timezone())
EN_LA_SEMANA = LUNES - timedelta(days=4)
UN_LUNES_FESTIVO = timezone.datetime(2026, 11, 16, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def hoy_es_lunes(monkeypatch, settings):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    monkeypatch.setattr(timezone, "now", lambda: LUNES)


def quien_sigue(tema, rol="secretario", **datos):
    persona = un_usuario(rol, **datos)
    suscripcion = seguir(tema=tema, por=persona)
    suscripcion.enviado_hasta = LUNES - timedelta(days=7, hours=9)
    suscripcion.save()
    return persona


def publicado(tema, titulo="Guía nueva", **datos):
    contenido = un_contenido(titulo, temas=[tema], **{"publicado_en": EN_LA_SEMANA, **datos})
    poner_al_dia(contenido)
    return contenido


def recibidos():
    ejecutar_pendientes("trabajos.entregar_correo")
    return [(correo.to[0], correo.subject) for correo in mail.outbox]


def test_seguir_dos_veces_es_seguir_una():
    tema, persona = un_tema(), un_usuario("secretario")

    primera, segunda = (seguir(tema=tema, por=persona) for _ in range(2))

    assert primera == segunda


def test_dejar_de_seguir_lo_que_no_se_sigue_no_es_un_error():
    dejar_de_seguir(tema=un_tema(), por=un_usuario("secretario"))

    assert not Suscripcion.objects.exists()


def test_el_lunes_llega_lo_nuevo_del_tema():
    tema = un_tema("Permanencia")
    quien_sigue(tema, email="ana@ejemplo.test")
    publicado(tema)

    enviados = enviar_novedades(LUNES)

    assert (enviados, recibidos()) == (1, [("ana@ejemplo.test", "Lo nuevo en Permanencia")])
    assert "Guía nueva (contenido, 19 de noviembre de 2026)" in mail.outbox[0].body


def test_correrlo_varias_veces_manda_un_solo_correo():
    tema = un_tema()
    quien_sigue(tema)
    publicado(tema)

    enviados = [enviar_novedades(LUNES + timedelta(hours=h)) for h in (0, 1, 24)]

    assert (enviados, Correo.objects.count()) == ([1, 0, 0], 1)


def test_si_no_hay_nada_nuevo_no_llega_nada():
    tema = un_tema()
    quien_sigue(tema)
    publicado(tema, publicado_en=LUNES - timedelta(days=20))

    assert (enviar_novedades(LUNES), Correo.objects.count()) == (0, 0)


def test_lo_de_hoy_y_lo_que_viene_esperan_al_otro_lunes():
    tema = un_tema()
    quien_sigue(tema)
    publicado(tema, "De hoy", publicado_en=LUNES - timedelta(hours=1))
    publicado(tema, "Programado", publicado_en=LUNES + timedelta(days=3))

    primero = enviar_novedades(LUNES)
    siguiente = enviar_novedades(LUNES + timedelta(days=7))

    assert (primero, siguiente) == (0, 1)


def test_cada_quien_recibe_solo_lo_que_puede_ver():
    tema = un_tema()
    quien_sigue(tema, "secretario", email="secretaria@ejemplo.test")
    quien_sigue(tema, "profesional", email="ministerio@ejemplo.test")
    publicado(tema, "Solo del Ministerio", visibilidad="ministerio")

    enviar_novedades(LUNES)

    assert [para for para, _ in recibidos()] == ["ministerio@ejemplo.test"]


def test_el_correo_es_una_lista_corta_y_dice_cuantas_faltan():
    tema = un_tema()
    quien_sigue(tema)
    for n in range(13):
        publicado(tema, f"Guía {n:02}")

    enviar_novedades(LUNES)
    recibidos()

    cuerpo = mail.outbox[0].body
    assert (cuerpo.count("\n- Guía"), "Y 3 más." in cuerpo) == (10, True)


def test_a_una_cuenta_inactiva_no_se_le_escribe():
    tema = un_tema()
    quien_sigue(tema, is_active=False)
    publicado(tema)

    assert enviar_novedades(LUNES) == 0


@pytest.mark.parametrize(
    "momento",
    [
        LUNES.replace(hour=3),
        LUNES.replace(hour=21),
        LUNES - timedelta(days=1),
        UN_LUNES_FESTIVO,
    ],
)
def test_nunca_sale_de_noche_ni_en_domingo_ni_en_festivo(momento):
    tema = un_tema()
    quien_sigue(tema)
    Suscripcion.objects.update(enviado_hasta=momento - timedelta(days=14))
    publicado(tema, publicado_en=momento - timedelta(days=9))

    assert enviar_novedades(momento) == 0


def test_si_el_lunes_es_festivo_sale_el_martes():
    tema = un_tema()
    quien_sigue(tema)
    Suscripcion.objects.update(enviado_hasta=UN_LUNES_FESTIVO - timedelta(days=8))
    publicado(tema, publicado_en=UN_LUNES_FESTIVO - timedelta(days=3))

    assert enviar_novedades(UN_LUNES_FESTIVO + timedelta(days=1)) == 1


# ── Darse de baja ─────────────────────────────────────────────────────────────────────────────


def direccion_de_baja(suscripcion):
    return reverse("contenidos:baja-de-tema", args=[suscripcion.testigo])


def test_el_correo_trae_las_cabeceras_de_un_clic(settings):
    settings.DIRECCION_DEL_PORTAL = "https://portal.test"
    tema = un_tema()
    quien_sigue(tema)
    publicado(tema)

    enviar_novedades(LUNES)
    recibidos()

    recibido = message_from_bytes(mail.outbox[0].crudo)
    baja = direccion_de_baja(Suscripcion.objects.get())
    assert recibido["List-Unsubscribe"].strip() == f"<https://portal.test{baja}>"
    assert recibido["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_el_clic_del_lector_de_correo_da_de_baja_sin_entrar_ni_csrf():
    suscripcion = seguir(tema=un_tema(), por=un_usuario("secretario"))
    lector = Client(enforce_csrf_checks=True)

    respuesta = lector.post(direccion_de_baja(suscripcion), {"List-Unsubscribe": "One-Click"})

    assert (respuesta.status_code, Suscripcion.objects.count()) == (200, 0)


def test_abrir_el_enlace_no_da_de_baja_y_muestra_un_boton(client):
    suscripcion = seguir(tema=un_tema("Permanencia"), por=un_usuario("secretario"))

    pagina = client.get(direccion_de_baja(suscripcion)).content.decode()

    assert "¿Dejar de recibir los correos de «Permanencia»?" in pagina
    assert Suscripcion.objects.exists()


def test_la_baja_de_un_tema_no_toca_los_demas(client):
    persona = un_usuario("secretario")
    una, otra = (seguir(tema=un_tema(), por=persona) for _ in range(2))

    client.post(direccion_de_baja(una))

    assert list(Suscripcion.objects.all()) == [otra]


def test_darse_de_baja_otra_vez_dice_que_ya_esta(client):
    suscripcion = seguir(tema=un_tema(), por=un_usuario("secretario"))
    direccion = direccion_de_baja(suscripcion)
    client.post(direccion)

    pagina = client.post(direccion)

    assert (pagina.status_code, "Ya no recibe esos correos" in pagina.content.decode()) == (
        200,
        True,
    )


# ── Desde las páginas ─────────────────────────────────────────────────────────────────────────


def test_seguir_y_dejar_de_seguir_desde_la_pagina(client):
    tema, persona = un_tema(), un_usuario("secretario")
    client.force_login(persona)

    client.post(reverse("contenidos:seguir-tema", args=[tema.slug]))
    sigue = Suscripcion.objects.filter(usuario=persona, tema=tema).exists()
    client.post(reverse("contenidos:dejar-de-seguir-tema", args=[tema.slug]))

    assert (sigue, Suscripcion.objects.exists()) == (True, False)


def test_cada_quien_ve_solo_los_temas_que_sigue(client):
    persona = un_usuario("secretario")
    seguir(tema=un_tema("Mío"), por=persona)
    seguir(tema=un_tema("Ajeno"), por=un_usuario("secretario"))
    client.force_login(persona)

    pagina = client.get(reverse("contenidos:mis-temas")).content.decode()

    assert ("Mío" in pagina, "Ajeno" in pagina) == (True, False)


def test_lo_que_sigue_sale_entre_sus_datos():
    persona = un_usuario("secretario")
    seguir(tema=un_tema("Permanencia"), por=persona)

    (dato,) = mis_datos(persona)["temas_que_sigue"]

    assert (dato["tema__nombre"], sorted(dato)) == (
        "Permanencia",
        ["creada_en", "enviado_hasta", "tema__nombre"],
    )
