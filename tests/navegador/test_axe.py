"""Lo que pregunta por la accesibilidad de una página tiene que poder decir que no."""

import pytest

from tests.navegador import axe

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
PALIDO = "donde => document.querySelector(donde).style.color = '#ddd'"
SIN_TITULO = "document.querySelector('h1').remove()"


@pytest.fixture
def pagina(navegador, monkeypatch):
    """La portada, sin recordar qué marcos se miraron en otras pruebas."""
    monkeypatch.setattr(axe, "MARCOS_MIRADOS", set())
    pagina = navegador()
    pagina.goto("/")
    return pagina


def cuales(pagina):
    return sorted({falta[-2] for falta in axe.faltas(pagina)})


def test_ve_lo_que_falta_en_la_pagina_aunque_el_marco_ya_se_haya_mirado(pagina):
    assert cuales(pagina) == []

    pagina.reload()
    pagina.evaluate(PALIDO, "main p")
    pagina.evaluate(SIN_TITULO)

    assert cuales(pagina) == ["color-contrast", "page-has-heading-one"]


def test_ve_lo_que_falta_en_un_marco_que_no_ha_mirado(pagina):
    assert cuales(pagina) == []

    pagina.reload()
    pagina.evaluate(PALIDO, ".pie a")

    assert cuales(pagina) == ["color-contrast"]
