"""Encontrar contenidos y llevarlos al territorio, por una línea lenta que se corta al 60 %.

Quien viaja es el equipo de San Andrés: busca sin tildes, afina, aparta seis, baja el paquete, se le
cae la conexión y sigue donde iba. Después una guía cambia y sus enlaces viejos siguen llegando.
"""

import base64
import hashlib
import io
import random
import zipfile
from urllib.request import Request, urlopen

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.versiones import subir_version
from contenidos.models import Contenido, Descarga
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_entidad
from tests.fabricas_de_contenidos import un_contenido, una_clase, una_version
from tests.navegador.gestos import pulsar
from trabajos.acciones import ejecutar_pendientes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

TITULOS = (
    "Guía de flexibilización curricular",
    "Orientaciones para flexibilizaciones curriculares",
    "Protocolo de flexibilización del currículo",
    "Instrumento de flexibilización curricular",
    "Formato de flexibilización curricular",
    "Presentación: flexibilización curricular",
)
LA_GUIA = TITULOS[0]
KB = 1024
PESO = 200 * KB  # de cada archivo: seis hacen un paquete que por esta línea tarda
LINEA = {"offline": False, "latency": 300, "downloadThroughput": 300 * KB, "uploadThroughput": KB}
SIN_LINEA = {**LINEA, "offline": True}

# Baja por trozos y deja ver cuánto va; con `desde`, sigue donde se cortó.
BAJAR = """([url, desde, etiqueta]) => {
    const cabeceras = desde ? {Range: `bytes=${desde}-`, "If-Range": etiqueta} : {};
    window.linea = new AbortController();
    window.bajada = {recibidos: 0, pedazos: [], termino: false, error: ""};
    const pedido = {headers: cabeceras, cache: "no-store", signal: linea.signal};
    fetch(url, pedido).then(async respuesta => {
        bajada.estado = respuesta.status;
        bajada.etiqueta = respuesta.headers.get("ETag");
        bajada.rango = respuesta.headers.get("Content-Range");
        bajada.total = Number(respuesta.headers.get("Content-Length"));
        const lector = respuesta.body.getReader();
        for (;;) {
            const {done, value} = await lector.read();
            if (done) break;
            bajada.pedazos.push(value);
            bajada.recibidos += value.length;
        }
    }).catch(error => { bajada.error = String(error); }).finally(() => { bajada.termino = true; });
}"""
LO_BAJADO = """async () => {
    const lector = new FileReader();
    const leido = new Promise(listo => { lector.onload = () => listo(lector.result); });
    lector.readAsDataURL(new Blob(bajada.pedazos));
    return (await leido).split(",")[1];
}"""


def un_pdf(semilla, tamano=PESO):
    """No se deja comprimir: en el ZIP pesa lo mismo."""
    return b"%PDF-1.7\n" + random.Random(semilla).randbytes(tamano) + b"\n%%EOF"


@pytest.fixture
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def biblioteca(archivos):
    """Las seis que busca, y otras dos que no."""
    guia = una_clase("guia", nombre="guía", plural="guías")
    curriculo, agua = un_tema("Flexibilización curricular"), un_tema("Manejo de agua")
    for numero, titulo in enumerate(TITULOS):
        contenido = un_contenido(
            titulo,
            slug=f"flexibilizacion-{numero}",
            temas=[curriculo],
            clase=guia if numero < 2 else una_clase("protocolo"),
            vigencia=2020 if numero < 4 else 2021,
        )
        una_version(contenido, un_pdf(numero), nombre=f"Currículo n.º {numero}.pdf")
    for titulo in ("Lista de chequeo de agua", "Alimentación en casa"):
        un_contenido(titulo, temas=[agua], archivo=un_pdf(titulo, KB))
    poner_al_dia(*Contenido.objects.all())


@pytest.fixture
def san_andres():
    return un_usuario(
        Rol.EQUIPO_SECRETARIA, entidad=una_entidad("San Andrés y Providencia", codigo_dane="88")
    )


class Linea:
    """La conexión de esa pestaña: lenta, y que se cae y vuelve."""

    def __init__(self, pagina):
        self.pagina = pagina
        self.cdp = pagina.context.new_cdp_session(pagina)
        self.cdp.send("Network.enable")
        self.vuelve()

    def vuelve(self):
        self.cdp.send("Network.emulateNetworkConditions", LINEA)

    def se_cae(self):
        """Lo que venía se pierde y nada más pasa. Chromium, al quedar sin red, suelta de una vez
        lo que ya le había llegado: por eso antes se le corta lo que estaba bajando."""
        self.pagina.evaluate("linea.abort()")
        self.cdp.send("Network.emulateNetworkConditions", SIN_LINEA)


def buscar(pagina, texto):
    pagina.goto("/contenidos/")
    pagina.get_by_role("searchbox", name="¿Qué necesita?").fill(texto)
    pulsar(pagina.get_by_role("main").get_by_role("button", name="Buscar"))
    return pagina.locator(".estante h3").all_inner_texts()


def apartar_todo(pagina):
    for titulo in TITULOS:
        pagina.get_by_role("button", name=f"A la canasta : {titulo}", exact=True).click()
        expect(pagina.locator(".en-la-canasta")).to_have_count(TITULOS.index(titulo) + 1)


def pedir_el_paquete(pagina):
    pagina.get_by_role("link", name="Su canasta (6)").click()
    pulsar(pagina.get_by_role("button", name="Pedir el paquete (ZIP)"))
    ejecutar_pendientes()  # lo que haría el trabajador
    pagina.reload()
    enlace = pagina.get_by_role("link", name="Descargar (ZIP,")
    expect(enlace).to_be_visible()
    return enlace


def bajar(pagina, url, desde=0, etiqueta=""):
    pagina.evaluate(BAJAR, [url, desde, etiqueta])


def esperar(pagina, condicion):
    """`wait_for_function` compila adentro de la página, y la CSP del portal no deja."""
    while not pagina.evaluate(condicion):
        pagina.wait_for_timeout(40)


def lo_bajado(pagina):
    esperar(pagina, "bajada.termino")
    return base64.b64decode(pagina.evaluate(LO_BAJADO))


def veces_que_se_bajo():
    return Descarga.objects.count()


@pytest.mark.parametrize("con_javascript", [True, False])
def test_se_encuentra_se_afina_y_se_aparta(navegador, biblioteca, san_andres, con_javascript):
    pagina = navegador(usuario=san_andres, java_script_enabled=con_javascript)
    maneras = ("flexibilizacion curricular", "flexibilización curricular", "FLEXIBILIZACIONES")

    hallados = [set(buscar(pagina, manera)) for manera in maneras]

    assert hallados == [set(TITULOS)] * 3
    expect(pagina.locator(".estante .libro-pie").first).to_contain_text("PDF · 1 página · 200,0")
    for faceta in ("Guía", "2020"):
        pagina.locator(".facetas a").filter(has_text=faceta).click()
    expect(pagina.locator(".estante h3")).to_have_count(2)
    pagina.get_by_role("link", name="Quitar todos").click()
    expect(pagina.locator(".estante h3")).to_have_count(6)
    expect(pagina.get_by_text("(reportado)").first).to_be_visible()
    expect(pagina.get_by_text("catalogados (calculado)")).to_be_visible()
    apartar_todo(pagina)
    expect(pagina.get_by_role("link", name="Su canasta (6)")).to_be_visible()


def test_el_paquete_se_corta_al_sesenta_por_ciento_y_sigue_donde_iba(
    navegador, biblioteca, san_andres
):
    pagina = navegador(usuario=san_andres)
    buscar(pagina, "flexibilizacion curricular")
    apartar_todo(pagina)
    url = pedir_el_paquete(pagina).get_attribute("href")
    linea = Linea(pagina)

    bajar(pagina, url)
    esperar(pagina, "bajada.total && bajada.recibidos >= 0.6 * bajada.total")
    linea.se_cae()
    comienzo = lo_bajado(pagina)
    primera = pagina.evaluate("({...bajada, pedazos: null})")
    bajar(pagina, url, len(comienzo), primera["etiqueta"])
    sin_linea = lo_bajado(pagina), pagina.evaluate("bajada.error")
    linea.vuelve()
    bajar(pagina, url, len(comienzo), primera["etiqueta"])
    resto = lo_bajado(pagina)
    segunda = pagina.evaluate("({...bajada, pedazos: null})")

    assert sin_linea == (b"", "TypeError: Failed to fetch")
    assert 0.6 <= len(comienzo) / primera["total"] < 1
    assert (segunda["estado"], segunda["rango"]) == (
        206,
        f"bytes {len(comienzo)}-{primera['total'] - 1}/{primera['total']}",
    )
    exigir_que_este_completo(comienzo + resto)
    assert veces_que_se_bajo() == len(TITULOS)


def exigir_que_este_completo(datos):
    """Los seis, con los bytes que son, y un índice que los nombra."""
    with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
        assert paquete.testzip() is None
        nombres = [nombre for nombre in paquete.namelist() if nombre.endswith(".pdf")]
        huellas = {hashlib.sha256(paquete.read(nombre)).hexdigest() for nombre in nombres}
        indice = next(nombre for nombre in paquete.namelist() if nombre.endswith(".html"))
        texto = paquete.read(indice).decode()
    assert huellas == {hashlib.sha256(un_pdf(n)).hexdigest() for n in range(len(TITULOS))}
    assert [titulo for titulo in TITULOS if titulo not in texto] == []


def test_la_descarga_del_navegador_trae_el_mismo_paquete(navegador, biblioteca, san_andres):
    pagina = navegador(usuario=san_andres, java_script_enabled=False)
    buscar(pagina, "flexibilizacion curricular")
    apartar_todo(pagina)
    enlace = pedir_el_paquete(pagina)

    with pagina.expect_download() as descarga:
        enlace.click()

    exigir_que_este_completo(descarga.value.path().read_bytes())


def test_la_guia_cambia_y_los_enlaces_viejos_siguen_llegando(
    navegador, biblioteca, san_andres, live_server
):
    guia = Contenido.objects.get(titulo=LA_GUIA)
    anterior = guia.version_actual.creado_en
    de_siempre, la_uno = f"/contenidos/{guia.slug}/archivo/", f"/contenidos/{guia.slug}/v/1/"
    nueva = un_pdf("nueva", KB)
    subir_version(contenido=guia, archivo=ContentFile(nueva, name="Guía.pdf"), por=un_usuario())
    pagina = navegador(usuario=san_andres)

    pagina.goto(guia.get_absolute_url())

    fecha = f"{anterior.day} de "
    expect(pagina.locator(".obra-version")).to_contain_text(f"v2, reemplaza v1 del {fecha}")
    assert pagina.request.get(de_siempre).body() == nueva
    assert pagina.request.get(la_uno).body() == un_pdf(0)


def test_un_robot_no_cuenta_y_la_misma_persona_cuenta_una_vez(
    navegador, biblioteca, san_andres, live_server
):
    guia = Contenido.objects.get(titulo=LA_GUIA)
    direccion = f"/contenidos/{guia.slug}/archivo/"
    robot = Request(
        live_server.url + direccion, headers={"User-Agent": "Mozilla/5.0 (compatible; Robotbot/2)"}
    )
    pagina = navegador(usuario=san_andres)
    pagina.goto(guia.get_absolute_url())

    with urlopen(robot) as respuesta:
        respuesta.read()
    del_robot = veces_que_se_bajo()
    for _ in range(2):
        with pagina.expect_download() as descarga:
            pagina.get_by_role("main").get_by_role("link", name="Descargar").click()
        descarga.value.path()

    pagina.reload()
    assert (del_robot, veces_que_se_bajo()) == (0, 1)
    assert Descarga.objects.get().entidad == san_andres.entidad
    expect(pagina.get_by_text("los robots no cuentan")).to_be_visible()
