"""El segundo paso: a quién se le exige, cómo se activa y qué pasa si se pierde."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from cuentas.acciones import quitar_segundo_factor
from cuentas.models import ROLES_DE_SECRETARIA, ROLES_DEL_MINISTERIO, Rol
from tests.fabricas import SECRETO_TOTP, un_usuario

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"
PERFIL = "/cuentas/mi-cuenta/"
ACTIVAR = "/cuentas/segundo-paso/activar/"


def codigo(secreto=SECRETO_TOTP):
    return format_hotp_value(hotp_value(secreto, list(yield_hotp_counters_from_time())[1]))


def entrar(client, persona):
    return client.post(reverse("account_login"), {"login": persona.email, "password": CLAVE})


@pytest.mark.parametrize("rol", sorted(ROLES_DEL_MINISTERIO))
def test_al_ministerio_se_le_exige_antes_de_usar_el_portal(client, rol):
    client.force_login(un_usuario(rol, con_segundo_factor=False))

    assert [client.get(d).url for d in (PERFIL, "/")] == [ACTIVAR, ACTIVAR]


@pytest.mark.parametrize("rol", sorted(ROLES_DE_SECRETARIA))
def test_a_las_secretarias_no_se_les_exige(client, rol):
    client.force_login(un_usuario(rol))

    assert client.get(PERFIL).status_code == 200


def test_en_la_demostracion_se_ofrece_y_la_pagina_lo_dice(client):
    client.force_login(un_usuario(Rol.ADMINISTRACION, es_demostracion=True))

    respuesta = client.get(PERFIL)

    assert respuesta.status_code == 200
    assert "se ofrece y no se exige" in respuesta.content.decode()


def test_mientras_lo_activa_puede_leer_el_aviso_y_salir(client):
    client.force_login(un_usuario(Rol.EQUIPO_MEN, con_segundo_factor=False))

    assert client.get("/privacidad/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_activarlo_pide_la_contrasena_y_deja_usar_el_portal(client):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE, con_segundo_factor=False)
    entrar(client, persona)

    pide = client.get(ACTIVAR)
    client.post(pide.url, {"password": CLAVE, "next": ACTIVAR})
    secreto = client.get(ACTIVAR).context["form"].secret
    listo = client.post(ACTIVAR, {"code": codigo(secreto)})

    assert pide.url.startswith(reverse("account_reauthenticate"))
    assert listo.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(listo.url).context["unused_codes"]) == 10
    assert client.get(PERFIL).status_code == 200


def test_para_entrar_se_pide_el_codigo(client):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)

    con_contrasena = entrar(client, persona)
    antes = client.get(PERFIL)
    client.post(reverse("mfa_authenticate"), {"code": codigo()})

    assert con_contrasena.url == reverse("mfa_authenticate")
    assert (antes.status_code, client.get(PERFIL).status_code) == (302, 200)


def test_un_codigo_no_sirve_dos_veces(client, client2):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)
    el_mismo = codigo()

    for cada in (client, client2):
        entrar(cada, persona)
        cada.post(reverse("mfa_authenticate"), {"code": el_mismo})

    assert (client.get(PERFIL).status_code, client2.get(PERFIL).status_code) == (200, 302)


@pytest.fixture
def client2():
    from django.test import Client

    return Client()


def test_un_codigo_de_recuperacion_sirve_una_vez(client, client2):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)
    de_papel = RecoveryCodes.activate(persona).get_unused_codes()[0]

    for cada in (client, client2):
        entrar(cada, persona)
        cada.post(reverse("mfa_authenticate"), {"code": de_papel})

    assert (client.get(PERFIL).status_code, client2.get(PERFIL).status_code) == (200, 302)


def test_un_envio_sin_codigo_no_rompe_la_pagina(client):
    entrar(client, un_usuario(Rol.EQUIPO_MEN, password=CLAVE))

    assert client.post(reverse("mfa_authenticate"), {}).status_code == 200


def test_el_secreto_no_se_guarda_a_la_vista():
    persona = un_usuario(Rol.EQUIPO_MEN)

    guardado = Authenticator.objects.get(user=persona).data["secret"]

    assert SECRETO_TOTP not in guardado
    assert get_adapter().decrypt(guardado) == SECRETO_TOTP


def test_si_la_clave_del_portal_cambia_la_anterior_sigue_abriendo(settings):
    cifrado = get_adapter().encrypt("secreto")
    anterior, settings.SECRET_KEY = settings.SECRET_KEY, "otra clave del portal"

    sin_ella = get_adapter().decrypt(cifrado)
    settings.SECRET_KEY_FALLBACKS = [anterior]

    assert sin_ella != "secreto"
    assert get_adapter().decrypt(cifrado) == "secreto"


def test_a_quien_se_le_exige_no_se_lo_puede_quitar(client):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)
    client.force_login(persona)
    confirmar_identidad(client)

    respuesta = client.post(reverse("mfa_deactivate_totp"))

    assert respuesta.status_code == 200
    assert Authenticator.objects.filter(user=persona).exists()


def test_a_quien_no_se_le_exige_si(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE, con_segundo_factor=True)
    client.force_login(persona)
    confirmar_identidad(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=persona).exists()


def confirmar_identidad(client):
    client.post(reverse("account_reauthenticate"), {"password": CLAVE})


def test_a_quien_perdio_el_telefono_se_lo_quita_la_administracion(client):
    persona = un_usuario(Rol.EQUIPO_MEN, password=CLAVE)

    quitar_segundo_factor(usuario=persona, por=un_usuario(Rol.ADMINISTRACION))
    entrar(client, persona)

    assert client.get(PERFIL).url == ACTIVAR
