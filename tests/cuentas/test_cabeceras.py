"""Las cabeceras de seguridad, en toda respuesta; y los verbos, solo tres."""

import pytest
from django.test import Client
from django.urls import reverse

from cuentas.models import Rol
from tests.fabricas import un_usuario

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)
EN_TODA_RESPUESTA = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def revisar(respuesta):
    assert {nombre: respuesta[nombre] for nombre in EN_TODA_RESPUESTA} == EN_TODA_RESPUESTA
    assert directivas(respuesta["Content-Security-Policy"]) == directivas(CSP)
    assert "geolocation=()" in respuesta["Permissions-Policy"]
    assert "X-XSS-Protection" not in respuesta
    assert "Public-Key-Pins" not in respuesta


def directivas(politica):
    return {d.split()[0]: d.split()[1:] for d in politica.split(";")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("direccion", "estado"),
    [
        ("/", 200),
        ("/cuentas/entrar/", 200),
        ("/privacidad/", 200),
        ("/cuentas/mi-cuenta/", 302),
        ("/administracion/", 302),
        ("/esto-no-existe/", 404),
        ("/static/css/base.css", 200),
        ("/static/no-existe.css", 404),
    ],
)
def test_las_cabeceras_van_en_toda_respuesta(client, settings, direccion, estado):
    settings.WHITENOISE_USE_FINDERS = True

    respuesta = client.get(direccion)

    assert respuesta.status_code == estado
    revisar(respuesta)
    respuesta.close()


@pytest.mark.django_db
def test_tambien_en_un_error_del_servidor(monkeypatch):
    monkeypatch.setattr("cuentas.views.AvisoPrivacidad.objects.vigente", lambda: 1 / 0)
    cliente = Client(raise_request_exception=False)

    respuesta = cliente.get(reverse("cuentas:privacidad"))

    assert respuesta.status_code == 500
    revisar(respuesta)


@pytest.mark.django_db
def test_tambien_cuando_falta_la_marca_del_formulario():
    respuesta = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})

    assert respuesta.status_code == 403
    revisar(respuesta)


@pytest.mark.django_db
@pytest.mark.parametrize("verbo", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("direccion", ["/", "/cuentas/entrar/", "/static/css/base.css", "/nada/"])
def test_otros_verbos_reciben_405(client, verbo, direccion):
    respuesta = client.generic(verbo, direccion)

    assert (respuesta.status_code, respuesta["Allow"]) == (405, "GET, HEAD, POST")
    revisar(respuesta)


@pytest.mark.django_db
@pytest.mark.parametrize("direccion", ["/", "/cuentas/mi-cuenta/", "/privacidad/"])
def test_lo_que_ve_quien_entro_no_se_guarda_en_el_navegador(client, direccion):
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert client.get(direccion)["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_lo_publico_de_quien_no_ha_entrado_si_se_puede_guardar(client):
    assert "no-store" not in client.get("/").get("Cache-Control", "")


@pytest.mark.django_db
def test_un_caracter_nulo_en_la_direccion_no_llega_a_la_base(client):
    client.force_login(un_usuario())

    respuestas = [
        client.get(f"/acompanamiento/{direccion}").status_code
        for direccion in (
            "contactos/nuevo/?entidad=a%00b",
            "necesidades/nueva/?entidad=%00",
            "actividades/nueva/?programa=%00",
            "instituciones/?entidad=%00",
            "secretarias/%00/",
            "instituciones/%00/",
        )
    ]

    assert respuestas == [200, 200, 200, 200, 404, 404]
