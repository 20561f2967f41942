"""Las cuentas en Chromium: el aviso antes de cerrar la sesión, y lo que va sin JavaScript."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.navegador.axe import violaciones

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_antes_de_dormir_la_sesion_avisa_y_deja_seguir_sin_perder_lo_escrito(navegador):
    pagina = navegador(usuario=un_usuario(Rol.SECRETARIO))
    pagina.clock.install()
    pagina.goto(reverse("cuentas:perfil"))
    pagina.get_by_label("Nombre y apellidos").fill("A medio escribir")

    pagina.clock.fast_forward("57:00")
    expect(pagina.get_by_role("dialog")).to_be_hidden()
    pagina.clock.fast_forward("01:01")
    dialogo = pagina.get_by_role("dialog", name="Su sesión está por cerrarse")
    expect(dialogo).to_be_visible()
    assert violaciones(pagina) == []
    with pagina.expect_response("**/cuentas/seguir/") as respuesta:
        dialogo.get_by_role("button", name="Seguir en el portal").click()

    expect(dialogo).to_be_hidden()
    assert respuesta.value.status == 204
    expect(pagina.get_by_label("Nombre y apellidos")).to_have_value("A medio escribir")


def test_sin_javascript_el_aviso_de_privacidad_se_marca_como_leido(navegador):
    call_command("cargar_aviso", verbosity=0)
    pagina = navegador(usuario=un_usuario(Rol.SECRETARIO), java_script_enabled=False)
    pagina.goto(reverse("cuentas:perfil"))

    pagina.get_by_role("button", name="Leído").click()

    expect(pagina.get_by_text("Quedó anotado que leyó el aviso")).to_be_visible()
    expect(pagina.get_by_role("button", name="Leído")).to_have_count(0)
