"""Cuántas veces se puede fallar, y a quién se le cierra la puerta."""

import re

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cuentas.models import Rol
from tests.fabricas import un_usuario

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"
MALA = "esta no es la contraseña"


def intentar(correo, contrasena=MALA, *, desde="10.0.0.1", client=None, **cabeceras):
    return (client or Client()).post(
        reverse("account_login"),
        {"login": correo, "password": contrasena},
        REMOTE_ADDR=desde,
        **cabeceras,
    )


def fallar(veces, correo, **mas):
    return [intentar(correo, **mas).status_code for _ in range(veces)]


def test_al_sexto_intento_la_respuesta_es_429_con_cuando_volver():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    codigos = fallar(6, persona.email)
    respuesta = intentar(persona.email, CLAVE)

    assert codigos == [200] * 5 + [429]
    assert (respuesta.status_code, respuesta["Retry-After"]) == (429, "300")
    assert "Hubo demasiados intentos seguidos" in respuesta.content.decode()


def test_un_correo_sin_cuenta_se_limita_igual():
    assert fallar(6, "nadie@ejemplo.test") == [200] * 5 + [429]


def test_a_los_cinco_minutos_se_puede_otra_vez(time_machine):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    time_machine.move_to("2026-11-22T08:00:00-05:00", tick=False)
    fallar(6, persona.email)

    time_machine.move_to("2026-11-22T08:05:01-05:00", tick=False)

    assert intentar(persona.email, CLAVE).status_code == 302


def test_quien_ataca_desde_otra_direccion_no_le_cierra_la_puerta_a_la_persona():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    fallar(6, persona.email, desde="203.0.113.9")

    assert intentar(persona.email, CLAVE, desde="10.0.0.1").status_code == 302


def test_un_colega_que_olvido_su_contrasena_no_bloquea_a_su_equipo():
    colega, otra = un_usuario(Rol.SECRETARIO), un_usuario(Rol.SECRETARIO, password=CLAVE)
    fallar(40, colega.email)

    assert intentar(otra.email, CLAVE).status_code == 302


def test_un_encuentro_entero_entra_desde_la_misma_direccion():
    personas = [un_usuario(Rol.SECRETARIO, password=CLAVE) for _ in range(35)]

    assert {intentar(persona.email, CLAVE).status_code for persona in personas} == {302}


def test_quien_prueba_muchas_cuentas_desde_una_direccion_se_detiene():
    codigos = [intentar(f"cuenta{n}@ejemplo.test").status_code for n in range(101)]

    assert codigos == [200] * 100 + [429]


def test_entrar_bien_no_gasta_intentos():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    codigos = [intentar(persona.email, CLAVE).status_code for _ in range(8)]

    assert codigos == [302] * 8


def test_entrar_bien_tampoco_borra_los_fallos_anteriores():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    fallar(4, persona.email)
    intentar(persona.email, CLAVE)

    assert fallar(2, persona.email) == [200, 429]


def test_una_cabecera_inventada_no_cambia_la_direccion():
    codigos = [
        intentar("nadie@ejemplo.test", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code
        for n in range(6)
    ]

    assert codigos == [200] * 5 + [429]


def test_detras_de_un_proxy_declarado_vale_la_que_el_anadio(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    codigos = [
        intentar(
            "nadie@ejemplo.test", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.7"
        ).status_code
        for n in range(6)
    ]

    assert codigos == [200] * 5 + [429]


def test_sin_direccion_conocida_se_entra_igual():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    assert intentar(persona.email, CLAVE, desde="").status_code == 302


def test_restablecer_la_contrasena_vuelve_a_abrir_la_puerta(client, monkeypatch):
    monkeypatch.setattr("cuentas.forms.TIEMPO_PAREJO", 0)
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    fallar(6, persona.email, desde="127.0.0.1")
    client.post(reverse("account_reset_password"), {"email": persona.email})
    enlace = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    formulario = client.get(enlace, follow=True).redirect_chain[-1][0]

    nueva = "los trenes lentos llegan cantando"
    client.post(formulario, {"password1": nueva, "password2": nueva})

    assert intentar(persona.email, nueva, desde="127.0.0.1").status_code == 302


def test_pedir_muchos_enlaces_para_restablecer_tambien_se_limita(client, monkeypatch):
    monkeypatch.setattr("cuentas.forms.TIEMPO_PAREJO", 0)
    codigos = [
        client.post(reverse("account_reset_password"), {"email": "nadie@ejemplo.test"}).status_code
        for _ in range(6)
    ]

    assert codigos == [302] * 5 + [429]


def test_adivinar_el_codigo_del_segundo_paso_tambien_se_limita(client):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)
    intentar(persona.email, CLAVE, client=client)

    codigos = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(6)
    ]

    assert codigos == [200] * 5 + [429]


def test_confirmar_la_identidad_tambien_se_limita(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    client.force_login(persona)

    codigos = [
        client.post(reverse("account_reauthenticate"), {"password": MALA}).status_code
        for _ in range(6)
    ]

    assert codigos == [200] * 5 + [429]


@pytest.mark.django_db(transaction=True)
def test_la_cuenta_es_de_todos_los_procesos(settings):
    """Con la caché en la base, que es la del portal: la de memoria contaría por proceso."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    call_command("createcachetable", verbosity=0)
    cache.clear()

    codigos = fallar(3, "nadie@ejemplo.test")
    caches.close_all()
    connection.close()
    codigos += fallar(3, "nadie@ejemplo.test")

    assert codigos == [200] * 5 + [429]
