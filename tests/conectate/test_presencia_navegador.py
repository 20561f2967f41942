"""La rejilla con el teclado y la hoja en papel, en Chromium."""

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from conectate.consultas.sesiones import codigo_de
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_con_el_teclado_se_marca_se_baja_y_se_guarda_una_vez(navegador):
    entidades = [una_entidad(nombre) for nombre in ("Arauca", "Bolívar", "Cauca", "Huila")]
    sesion = una_sesion(convocadas=entidades)
    pagina = navegador(usuario=un_usuario())
    pagina.goto(reverse("conectate:rejilla", args=[sesion.pk]))

    pagina.locator("[type=radio]:checked").first.focus()
    for tecla in ("p", "a", "ArrowDown", "e", "ArrowUp", "p"):
        pagina.keyboard.press(tecla)

    expect(pagina.locator("output")).to_have_text(
        "Presentes: 2 · Ausentes: 1 · Excusadas: 1 · Sin marcar: 0"
    )
    pagina.get_by_role("button", name="Guardar la asistencia").click()
    expect(pagina.locator(".alert-success")).to_contain_text("cambiaron 4")
    assert list(
        sesion.asistencias.order_by("entidad__nombre").values_list("entidad__nombre", "registro")
    ) == [
        ("Arauca", "presente"),
        ("Bolívar", "ausente"),
        ("Cauca", "presente"),
        ("Huila", "excusada"),
    ]


def test_la_hoja_de_96_cabe_en_dos_paginas_carta(navegador):
    sesion = una_sesion(convocadas=[una_entidad() for _ in range(96)])
    pagina = navegador(usuario=un_usuario())
    pagina.goto(reverse("conectate:hoja", args=[sesion.pk]))

    hoja = PdfReader(io.BytesIO(pagina.pdf(prefer_css_page_size=True)))

    assert len(hoja.pages) == 2
    assert [round(float(lado)) for lado in hoja.pages[0].mediabox[2:]] == [612, 792]
    assert codigo_de(sesion) in hoja.pages[0].extract_text()
