"""El mapa en Chromium: con teclado, con y sin JavaScript, y en un teléfono."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.fabricas import una_entidad
from tests.fabricas_de_indicadores import un_valor, una_unidad

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def palmira():
    return un_valor(4.7, unidad=una_unidad(una_entidad("Palmira", codigo_dane="76520")))


def test_al_enfocar_un_territorio_se_lee_su_cifra_y_se_senala_su_fila(navegador, palmira):
    pagina = navegador()
    pagina.goto(reverse("indicadores:mapa"))

    pagina.locator(".mapa a").focus()

    expect(pagina.locator(".mapa-lectura")).to_have_text("Palmira: 4,7 % (2022)")
    expect(pagina.locator("#e76520")).to_have_class("senalado")


def test_sin_javascript_un_territorio_lleva_a_su_fila_y_de_ahi_a_su_ficha(navegador, palmira):
    pagina = navegador(java_script_enabled=False, ancho=360)
    pagina.goto(reverse("indicadores:mapa"))

    pagina.locator(".mapa a circle").click()

    expect(pagina).to_have_url(re.compile("#e76520$"))
    pagina.locator("#e76520 th a").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Palmira")
