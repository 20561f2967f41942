"""Las páginas de cuentas vistas en Chromium: accesibles, y con aviso antes de cerrar la sesión."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cuentas.acciones import invitar
from cuentas.bitacora import anotar
from cuentas.models import Invitacion, Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad

NORMAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def violaciones(pagina):
    resultado = Axe().run(pagina, options=NORMAS).response
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in resultado["violations"]]


def paginas_de(quien):
    """Con algo que mostrar: una invitación de cada estado y una entrada con antes y después."""
    call_command("cargar_aviso", verbosity=0)
    for n in range(2):
        invitar(
            correo=f"nueva{n}@ejemplo.test",
            rol=Rol.SECRETARIO,
            entidad=una_entidad(),
            por=quien,
            portal="http://localhost/",
        )
    Invitacion.objects.filter(email="nueva0@ejemplo.test").update(vence_en="2020-01-01T00:00Z")
    entrada = anotar(
        por=quien, verbo="cambió algo", objeto=una_direccion(), antes={"a": 1}, despues={"a": 2}
    )
    return [
        reverse("cuentas:perfil"),
        reverse("cuentas:invitaciones"),
        reverse("cuentas:invitar"),
        reverse("cuentas:bitacora"),
        reverse("cuentas:entrada-de-bitacora", args=[entrada.pk]),
        reverse("cuentas:privacidad"),
    ]


@pytest.mark.parametrize("ancho", [360, 1280])
def test_axe_no_encuentra_nada_en_las_paginas_de_cuentas(navegador, ancho):
    quien = un_usuario(Rol.ADMINISTRACION)
    pagina = navegador(usuario=quien, ancho=ancho)

    for direccion in paginas_de(quien):
        pagina.goto(direccion)
        assert violaciones(pagina) == [], direccion
        cabe = pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert cabe, direccion


@pytest.mark.parametrize("ancho", [360, 1280])
def test_axe_no_encuentra_nada_al_aceptar_una_invitacion(navegador, mailoutbox, ancho):
    paginas_de(un_usuario(Rol.ADMINISTRACION))
    enlace = re.search(r"/cuentas/invitacion/\S+", mailoutbox[-1].body)[0]
    pagina = navegador(ancho=ancho)

    pagina.goto(enlace)
    vacia = violaciones(pagina)
    pagina.get_by_label("Nombre y apellidos").fill("Persona")
    pagina.get_by_label("Contraseña", exact=True).fill("corta")
    pagina.get_by_label("La contraseña otra vez").fill("otra")
    pagina.get_by_label("Leí el aviso de privacidad").check()
    pagina.get_by_role("button", name="Crear mi cuenta").click()

    expect(pagina.get_by_role("alert")).to_be_visible()
    assert (vacia, violaciones(pagina)) == ([], [])


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
