"""Entrar, salir y restablecer: una sola puerta, que responde igual a todo el mundo."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.urls import NoReverseMatch, reverse

from cuentas.models import Rol, Usuario
from tests.fabricas import un_usuario

pytestmark = pytest.mark.django_db

CLAVE = "el tinto de la tarde sabe a cedro"
OTRA = "los trenes lentos llegan cantando"


@pytest.fixture(autouse=True)
def sin_esperas(monkeypatch):
    monkeypatch.setattr("cuentas.forms.TIEMPO_PAREJO", 0)


def entrar(client, correo, contrasena=CLAVE, **mas):
    return client.post(reverse("account_login"), {"login": correo, "password": contrasena, **mas})


def quien_entro(client):
    return client.session.get("_auth_user_id")


def test_se_entra_con_el_correo_sin_importar_las_mayusculas(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    respuesta = entrar(client, persona.email.upper())

    assert (respuesta.status_code, quien_entro(client)) == (302, str(persona.pk))


@pytest.mark.parametrize("nombre", ["account_signup", "account_email", "socialaccount_signup"])
def test_no_hay_pagina_para_registrarse_ni_para_cambiar_de_correo(nombre):
    with pytest.raises(NoReverseMatch):
        reverse(nombre)


@pytest.mark.parametrize(
    "direccion",
    [
        "/cuentas/signup/",
        "/cuentas/email/",
        "/cuentas/confirm-email/",
        "/cuentas/3rdparty/",
        "/cuentas/social/signup/",
        "/cuentas/login/code/confirm/",
        "/cuentas/microsoft/login/",
        "/cuentas/registro/",
    ],
)
def test_lo_demas_de_la_biblioteca_no_existe(client, direccion):
    assert client.get(direccion).status_code == 404


def test_un_correo_sin_cuenta_y_una_contrasena_mala_reciben_la_misma_pagina(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    con_cuenta = entrar(client, persona.email, "no es esta la contraseña")
    sin_cuenta = entrar(client, "nadie@ejemplo.test", "no es esta la contraseña")

    assert pagina_sin(con_cuenta, persona.email) == pagina_sin(sin_cuenta, "nadie@ejemplo.test")
    assert con_cuenta.status_code == sin_cuenta.status_code == 200


def test_sin_cuenta_tambien_se_calcula_una_huella_para_tardar_lo_mismo(client, monkeypatch):
    calculadas = []
    monkeypatch.setattr(
        "django.contrib.auth.base_user.make_password",
        lambda clave: calculadas.append(clave) or make_password(clave),
    )

    entrar(client, "nadie@ejemplo.test", "cualquier contraseña")

    assert calculadas == ["cualquier contraseña"]


def test_una_cuenta_desactivada_no_entra(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE, is_active=False)

    respuesta = entrar(client, persona.email)

    assert respuesta.url == reverse("account_inactive")
    assert quien_entro(client) is None


def test_despues_de_entrar_no_se_va_a_otro_sitio(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    respuesta = entrar(client, persona.email, next="https://otro.example/robo")

    assert respuesta.url == "/mi-portal/"


def test_salir_cierra_la_sesion_en_el_servidor_y_limpia_el_navegador(client):
    client.force_login(un_usuario(Rol.SECRETARIO))
    vieja = client.session.session_key

    respuesta = client.post(reverse("account_logout"))

    assert respuesta["Clear-Site-Data"] == '"cache", "storage"'
    assert respuesta["Cache-Control"] == "no-store, private"
    client.cookies["sesion"] = vieja
    assert client.get(reverse("cuentas:perfil")).status_code == 302


def test_con_get_no_se_sale(client):
    client.force_login(un_usuario(Rol.SECRETARIO))

    client.get(reverse("account_logout"))

    assert quien_entro(client) is not None


# ── Restablecer la contraseña ─────────────────────────────────────────────────────────────────


def pedir_enlace(client, correo):
    return client.post(reverse("account_reset_password"), {"email": correo})


def enlace_del_correo():
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_restablecer_responde_lo_mismo_exista_o_no_la_cuenta(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    con_cuenta, sin_cuenta = (
        pedir_enlace(client, correo) for correo in (persona.email, "nadie@ejemplo.test")
    )

    assert (con_cuenta.status_code, con_cuenta.url) == (sin_cuenta.status_code, sin_cuenta.url)
    assert [correo.to for correo in mail.outbox] == [[persona.email]]


def test_restablecer_tarda_lo_mismo_exista_o_no_la_cuenta(client, monkeypatch):
    esperas = []
    monkeypatch.setattr("cuentas.forms.TIEMPO_PAREJO", 60)
    monkeypatch.setattr("cuentas.forms.time.sleep", esperas.append)
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)

    for correo in (persona.email, "nadie@ejemplo.test"):
        pedir_enlace(client, correo)

    assert [50 < espera <= 60 for espera in esperas] == [True, True]


def test_el_enlace_del_correo_cambia_la_contrasena_una_sola_vez(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    pedir_enlace(client, persona.email)
    enlace = enlace_del_correo()

    formulario = client.get(enlace, follow=True)
    client.post(
        formulario.redirect_chain[-1][0], {"password1": OTRA, "password2": OTRA}, follow=True
    )

    assert Usuario.objects.get(pk=persona.pk).check_password(OTRA)
    assert "token_fail" in client.get(enlace).context


def test_el_enlace_vence(client, time_machine):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    time_machine.move_to("2026-11-22T08:00:00-05:00", tick=False)
    pedir_enlace(client, persona.email)

    time_machine.move_to("2026-11-22T12:00:01-05:00", tick=False)

    assert "token_fail" in client.get(enlace_del_correo()).context


def test_restablecer_no_acepta_una_contrasena_previsible(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    pedir_enlace(client, persona.email)
    formulario = client.get(enlace_del_correo(), follow=True)

    mala = "SecretariaColombia2026"
    respuesta = client.post(
        formulario.redirect_chain[-1][0], {"password1": mala, "password2": mala}
    )

    assert respuesta.status_code == 200
    assert Usuario.objects.get(pk=persona.pk).check_password(CLAVE)


def test_cambiar_la_contrasena_cierra_las_demas_sesiones(client, client_class):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    otro_equipo = client_class()
    for cada in (client, otro_equipo):
        entrar(cada, persona.email)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": CLAVE, "password1": OTRA, "password2": OTRA},
    )

    assert client.get(reverse("cuentas:perfil")).status_code == 200
    assert otro_equipo.get(reverse("cuentas:perfil")).status_code == 302


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def pagina_sin(respuesta, correo):
    """El HTML sin lo que cambia en cada respuesta."""
    html = respuesta.content.decode().replace(correo, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


# ── La puerta de la administración ────────────────────────────────────────────────────────────


def test_la_administracion_no_tiene_otra_puerta(client):
    respuesta = client.post("/administracion/login/", {"username": "x", "password": "y"})

    assert respuesta.url.startswith(reverse("account_login"))


def test_la_contrasena_no_se_cambia_desde_la_administracion(client):
    client.force_login(un_usuario(Rol.ADMINISTRACION, password=CLAVE))

    respuesta = client.get("/administracion/password_change/")

    assert respuesta.url == reverse("account_change_password")


# ── Lo que llega por correo ───────────────────────────────────────────────────────────────────


def test_los_correos_hablan_claro_y_por_su_nombre(client):
    persona = un_usuario(Rol.SECRETARIO, password=CLAVE)
    pedir_enlace(client, persona.email)
    formulario = client.get(enlace_del_correo(), follow=True).redirect_chain[-1][0]

    client.post(formulario, {"password1": OTRA, "password2": OTRA})

    pedido, hecho = mail.outbox
    assert [pedido.subject, hecho.subject] == [
        "Su contraseña nueva",
        "Su contraseña se restableció",
    ]
    for correo in (pedido, hecho):
        assert correo.body.startswith("Buen día.")
        assert correo.body.endswith(
            "Escuela Virtual de Secretarías\nMinisterio de Educación Nacional"
        )
    assert "Si no fue usted" in hecho.body
