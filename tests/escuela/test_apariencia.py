"""La cáscara del portal: menú, portada, secciones, lectura, errores y peso."""

import gzip
import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views import defaults

from conectate.models import Sesion, TipoSesion
from cuentas.models import Rol
from escuela import views
from escuela.secciones import SECCIONES
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion

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
ESTATICO = re.compile(r'(?:href|src)="/static/([^"#]+)')

pytestmark = pytest.mark.django_db


def texto_de(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def leer(client, direccion, **opciones):
    return client.get(direccion, **opciones).content.decode()


def una_sesion_publica(**datos):
    return una_sesion(audiencia=Sesion.Audiencia.COMUNIDAD, **datos)


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
    html = leer(client, reverse("seccion", args=["aprender"]))

    marcadas = re.findall(r'<a href="([^"]+)" aria-current="true">', html)

    assert marcadas == [reverse("seccion", args=["aprender"])]


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
    destinos = re.findall(r'href="/politicas/#([^"]+)"', leer(client, "/").partition("<footer")[2])
    html = leer(client, reverse("politicas"))

    assert destinos == ["terminos", "seguridad", "datos-personales", "cookies", "derechos-de-autor"]
    assert all(f'id="{destino}"' in html for destino in destinos)


def test_la_politica_de_cookies_las_nombra_todas(client, settings):
    client.force_login(un_usuario(Rol.SECRETARIO))
    cambiar(client, "contraste")
    leer(client, "/")

    html = leer(client, reverse("politicas"))

    assert all(f"<code>{nombre}</code>" in html for nombre in client.cookies)


# ── Portada ───────────────────────────────────────────────────────────────────────────────────


def test_la_portada_tiene_sentido_sin_ningun_dato(client):
    html = leer(client, "/")

    assert "Un mismo equipo, una sola escuela" in html
    assert "Aún no hay sesiones publicadas." in html
    assert "en cifras" not in html


def test_la_portada_cuenta_las_secretarias_de_hoy(client):
    una_entidad(tipo="departamento")
    una_entidad(tipo="municipio")
    una_entidad(tipo="municipio", hasta=date(2019, 12, 31))

    html = leer(client, "/")

    assert "2 secretarías, una sola escuela" in html
    assert html.count('<i class="departamento">') == 1


def test_la_portada_anuncia_las_sesiones_publicas_que_vienen(client):
    pronto = timezone.localdate() + timedelta(days=3)
    convocada = {"fecha": pronto, "estado": Sesion.Estado.CONVOCADA}
    una_sesion_publica(titulo="Abierta a todos", **convocada)
    una_sesion_publica(titulo="Aún en borrador", fecha=pronto, estado=Sesion.Estado.BORRADOR)
    una_sesion(titulo="Solo para equipos", **convocada)
    una_sesion_publica(titulo="Ya pasó")

    html = leer(client, "/")

    assert "Próximas sesiones" in html
    assert "Abierta a todos" in html
    assert not {"Aún en borrador", "Solo para equipos", "Ya pasó"} & set(
        re.findall(r">([^<]+)<", html)
    )


def test_sin_sesiones_por_venir_la_portada_muestra_las_ultimas(client):
    una_sesion_publica(titulo="La más vieja", fecha=date(2020, 1, 1))
    for dia in (2, 3, 4):
        una_sesion_publica(titulo=f"La del día {dia}", fecha=date(2020, 2, dia))

    html = leer(client, "/")

    assert "Últimas sesiones" in html
    assert re.findall(r"La del día \d", html) == ["La del día 4", "La del día 3", "La del día 2"]
    assert "La más vieja" not in html


def test_las_cifras_de_la_portada_salen_de_las_listas_de_asistencia(client):
    huila, meta = una_entidad(nombre="Huila"), una_entidad(nombre="Meta")
    primera, segunda = una_sesion(fecha=date(2020, 2, 4)), una_sesion(fecha=date(2020, 3, 3))
    for sesion, entidad in ((primera, huila), (primera, huila), (segunda, huila), (segunda, meta)):
        una_participacion(sesion, entidad)
    una_participacion(primera)
    una_participacion(primera, huila, cuenta=False)
    una_sesion(fecha=date(2020, 4, 1), tipo=un_tipo("reunion", conteo=TipoSesion.Conteo.APARTE))
    una_sesion(fecha=date(2019, 4, 1))

    html = leer(client, "/").partition("2020 en cifras")[2]

    cifras = [texto_de(cifra) for cifra in re.findall(r'<p class="cifra-valor">(.*?)</p>', html)]
    assert cifras == ["2", "5", "2 de 2"]


def test_la_portada_dice_cuando_las_cifras_son_de_demostracion(client):
    una_sesion(es_demostracion=True)

    html = leer(client, "/")

    assert "se calculan con datos inventados" in html
    assert "<strong>Demostración:</strong>" in html


def test_sin_datos_inventados_no_hay_franja_de_demostracion(client):
    una_sesion()

    assert "Demostración:" not in leer(client, "/")


@pytest.mark.parametrize("cuantas", [3, 30])
def test_la_portada_hace_las_mismas_consultas_con_pocas_y_con_muchas_sesiones(
    client, django_assert_num_queries, cuantas
):
    for n in range(cuantas):
        una_participacion(una_sesion_publica(titulo=f"Sesión {n}"), una_entidad())

    with django_assert_num_queries(8):
        client.get("/")


def test_quien_entro_ve_su_nombre_y_como_salir(client):
    client.force_login(un_usuario(Rol.SECRETARIO, nombre="Persona de Prueba"))

    html = leer(client, "/")

    assert "Persona de Prueba" in html
    assert "Salir" in html
    assert "Entrar con mi cuenta" not in html


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


def test_los_textos_que_llegan_se_escapan(client):
    una_sesion_publica(titulo="<script>alert('x')</script> & «ñandú»")

    html = leer(client, "/")

    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; «ñandú»" in html


# ── Peso y piezas ajenas ──────────────────────────────────────────────────────────────────────


def lo_que_pide(html):
    """Cada archivo que la página trae, con lo que pesa comprimido."""
    nombres = set(ESTATICO.findall(html))
    for hoja in [nombre for nombre in nombres if nombre.endswith(".css")]:
        for referencia in re.findall(r'url\("([^"]+)"\)', contenido(hoja).decode()):
            if not referencia.startswith("data:"):
                nombres.add(str(Path(hoja).parent / referencia).replace("css/../", ""))
    return {nombre: len(brotli.compress(contenido(nombre))) for nombre in nombres}


def contenido(nombre):
    return Path(finders.find(nombre)).read_bytes()


def test_la_primera_vista_pesa_poco_y_pide_poco(client):
    for n in range(97):
        una_entidad(nombre=f"Entidad {n}")
    for n in range(5):
        una_participacion(una_sesion_publica(titulo=f"Una sesión con título largo {n}"))
    html = leer(client, "/")

    pesos = lo_que_pide(html)
    total = sum(pesos.values()) + len(gzip.compress(html.encode()))

    assert total < 70_000
    assert len(pesos) + 1 <= 10
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".css")) < 16_000
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".js")) < 6_000
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".woff2")) < 28_000


def test_la_pagina_siguiente_trae_casi_nada(client):
    ya_estan = lo_que_pide(leer(client, "/"))
    html = leer(client, reverse("seccion", args=["informarme"]))

    nuevos = {nombre: peso for nombre, peso in lo_que_pide(html).items() if nombre not in ya_estan}

    assert sum(nuevos.values()) + len(gzip.compress(html.encode())) < 15_000


def test_ninguna_pagina_trae_nada_de_terceros(client):
    html = leer(client, "/")

    traidos = re.findall(
        r'<(?:link|script|img|iframe|use|source)\b[^>]*(?:href|src)="([^"]+)"', html
    )

    assert {origen for origen in traidos if not origen.startswith("/static/")} == set()


def test_cada_pieza_ajena_tiene_su_huella_anotada():
    anotadas = dict(
        re.findall(
            r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|",
            (RAIZ / "static/vendor/LEEME.md").read_text(),
        )
    )

    reales = {
        archivo.name: hashlib.sha256(archivo.read_bytes()).hexdigest()
        for archivo in (RAIZ / "static/vendor").iterdir()
        if archivo.suffix not in {".md", ".txt"}
    }

    assert anotadas == reales


# ── Color ─────────────────────────────────────────────────────────────────────────────────────


def luminancia(color):
    color = color.lstrip("#")
    color = "".join(c * 2 for c in color) if len(color) == 3 else color
    canales = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contraste(uno, otro):
    claro, oscuro = sorted((luminancia(uno), luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def colores(tema):
    css = (RAIZ / "static/css/base.css").read_text(encoding="utf-8")

    def de(selector):
        bloque = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", css, re.S | re.M).group(1)
        return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", bloque))

    return de(":root") if tema == "normal" else {**de(":root"), **de(".contraste-alto")}


@pytest.mark.parametrize("tema", ["normal", "alto"])
@pytest.mark.parametrize(
    ("texto", "fondos"),
    [
        ("tinta", ["fondo", "papel", "niebla", "verde-papel", "ambar-papel", "rojo-papel"]),
        ("gris", ["fondo", "papel", "niebla"]),
        ("cobalto", ["fondo", "papel", "niebla"]),
        ("cobalto-hondo", ["fondo", "papel", "niebla"]),
        ("rojo", ["fondo", "rojo-papel", "papel"]),
        ("verde", ["fondo", "verde-papel", "papel"]),
        ("ambar", ["fondo", "ambar-papel", "papel"]),
        ("sobre-cobalto", ["barra"]),
    ],
)
def test_todo_texto_se_distingue_de_su_fondo(tema, texto, fondos):
    color = colores(tema)

    flojos = {f for f in fondos if contraste(color[texto], color[f]) < 4.5}

    assert flojos == set()


@pytest.mark.parametrize("tema", ["normal", "alto"])
def test_bordes_de_campo_y_foco_se_distinguen(tema):
    color = colores(tema)

    assert contraste(color["borde"], color["fondo"]) >= 3
    assert contraste(color["foco"], color["fondo"]) >= 3
