"""Las páginas de la Escuela en Chromium: las definiciones, la barra de escribir y un teléfono."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_termino, una_pagina
from tests.navegador.axe import faltas

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

DEFINICION = "Cuando un estudiante deja el colegio."


@pytest.fixture
def con_termino():
    un_termino("Deserción", definicion=DEFINICION)
    return una_pagina(cuerpo="Otras palabras antes de la deserción, y otras después.")


@pytest.mark.parametrize("con_javascript", [True, False])
def test_la_definicion_se_ve_al_pasar_y_al_enfocar(navegador, con_termino, con_javascript):
    pagina = navegador(java_script_enabled=con_javascript)
    pagina.goto(con_termino.get_absolute_url())
    palabra = pagina.get_by_role("link", name="deserción")
    definicion = pagina.get_by_text(DEFINICION)
    expect(definicion).to_be_hidden()

    palabra.hover()
    expect(definicion).to_be_visible()
    definicion.hover()  # se puede leer con el puntero encima
    expect(definicion).to_be_visible()
    pagina.mouse.move(0, 0)
    expect(definicion).to_be_hidden()
    palabra.focus()

    expect(definicion).to_be_visible()


def test_escape_cierra_la_definicion_sin_mover_el_foco(navegador, con_termino):
    pagina = navegador()
    pagina.goto(con_termino.get_absolute_url())
    palabra = pagina.get_by_role("link", name="deserción")
    palabra.focus()

    pagina.keyboard.press("Escape")

    expect(pagina.get_by_text(DEFINICION)).to_be_hidden()
    expect(palabra).to_be_focused()


@pytest.mark.parametrize("ancho", [320, 1280])
def test_con_la_definicion_a_la_vista_nada_se_sale_ni_falla(navegador, con_termino, ancho):
    pagina = navegador(ancho=ancho)
    pagina.goto(con_termino.get_absolute_url())

    pagina.get_by_role("link", name="deserción").focus()

    expect(pagina.get_by_text(DEFINICION)).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") == ancho
    assert faltas(pagina) == []


def test_pulsar_la_palabra_lleva_a_su_termino(navegador, con_termino):
    pagina = navegador(java_script_enabled=False)
    pagina.goto(con_termino.get_absolute_url())

    pagina.get_by_role("link", name="deserción").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Deserción")


def test_la_barra_escribe_las_marcas_y_la_vista_previa_las_muestra(navegador, con_termino):
    pagina = navegador(usuario=un_usuario(Rol.ADMINISTRACION))
    pagina.goto(reverse("contenidos:editar-pagina", args=[con_termino.slug]))
    texto = pagina.get_by_role("textbox", name="Texto")
    texto.fill("fuerte")
    texto.select_text()

    pagina.get_by_role("button", name="Negrilla").click()
    expect(texto).to_have_value("**fuerte**")
    pagina.get_by_role("button", name="Ver cómo queda").click()

    expect(pagina.get_by_role("heading", name="Así quedará")).to_be_visible()
    expect(pagina.locator(".previa-hoja strong")).to_have_text("fuerte")
    assert faltas(pagina) == []


def test_sin_javascript_tambien_se_corrige_una_pagina(navegador, con_termino):
    pagina = navegador(usuario=un_usuario(Rol.ADMINISTRACION), java_script_enabled=False)
    pagina.goto(reverse("contenidos:editar-pagina", args=[con_termino.slug]))

    pagina.get_by_role("textbox", name="Texto").fill("Otro texto.")
    pagina.get_by_role("button", name="Guardar la versión").click()

    expect(pagina.get_by_role("article")).to_contain_text("Otro texto.")
