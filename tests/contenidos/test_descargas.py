"""Qué es una descarga, cuántas hubo y quién puede saberlo."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from contenidos.models import Descarga
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_version

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
DESCARGAS = "/edicion/descargas/"


@pytest.fixture
def contenido():
    return un_contenido("Guía", archivo=b"%PDF-1.7 de prueba")


def bajar(client, contenido, *, navegador=FIREFOX, ruta="archivo", metodo="get", **cabeceras):
    cabeceras = {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
    argumentos = [contenido.slug, 1] if ruta == "archivo-de-version" else [contenido.slug]
    direccion = reverse(f"contenidos:{ruta}", args=argumentos)
    respuesta = getattr(client, metodo)(direccion, headers={"User-Agent": navegador, **cabeceras})
    respuesta.getvalue()
    return respuesta


def una_descarga(contenido, entidad=None, testigo="x", **datos):
    return Descarga.objects.create(contenido=contenido, entidad=entidad, testigo=testigo, **datos)


# ── Qué cuenta ────────────────────────────────────────────────────────────────────────────────


def test_la_misma_persona_cuenta_una_vez_aunque_lo_baje_de_todas_las_maneras(client, contenido):
    huila = una_entidad("Huila")
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=huila))

    for _ in range(2):
        bajar(client, contenido)
    bajar(client, contenido, ruta="archivo-de-version")

    assert list(contenido.descargas.values_list("entidad", "version")) == [
        (huila.pk, contenido.version_actual_id)
    ]


def test_la_misma_persona_desde_otro_computador_sigue_siendo_una(client, contenido):
    persona = un_usuario(Rol.EQUIPO_SECRETARIA)

    for _ in range(2):
        client.logout()
        client.force_login(persona)
        bajar(client, contenido)

    assert contenido.descargas.count() == 1


def test_quien_no_entro_cuenta_una_vez_por_sesion_de_navegacion(client, contenido):
    bajar(client, contenido)
    bajar(client, contenido)
    client.cookies.clear()
    bajar(client, contenido)

    assert list(contenido.descargas.values_list("entidad", flat=True)) == [None, None]


@pytest.mark.parametrize(
    "navegador",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0",
        "Wget/1.21",
        "curl/8.5.0",
        "python-requests/2.32",
        "",
    ],
)
def test_un_robot_baja_y_no_cuenta(client, contenido, navegador):
    respuesta = bajar(client, contenido, navegador=navegador)

    assert (respuesta.status_code, contenido.descargas.count()) == (200, 0)


def test_preguntar_retomar_o_ya_tenerlo_no_es_otra_descarga(client, contenido):
    etag = bajar(client, contenido, metodo="head")["ETag"]
    bajar(client, contenido, Range="bytes=5-", If_Range=etag)
    bajar(client, contenido, Range="bytes=99999-")
    bajar(client, contenido, If_None_Match=etag)
    bajar(client, contenido, Sec_Purpose="prefetch;prerender")

    assert contenido.descargas.count() == 0


def test_un_navegador_que_pide_por_trozos_cuenta_una_vez(client, contenido):
    for trozo in ("bytes=0-4", "bytes=5-9", "bytes=10-"):
        bajar(client, contenido, Range=trozo)

    assert contenido.descargas.count() == 1


def test_lo_que_se_esta_preparando_no_se_cuenta(client):
    borrador = un_borrador()
    una_version(borrador)
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    bajar(client, borrador)

    assert Descarga.objects.count() == 0


def test_el_testigo_no_dice_quien_es_ni_junta_lo_que_se_llevo(client, contenido):
    otro = un_contenido("Otra", archivo=b"%PDF-1.7")
    persona = un_usuario(Rol.EQUIPO_SECRETARIA)
    client.force_login(persona)

    bajar(client, contenido)
    bajar(client, otro)

    testigos = set(Descarga.objects.values_list("testigo", flat=True))
    assert len(testigos) == 2
    assert not any(str(persona.pk) == testigo or persona.email in testigo for testigo in testigos)
    assert {campo.name for campo in Descarga._meta.get_fields()} == {
        "id",
        "contenido",
        "version",
        "entidad",
        "testigo",
        "en",
    }


# ── Quién lo ve ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rol", "estado"),
    [(Rol.SECRETARIO, 403), (Rol.EQUIPO_SECRETARIA, 403), (Rol.PROFESIONAL, 200)],
)
def test_las_descargas_son_para_el_ministerio(client, rol, estado):
    client.force_login(un_usuario(rol))

    assert client.get(DESCARGAS).status_code == estado


@pytest.fixture
def reparto():
    """Huila se llevó dos; Cali, uno; el público, uno."""
    huila, cali = una_entidad("Huila", codigo_dane="41"), una_entidad("Cali", codigo_dane="76001")
    guia, acta = un_contenido("Guía", slug="guia"), un_contenido("Acta", slug="acta")
    una_descarga(guia, huila, "a", en="2025-05-05T12:00Z")
    una_descarga(acta, huila, "b", en="2026-05-05T12:00Z")
    una_descarga(guia, cali, "c", en="2026-05-05T12:00Z")
    una_descarga(guia, None, "d", en="2026-05-05T12:00Z")


def filas(client, **filtros):
    respuesta = client.get(DESCARGAS, filtros)
    return [
        (fila.get("contenido__titulo") or fila["entidad__nombre"], fila["n"])
        for fila in respuesta.context["pagina"]
    ]


def test_se_reparten_por_contenido_y_por_secretaria(client, reparto):
    client.force_login(un_usuario())

    assert filas(client) == [("Guía", 3), ("Acta", 1)]
    assert filas(client, por="entidad") == [("Huila", 2), ("Cali", 1)]
    assert filas(client, vigencia="2025") == [("Guía", 1)]
    assert filas(client, entidad="41") == [("Acta", 1), ("Guía", 1)]
    assert filas(client, por="entidad", contenido="guia") == [("Cali", 1), ("Huila", 1)]
    assert filas(client, por="x", vigencia="mil", entidad="no", contenido="no") == [
        ("Guía", 3),
        ("Acta", 1),
    ]


def test_la_pagina_dice_que_es_una_descarga(client, reparto):
    client.force_login(un_usuario())

    pagina = client.get(DESCARGAS).content.decode()

    assert "Una descarga es una persona que se llevó un contenido" in pagina
    assert "Los robots, los buscadores y los programas no cuentan." in pagina


def test_sin_descargas_lo_dice(client):
    client.force_login(un_usuario())

    assert "Aún nadie se ha llevado nada." in client.get(DESCARGAS).content.decode()


def test_el_excel_trae_los_tres_repartos_y_la_definicion(client, reparto):
    client.force_login(un_usuario())

    respuesta = client.get(DESCARGAS, {"formato": "xlsx", "vigencia": "2026"})

    libro = load_workbook(io.BytesIO(respuesta.content))
    valores = {hoja.title: [[c.value for c in fila] for fila in hoja.rows] for hoja in libro}
    assert [fila[:4] for fila in valores["Por contenido"][1:]] == [
        ["Guía", "guia", 2, 1],
        ["Acta", "guia", 1, 1],
    ]
    assert [fila[:4] for fila in valores["Por secretaría"][1:]] == [
        ["76001", "Cali", 1, 1],
        ["41", "Huila", 1, 1],
    ]
    assert [fila[1:] for fila in valores["Contenido y secretaría"][1:]] == [
        ["41", "Huila", 1],
        ["76001", "Cali", 1],
    ]
    metadatos = dict(fila[:2] for fila in valores["Metadatos"] if fila[0])
    assert metadatos["Alcance"] == "2026"
    assert metadatos["Qué es"].startswith("Una descarga es una persona")


def test_la_pagina_hace_las_mismas_consultas_con_una_que_con_muchas(client):
    client.force_login(un_usuario())
    una_descarga(un_contenido(), una_entidad())
    client.get(DESCARGAS)

    veces = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as hechas:
            client.get(DESCARGAS)
        veces.append(len(hechas))
        for n in range(5):
            una_descarga(un_contenido(), una_entidad(), f"t{n}")

    assert veces[0] == veces[1]
