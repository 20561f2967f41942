"""La sesión: cuánto dura, qué pasa cuando nadie la usa y quién la cierra."""

import pytest
from django.test import Client
from django.urls import reverse

from cuentas.acciones import desactivar_usuario
from cuentas.models import Rol, Usuario
from tests.fabricas import un_usuario

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"
PERFIL = "/cuentas/mi-cuenta/"


@pytest.fixture
def reloj(time_machine):
    """`reloj("08:30")`: mueve la hora de un mismo día."""

    def poner(hora):
        time_machine.move_to(f"2026-11-23T{hora}:00-05:00", tick=False)

    poner("08:00")
    return poner


def entrar(persona):
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": persona.email, "password": CLAVE})
    return cliente


@pytest.mark.parametrize(
    ("rol", "todavia", "ya_no"),
    [(Rol.SECRETARIO, "08:59", "09:00"), (Rol.ADMINISTRACION, "08:29", "08:30")],
    ids=["secretaría: 60 minutos", "Ministerio: 30 minutos"],
)
def test_sin_usarla_la_sesion_se_duerme_y_pide_la_contrasena(reloj, rol, todavia, ya_no):
    persona = un_usuario(rol, password=CLAVE, es_demostracion=True)
    una, otra = entrar(persona), entrar(persona)

    reloj(todavia)
    despierta = una.get(PERFIL)
    reloj(ya_no)
    dormida = otra.get(PERFIL)

    assert despierta.status_code == 200
    assert dormida.url == f"{reverse('account_reauthenticate')}?next=%2Fcuentas%2Fmi-cuenta%2F"


def test_usarla_la_mantiene_despierta(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))

    for hora in ("08:50", "09:40", "10:30"):
        reloj(hora)
        respuesta = cliente.get(PERFIL)

    assert respuesta.status_code == 200


def test_dormida_no_muestra_nada_de_la_persona_en_las_paginas_publicas(reloj):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    cliente = entrar(persona)

    reloj("09:30")
    respuesta = cliente.get("/")

    assert respuesta.status_code == 200
    assert not respuesta.context["user"].is_authenticated


def test_con_la_contrasena_despierta(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))
    reloj("09:30")
    pide = cliente.get(PERFIL)

    vuelve = cliente.post(pide.url, {"password": CLAVE, "next": PERFIL})

    assert vuelve.url == PERFIL
    assert cliente.get(PERFIL).status_code == 200


def test_lo_que_se_envio_dormida_no_se_pierde(reloj):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    cliente = entrar(persona)
    reloj("09:30")
    pide = cliente.post(PERFIL, {"nombre": "Nombre Corregido"})

    cliente.post(pide.url, {"password": CLAVE, "next": PERFIL})

    assert Usuario.objects.get(pk=persona.pk).nombre == "Nombre Corregido"


def test_dormida_no_guarda_contrasenas(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))
    reloj("09:30")

    pide = cliente.post(
        reverse("account_change_password"),
        {"oldpassword": CLAVE, "password1": "secretísima", "password2": "secretísima"},
    )

    assert pide.url.startswith(reverse("account_reauthenticate"))
    assert "secretísima" not in str(dict(cliente.session))


def test_dormida_no_acepta_un_envio_sin_la_marca_del_formulario(reloj):
    """Si se guardara, otro sitio podría dejar un envío esperando la contraseña."""
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    cliente = entrar(persona)
    cliente.handler.enforce_csrf_checks = True
    reloj("09:30")

    respuesta = cliente.post(PERFIL, {"nombre": "Nombre Ajeno"})

    assert respuesta.status_code == 403
    assert "account_reauthentication_state" not in cliente.session


def test_dormida_se_puede_salir(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))
    reloj("09:30")

    cliente.post(reverse("account_logout"))

    assert "_auth_user_id" not in cliente.session


def test_a_las_doce_horas_termina_aunque_se_este_usando(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))
    for hora in [f"{h:02}:{m:02}" for h in range(8, 20) for m in (0, 40)]:
        reloj(hora)
        assert cliente.get(PERFIL).status_code == 200

    reloj("20:00")
    respuesta = cliente.get(PERFIL)

    assert respuesta.url == f"{reverse('account_login')}?next={PERFIL}"
    assert "_auth_user_id" not in cliente.session


def test_los_limites_se_configuran(reloj, settings):
    from datetime import timedelta

    settings.SESION_INACTIVA_SECRETARIA = timedelta(minutes=5)
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))

    reloj("08:05")

    assert cliente.get(PERFIL).status_code == 302


def test_el_boton_de_seguir_mantiene_despierta_la_sesion(reloj):
    cliente = entrar(un_usuario(Rol.SECRETARIO, password=CLAVE))
    reloj("08:58")
    sin_recargar = cliente.post(reverse("cuentas:seguir"), HTTP_ACCEPT="application/json")
    con_formulario = cliente.post(reverse("cuentas:seguir"), {"siguiente": "/privacidad/"})

    reloj("09:50")

    assert (sin_recargar.status_code, con_formulario.url) == (204, "/privacidad/")
    assert cliente.get(PERFIL).status_code == 200


def test_desactivar_una_cuenta_cierra_todas_sus_sesiones():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    telefono, oficina = entrar(persona), entrar(persona)

    desactivar_usuario(usuario=persona, por=un_usuario(Rol.ADMINISTRACION))

    assert [c.get(PERFIL).status_code for c in (telefono, oficina)] == [302, 302]
    assert persona.usersession_set.count() == 0


def test_una_persona_ve_y_cierra_sus_otras_sesiones():
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    telefono, oficina = entrar(persona), entrar(persona)

    lista = oficina.get(reverse("usersessions_list"))
    oficina.post(reverse("usersessions_list"))

    assert len(lista.context["sessions"]) == 2
    assert (telefono.get(PERFIL).status_code, oficina.get(PERFIL).status_code) == (302, 200)
