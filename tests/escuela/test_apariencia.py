"""La cáscara del portal: menú, secciones, opciones de lectura, errores y piezas."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.views import defaults

from contenidos.models import Pagina
from escuela import views
from escuela.secciones import SECCIONES

RAIZ = Path(__file__).resolve().parent.parent.parent
CON_PAGINA = [seccion for seccion in SECCIONES if not seccion.ruta]
NOMBRES = [
    "Quiero contactar al MEN – Conéctate con el MEN",
    "Quiero conectarme y compartir con otros",
    "Quiero aprender",
    "Quiero informarme",
    "Juntos lo Vamos a Lograr",
    "Movemos más Allá",
]

pytestmark = pytest.mark.django_db


def texto_de(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def leer(client, direccion, **opciones):
    return client.get(direccion, **opciones).content.decode()


# ── Menú y secciones ──────────────────────────────────────────────────────────────────────────


def test_el_menu_tiene_las_secciones_de_la_escuela_con_su_nombre_exacto(client):
    menu = re.search(r'<nav class="menu".*?<ul>(.*?)</ul>', leer(client, "/"), re.S).group(1)

    nombres = [texto_de(enlace) for enlace in re.findall(r"<a .*?</a>", menu, re.S)]

    assert nombres == NOMBRES


@pytest.mark.parametrize("seccion", CON_PAGINA, ids=lambda seccion: seccion.slug)
def test_cada_seccion_tiene_una_pagina_con_su_nombre_su_miga_y_algo_que_hacer(client, seccion):
    html = leer(client, reverse("seccion", args=[seccion.slug]))

    titulos = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    hoy = html.partition('id="hoy"')[2].partition("</section>")[0]
    assert [texto_de(titulo) for titulo in titulos] == [seccion.nombre]
    assert f'<span aria-current="page">{seccion.nombre}</span>' in html
    assert hoy.count("<li>") >= 1


def test_el_menu_marca_la_seccion_en_que_se_esta(client):
    direccion = reverse("seccion", args=["conectarme-y-compartir"])

    marcadas = re.findall(r'<a href="([^"]+)" aria-current="true">', leer(client, direccion))

    assert marcadas == [direccion]


def test_una_seccion_con_app_entra_por_la_pagina_de_su_app(client):
    respuesta = client.get(reverse("seccion", args=["contactar-al-men"]))

    assert respuesta.url == reverse("conectate:entrada")


def test_una_seccion_que_no_existe_no_se_inventa(client):
    assert client.get("/secciones/quiero-otra-cosa/").status_code == 404


def test_el_mapa_del_sitio_lleva_a_todas_las_secciones(client):
    html = leer(client, reverse("mapa-del-sitio")).partition("<main")[2]

    assert all(seccion.get_absolute_url() in html for seccion in SECCIONES)


def test_el_pie_trae_los_datos_de_la_configuracion(client, settings):
    settings.INSTITUCION = {
        **settings.INSTITUCION,
        "direccion": "Calle Inventada 1",
        "telefonos": [{"nombre": "Línea", "numero": "+57 601 000 0000", "marcar": "+576010000000"}],
        "politicas": [{"nombre": "Términos de uso", "url": "https://ejemplo.test/terminos"}],
    }

    pie = leer(client, "/").partition("<footer")[2]

    assert "Calle Inventada 1" in pie
    assert 'href="tel:+576010000000">+57 601 000 0000</a>' in pie
    assert 'href="https://ejemplo.test/terminos"' in pie


def test_sin_politicas_del_ministerio_el_pie_lleva_a_las_del_portal(client):
    call_command("cargar_paginas", verbosity=0, stdout=StringIO())
    destinos = re.findall(r'href="(/politicas/[^"]+)"', leer(client, "/").partition("<footer")[2])

    estados = [client.get(destino).status_code for destino in destinos]

    assert [destino.split("/")[2] for destino in destinos] == [
        "terminos",
        "seguridad",
        "datos-personales",
        "cookies",
        "derechos-de-autor",
    ]
    assert estados == [200] * 5


@pytest.mark.parametrize(
    ("ruta", "seccion"),
    [
        ("contenidos:juntos", "Juntos lo Vamos a Lograr"),
        ("contenidos:movemos", "Movemos más Allá"),
        ("contenidos:colecciones", "Quiero aprender"),
        ("contenidos:politicas", None),
        ("contenidos:ayuda", None),
        ("contenidos:glosario", None),
        ("contenidos:buscar", None),
    ],
)
def test_lo_que_es_de_todo_el_portal_no_marca_una_seccion(client, ruta, seccion):
    marcadas = client.get(reverse(ruta)).context["seccion_actual"]

    assert (marcadas.nombre if marcadas else None) == seccion


def test_el_mapa_del_sitio_lleva_a_cada_pagina_escrita(client):
    call_command("cargar_paginas", verbosity=0, stdout=StringIO())

    html = leer(client, reverse("mapa-del-sitio")).partition("<main")[2]

    assert all(pagina.get_absolute_url() in html for pagina in Pagina.objects.all())


# ── Opciones de lectura ───────────────────────────────────────────────────────────────────────


def cambiar(client, cambio, **opciones):
    return client.post(reverse("accesibilidad"), {"cambio": cambio, **opciones})


def test_el_alto_contraste_se_recuerda_y_se_quita(client):
    cambiar(client, "contraste")
    puesto = leer(client, "/")

    cambiar(client, "contraste")
    quitado = leer(client, "/")

    assert '<html lang="es-CO" class="contraste-alto">' in puesto
    assert '<html lang="es-CO">' in quitado


def test_la_letra_crece_hasta_un_tope_y_no_baja_de_la_norma(client):
    for _ in range(9):
        cambiar(client, "aumentar")
    grande = leer(client, "/")

    for _ in range(9):
        cambiar(client, "reducir")
    normal = leer(client, "/")

    assert 'class="letra-4"' in grande
    assert '<html lang="es-CO">' in normal


def test_tras_cambiar_la_lectura_se_vuelve_a_la_misma_pagina(client):
    respuesta = cambiar(client, "aumentar", siguiente="/secciones/aprender/?x=1")

    assert respuesta.url == "/secciones/aprender/?x=1"


@pytest.mark.parametrize(
    "ajena", ["https://ejemplo.test/", "//ejemplo.test/", "javascript:alert(1)"]
)
def test_cambiar_la_lectura_no_lleva_a_otro_sitio(client, ajena):
    assert cambiar(client, "contraste", siguiente=ajena).url == reverse("portada")


def test_con_javascript_la_eleccion_se_guarda_sin_recargar(client):
    respuesta = client.post(
        reverse("accesibilidad"), {"cambio": "aumentar"}, headers={"accept": "application/json"}
    )

    assert respuesta.json() == {"contraste": False, "letra": 1}
    assert respuesta.cookies["letra"]["httponly"]


def test_leer_la_direccion_de_las_opciones_no_cambia_nada(client):
    assert client.get(reverse("accesibilidad")).status_code == 405


def test_una_cookie_escrita_a_mano_no_rompe_la_pagina(client):
    client.cookies["letra"], client.cookies["contraste"] = '9"><script>', "<b>"

    assert '<html lang="es-CO">' in leer(client, "/")


# ── Errores ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("codigo", "responder"),
    [
        (400, lambda pedido: views.solicitud_incorrecta(pedido, SuspiciousOperation())),
        (403, lambda pedido: defaults.permission_denied(pedido, PermissionDenied())),
        (500, views.error_del_servidor),
    ],
)
def test_cada_error_se_explica_en_espanol_y_tiene_salida(rf, codigo, responder):
    pedido = rf.get("/algo/")
    pedido.user = AnonymousUser()

    respuesta = responder(pedido)
    html = respuesta.content.decode()

    assert respuesta.status_code == codigo
    assert 'lang="es-CO"' in html
    assert len(re.findall("<h1", html)) == 1
    assert 'class="btn btn-primary" href="/"' in html


def test_una_direccion_que_no_existe_se_explica_y_tiene_salida(client):
    respuesta = client.get("/no/existe/")
    html = respuesta.content.decode()

    assert respuesta.status_code == 404
    assert "La página no existe" in html
    assert 'class="btn btn-primary" href="/"' in html


def test_un_formulario_sin_su_ficha_dice_que_vencio():
    respuesta = Client(enforce_csrf_checks=True).post(
        reverse("accesibilidad"), {"cambio": "contraste"}
    )

    assert respuesta.status_code == 403
    assert "El formulario venció y no se envió" in respuesta.content.decode()


def test_cuando_algo_se_rompe_se_da_un_codigo_y_no_el_detalle(client, con_muestras):
    client.raise_request_exception = False

    respuesta = client.get("/muestra/se-rompe/")
    html = respuesta.content.decode()

    assert respuesta.status_code == 500
    assert f"<code>{respuesta['X-Correlacion']}</code>" in html
    assert "a propósito" not in html


# ── Piezas ────────────────────────────────────────────────────────────────────────────────────


def test_cada_componente_abre_con_la_lista_de_lo_que_recibe():
    sin_lista = [
        plantilla.name
        for plantilla in (RAIZ / "templates/componentes").glob("*.html")
        if not plantilla.read_text(encoding="utf-8").startswith("{% comment %}")
    ]

    assert sin_lista == []


def test_en_los_formularios_la_ayuda_y_el_error_van_antes_del_campo(client, con_muestras):
    html = leer(client, "/muestra/?errores")

    campo = html.partition('id="div_id_titulo"')[2].partition("<input")
    assert "Como lo verá quien reciba la convocatoria." in campo[0]
    assert "Este campo es obligatorio." in campo[0]
    assert 'aria-describedby="id_titulo_helptext id_titulo_error"' in campo[2].partition(">")[0]


def test_el_resumen_de_errores_lleva_a_cada_campo(client, con_muestras):
    html = leer(client, "/muestra/?errores")

    destinos = re.findall(r'<li><a href="#([^"]+)">', html)
    assert destinos == ["id_titulo", "id_fecha", "id_tipo", "id_modalidad_0"]
    assert all(f'id="{destino}"' in html for destino in destinos)
