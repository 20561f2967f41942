"""El aviso de privacidad: se publica, se muestra, se lee y queda prueba."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cuentas.acciones import registrar_aviso_leido
from cuentas.consultas import aviso_por_leer
from cuentas.models import AvisoLeido, AvisoPrivacidad, Rol
from tests.fabricas import un_usuario

pytestmark = pytest.mark.django_db

FRANJA = "Hay un aviso de privacidad que aún no ha leído."


def un_aviso(version=1, rige_desde=date(2026, 1, 1), texto="Texto del aviso."):
    return AvisoPrivacidad.objects.create(
        version=version,
        rige_desde=rige_desde,
        texto=texto,
        huella=AvisoPrivacidad.huella_de(texto),
        finalidades=["dar acceso"],
    )


def test_la_orden_publica_la_primera_version_y_repetirla_no_la_cambia(capsys):
    call_command("cargar_aviso")
    antes = AvisoPrivacidad.objects.values().get()

    call_command("cargar_aviso")

    assert AvisoPrivacidad.objects.values().get() == antes
    assert antes["huella"] == AvisoPrivacidad.huella_de(antes["texto"])
    assert capsys.readouterr().out.splitlines() == [
        "Aviso de privacidad publicado: versión 1.",
        "El aviso de privacidad ya estaba: una versión publicada no se cambia.",
    ]


def test_el_aviso_dice_quien_responde_para_que_y_como_reclamar():
    call_command("cargar_aviso", verbosity=0)

    texto = AvisoPrivacidad.objects.get().texto

    assert settings.INSTITUCION["nombre"] in texto
    assert settings.INSTITUCION["correos"][0]["correo"] in texto
    for debe_decir in ("Para qué se usan", "Qué puede pedir", "quince", "Ley 1581 de 2012"):
        assert debe_decir in texto


def test_el_texto_se_parte_en_titulos_parrafos_y_listas():
    aviso = AvisoPrivacidad(texto="Hola.\n\n## Para qué\n\n- Uno.\n- Dos.\n")

    assert aviso.bloques() == [
        ("parrafo", ["Hola."]),
        ("titulo", ["Para qué"]),
        ("lista", ["Uno.", "Dos."]),
    ]


def test_rige_la_ultima_version_que_ya_empezo():
    un_aviso(1)
    vigente = un_aviso(2, date(2026, 2, 1))
    un_aviso(3, timezone.localdate() + timedelta(days=30))

    assert AvisoPrivacidad.objects.vigente() == vigente


def test_la_pagina_es_publica_y_ensena_todas_las_versiones(client):
    un_aviso(1, texto="El primero.")
    un_aviso(2, date(2026, 2, 1), texto="El segundo.")

    vigente = client.get("/privacidad/").content.decode()
    anterior = client.get("/privacidad/1/").content.decode()

    assert "El segundo." in vigente
    assert "Versión 1" in vigente
    assert "El primero." in anterior


def test_sin_aviso_publicado_la_pagina_lo_dice(client):
    assert "Aún no hay un aviso publicado." in client.get("/privacidad/").content.decode()


def test_una_version_que_no_existe_responde_404(client):
    assert client.get("/privacidad/9/").status_code == 404


def test_a_quien_no_lo_ha_leido_se_le_recuerda_sin_impedirle_nada(client):
    un_aviso()
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuesta = client.get(reverse("cuentas:perfil"))

    assert respuesta.status_code == 200
    assert FRANJA in respuesta.content.decode()


def test_con_el_boton_queda_prueba_y_no_se_recuerda_mas(client):
    aviso, persona = un_aviso(), un_usuario(Rol.SECRETARIO)
    client.force_login(persona)

    respuesta = client.post(reverse("cuentas:aviso-leido", args=[1]), {"siguiente": "/privacidad/"})

    leido = AvisoLeido.objects.get()
    assert respuesta.url == "/privacidad/"
    assert (leido.usuario, leido.aviso, leido.canal) == (persona, aviso, "portal")
    assert FRANJA not in client.get(reverse("cuentas:perfil")).content.decode()


def test_una_version_nueva_se_vuelve_a_recordar(client, time_machine):
    time_machine.move_to("2026-11-23T08:00:00-05:00", tick=False)
    aviso, persona = un_aviso(), un_usuario(Rol.SECRETARIO)
    registrar_aviso_leido(usuario=persona, aviso=aviso, canal=AvisoLeido.Canal.PORTAL)
    un_aviso(2, date(2026, 11, 24))
    client.force_login(persona)
    hoy = client.get(reverse("cuentas:perfil")).content.decode()

    time_machine.move_to("2026-11-24T08:00:00-05:00", tick=False)
    client.force_login(persona)

    assert FRANJA not in hoy
    assert FRANJA in client.get(reverse("cuentas:perfil")).content.decode()


def test_leerlo_dos_veces_deja_una_sola_prueba():
    aviso, persona = un_aviso(), un_usuario(Rol.SECRETARIO)

    for _ in range(2):
        registrar_aviso_leido(usuario=persona, aviso=aviso, canal=AvisoLeido.Canal.PORTAL)

    assert AvisoLeido.objects.count() == 1
    assert aviso_por_leer(persona) is None


def test_no_se_vuelve_a_otro_sitio_despues_de_leerlo(client):
    un_aviso()
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuesta = client.post(
        reverse("cuentas:aviso-leido", args=[1]), {"siguiente": "https://otro.example/"}
    )

    assert respuesta.url == reverse("cuentas:perfil")
