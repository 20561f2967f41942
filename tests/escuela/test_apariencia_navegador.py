"""La cáscara vista en Chromium: accesible, por teclado, en un teléfono y sin JavaScript."""

import re

import pytest
from django.urls import reverse, reverse_lazy
from playwright.sync_api import expect

from conectate.models import Sesion
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad, una_participacion, una_sesion
from tests.navegador.axe import faltas

PAGINAS = [
    "/",
    "/secciones/conectarme-y-compartir/",
    "/movemos-mas-alla/",
    "/mapa-del-sitio/",
    "/declaracion-de-accesibilidad/",
    "/politicas/",
    reverse_lazy("account_login"),
    reverse_lazy("account_reset_password"),
    reverse_lazy("cuentas:privacidad"),
    "/no/existe/",
    "/muestra/",
    "/muestra/?errores",
    "/muestra/se-rompe/",
]
TOCABLES = (
    ".btn, .boton-menu, .form-control, .form-select, .enlace-icono, .form-check, summary, "
    ".barra-gov a, .barra-gov button, .menu a, .paginador a, .pestanas a"
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("con_muestras"),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def algo_que_mostrar():
    huila = una_entidad(nombre="Huila", tipo="departamento")
    sesion = una_sesion(
        titulo="Alimentación escolar",
        audiencia=Sesion.Audiencia.COMUNIDAD,
        es_demostracion=True,
    )
    una_participacion(sesion, huila)


def activo(pagina):
    """Qué tiene el foco, y cómo se ve."""
    return pagina.evaluate(
        """() => {
            const e = document.activeElement;
            const tarjeta = e.closest(".tarjeta:has(.tarjeta-enlace:focus-visible)") ?? e;
            const estilo = getComputedStyle(tarjeta);
            return {
                etiqueta: e.tagName, texto: e.innerText || e.getAttribute("aria-label") || "",
                href: e.getAttribute("href"), borde: parseFloat(estilo.outlineWidth),
                dibujo: estilo.outlineStyle, clase: e.className
            };
        }"""
    )


def test_axe_no_encuentra_nada_en_las_piezas(navegador):
    """Las páginas del portal se miran en tests/navegador; aquí, todas las piezas juntas."""
    pagina = navegador()

    halladas = []
    for direccion in ("/muestra/", "/muestra/?errores", "/muestra/avance/"):
        pagina.goto(direccion)
        halladas += [(direccion, *falta) for falta in faltas(pagina)]

    assert halladas == []


@pytest.mark.parametrize("letra", ["0", "4"])
def test_a_320_puntos_ninguna_pagina_se_desplaza_de_lado(navegador, live_server, letra):
    algo_que_mostrar()
    pagina = navegador(ancho=320)
    pagina.context.add_cookies([{"name": "letra", "value": letra, "url": live_server.url}])

    anchos = {}
    for direccion in PAGINAS:
        pagina.goto(str(direccion))
        anchos[direccion] = pagina.evaluate("document.documentElement.scrollWidth")

    assert {direccion: ancho for direccion, ancho in anchos.items() if ancho > 320} == {}


def test_la_primera_tabulacion_lleva_al_contenido(navegador):
    pagina = navegador()
    pagina.goto("/")

    pagina.keyboard.press("Tab")
    saltar = activo(pagina)
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")

    assert saltar["texto"] == "Ir al contenido principal"
    assert pagina.evaluate("document.activeElement.closest('main') !== null")


def test_el_foco_siempre_se_ve(navegador):
    algo_que_mostrar()
    pagina = navegador()
    pagina.goto("/muestra/")

    sin_foco = []
    for _ in range(60):
        pagina.keyboard.press("Tab")
        elemento = activo(pagina)
        if elemento["etiqueta"] == "BODY":
            break
        if elemento["borde"] < 2 or elemento["dibujo"] == "none":
            sin_foco.append(elemento)

    assert sin_foco == []


@pytest.mark.parametrize("con_javascript", [True, False])
def test_el_contraste_y_la_letra_cambian_y_se_conservan(navegador, con_javascript):
    pagina = navegador(java_script_enabled=con_javascript)
    pagina.goto("/secciones/conectarme-y-compartir/")

    pagina.get_by_role("button", name="Alto contraste").click()
    expect(pagina.locator("html")).to_have_class("contraste-alto")
    pagina.get_by_role("button", name="Aumentar letra").click()
    expect(pagina.locator("html")).to_have_class("contraste-alto letra-1")
    pagina.goto("/mapa-del-sitio/")

    expect(pagina.locator("html")).to_have_class("contraste-alto letra-1")
    expect(pagina.get_by_role("button", name="Alto contraste")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_con_javascript_cambiar_la_letra_no_recarga_y_se_anuncia(navegador):
    pagina = navegador()
    pagina.goto("/muestra/")
    pagina.get_by_label("Palabra").fill("lo que iba escribiendo")

    pagina.get_by_role("button", name="Aumentar letra").click()

    expect(pagina.locator("#accesibilidad [role=status]")).to_have_text(
        "Contraste normal. Tamaño de letra 2 de 5."
    )
    expect(pagina.get_by_label("Palabra")).to_have_value("lo que iba escribiendo")


def test_en_el_telefono_el_menu_se_abre_sin_javascript_y_se_cierra_con_escape(navegador):
    pagina = navegador(ancho=360, java_script_enabled=False)
    pagina.goto("/")
    menu = pagina.get_by_role("navigation", name="Secciones")

    pagina.get_by_role("button", name="Menú").press("Enter")
    expect(menu.get_by_role("link", name=re.compile("Quiero aprender"))).to_be_visible()
    pagina.keyboard.press("Escape")

    expect(menu).to_be_hidden()


@pytest.mark.parametrize("con_javascript", [True, False])
def test_el_resumen_de_errores_toma_el_foco(navegador, con_javascript):
    pagina = navegador(java_script_enabled=con_javascript)
    pagina.goto("/muestra/")

    pagina.locator("form.formulario").evaluate("formulario => formulario.noValidate = true")
    pagina.get_by_role("button", name="Guardar la sesión").click()

    expect(pagina.locator(".errores-de-formulario")).to_be_focused()


def test_un_archivo_se_puede_soltar_sobre_su_zona(navegador):
    pagina = navegador()
    pagina.goto("/muestra/")
    arrastre = pagina.evaluate_handle(
        """() => {
            const arrastre = new DataTransfer();
            arrastre.items.add(new File(["x".repeat(300000)], "asistencia.csv"));
            return arrastre;
        }"""
    )

    pagina.dispatch_event(".zona-archivo", "drop", {"dataTransfer": arrastre})

    expect(pagina.locator(".zona-archivo output")).to_have_text("asistencia.csv (0,3 MB)")
    assert pagina.locator("#id_archivo").evaluate("entrada => entrada.files.length") == 1


def test_el_avance_se_pone_al_dia_sin_recargar_y_al_terminar_muestra_el_resultado(navegador):
    pagina = navegador()
    pagina.goto("/muestra/avance/")
    pagina.evaluate("window.sinRecargar = true")
    primero = pagina.locator(".avance .numero").inner_text()

    expect(pagina.locator(".avance .numero")).not_to_have_text(primero, timeout=5000)
    sin_recargar = pagina.evaluate("window.sinRecargar")

    assert sin_recargar
    expect(pagina.locator(".avance")).to_have_attribute("data-terminado", "", timeout=10000)


def test_nada_se_lee_por_debajo_de_dieciseis_puntos_y_lo_que_se_toca_mide_cuarenta_y_cuatro(
    navegador,
):
    algo_que_mostrar()
    pagina = navegador(ancho=360)

    faltas = []
    for direccion in ("/", "/muestra/?errores", reverse("account_login")):
        pagina.goto(str(direccion))
        faltas += pagina.evaluate(
            """tocables => {
                const faltas = [];
                for (const e of document.querySelectorAll("body *")) {
                    const caja = e.getBoundingClientRect();
                    if (e.matches(".visually-hidden") || !caja.width) continue;
                    const propio = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
                    if (propio && parseFloat(getComputedStyle(e).fontSize) < 16)
                        faltas.push("letra: " + e.outerHTML.slice(0, 120));
                    if (e.matches(tocables) && caja.height < 43.5)
                        faltas.push(`toque ${caja.height}: ` + e.outerHTML.slice(0, 120));
                }
                return faltas;
            }""",
            TOCABLES,
        )

    assert faltas == []


def test_la_consola_no_se_queja_de_nada(navegador):
    """Lo que la política de contenido bloquea sale en la consola."""
    algo_que_mostrar()
    pagina = navegador()
    quejas = []
    pagina.on("console", lambda mensaje: quejas.append((mensaje.text, mensaje.location)))
    pagina.on("pageerror", lambda error: quejas.append(str(error)))

    for direccion in (
        "/",
        "/muestra/",
        "/secciones/conectarme-y-compartir/",
        reverse("account_login"),
    ):
        pagina.goto(str(direccion))

    assert quejas == []


def test_el_cuadro_para_la_aplicacion_de_codigos_se_ve(navegador):
    un_usuario(Rol.SECRETARIO, email="secretaria@ejemplo.test", password="frase larga de prueba")
    pagina = navegador(ancho=360)
    pagina.goto(reverse("account_login") + "?next=" + reverse("mfa_activate_totp"))

    pagina.get_by_label("Correo electrónico").fill("secretaria@ejemplo.test")
    pagina.get_by_label("Contraseña", exact=True).fill("frase larga de prueba")
    pagina.get_by_role("main").get_by_role("button", name="Entrar").click()
    pagina.get_by_label("Contraseña", exact=True).fill("frase larga de prueba")
    pagina.get_by_role("button", name="Confirmar").click()

    cuadro = pagina.get_by_role("img", name="Código QR")
    expect(cuadro).to_be_visible()
    assert cuadro.evaluate("imagen => imagen.naturalWidth") > 0


def test_la_portada_impresa_deja_solo_el_contenido(navegador):
    algo_que_mostrar()
    pagina = navegador()
    pagina.goto("/")

    pagina.emulate_media(media="print")

    for oculto in (".barra-gov", ".menu", ".pie", ".acciones"):
        expect(pagina.locator(oculto).first).to_be_hidden()
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
