"""La cola de revisión con el teclado, en Chromium."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conectate.acciones.revision import decidir
from conectate.models import Decision
from territorio.models import EntidadTerritorial
from tests.conectate.archivos import de_zoom, importar
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def pagina(navegador, settings, tmp_path):
    """Dos dominios que se parecen a una secretaría, y una persona sin pista."""
    settings.MEDIA_ROOT = tmp_path
    una_entidad("Neiva", codigo_dane="41001")
    una_entidad("Pasto", codigo_dane="52001")
    importar(
        una_sesion(),
        de_zoom(
            ("Ana", "ana@semneiva.gov.co", "09:00", "10:00"),
            ("Luis", "luis@sempasto.gov.co", "09:00", "10:00"),
            ("Eva Gil", "", "09:00", "10:00"),
        ),
    )
    pagina = navegador(usuario=un_usuario())
    pagina.goto(reverse("conectate:revision"))
    return pagina


def grupo(pagina, n):
    return pagina.locator("[data-grupo]").nth(n)


def test_se_avanza_se_vuelve_y_se_salta(pagina):
    for tecla, donde in [("j", 0), ("j", 1), ("k", 0), ("s", 1), ("j", 2)]:
        pagina.keyboard.press(tecla)
        expect(grupo(pagina, donde)).to_be_focused()


def test_responder_pasa_al_siguiente_y_u_lo_deshace(pagina):
    pagina.keyboard.press("j")
    pagina.keyboard.press("1")
    expect(grupo(pagina, 1)).to_be_focused()
    expect(grupo(pagina, 0)).to_contain_text("@semneiva.gov.co: Neiva")
    expect(pagina.locator("[data-faltan]")).to_have_text("2")

    pagina.keyboard.press("u")

    expect(grupo(pagina, 0)).to_be_focused()
    expect(grupo(pagina, 0).get_by_role("button", name="Neiva")).to_be_visible()
    expect(pagina.locator("[data-faltan]")).to_have_text("3")
    assert Decision.objects.vigentes().count() == 0


def test_la_barra_busca_y_escribir_no_dispara_atajos(pagina):
    pagina.keyboard.press("/")
    pagina.keyboard.type("sj1")

    expect(pagina.locator("#buscar")).to_have_value("sj1")
    assert Decision.objects.count() == 0


def test_si_otro_ya_decidio_se_dice_en_el_mismo_sitio(pagina):
    neiva = grupo(pagina, 0)

    decidir(
        grupo="dominio:semneiva.gov.co",
        por=un_usuario(nombre="Quien Llegó Antes"),
        entidad=EntidadTerritorial.objects.get(nombre="Pasto"),
    )

    neiva.get_by_role("button", name="Neiva").click()

    expect(neiva).to_contain_text("Quien Llegó Antes ya decidió esto")
