"""Un archivo sale entero o por trozos, y lo que se retoma es siempre el mismo archivo."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import RequestFactory

from trabajos.entrega import empieza_una_descarga, entregar

DATOS = bytes(range(200)) * 1000


@pytest.fixture
def archivo(tmp_path):
    almacen = FileSystemStorage(tmp_path)
    almacen.save("guia.pdf", ContentFile(DATOS))
    with almacen.open("guia.pdf") as abierto:
        yield abierto


def pedir(archivo, metodo="get", *, nombre="guía.pdf", etiqueta="abc", **cabeceras):
    cabeceras = {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
    peticion = getattr(RequestFactory(), metodo)("/archivo/", headers=cabeceras)
    respuesta = entregar(
        peticion, archivo, nombre=nombre, tipo="application/pdf", etiqueta=etiqueta
    )
    respuesta.empieza = empieza_una_descarga(peticion, respuesta)
    return respuesta


def bytes_de(respuesta):
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content


def test_entero_dice_que_es_cuanto_pesa_y_que_se_puede_retomar(archivo):
    respuesta = pedir(archivo)

    assert (respuesta.status_code, bytes_de(respuesta)) == (200, DATOS)
    assert {
        nombre: respuesta[nombre]
        for nombre in ("ETag", "Accept-Ranges", "Content-Length", "Content-Type")
    } == {
        "ETag": '"abc"',
        "Accept-Ranges": "bytes",
        "Content-Length": "200000",
        "Content-Type": "application/pdf",
    }
    assert respuesta["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("rango", "desde", "hasta"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=120000-", 120_000, 199_999),
        ("bytes=-500", 199_500, 199_999),
        ("bytes=199999-199999", 199_999, 199_999),
        ("bytes=100-9999999", 100, 199_999),
        ("bytes=-9999999", 0, 199_999),
        ("BYTES=5-6", 5, 6),
    ],
)
def test_un_trozo_es_el_que_se_pidio(archivo, rango, desde, hasta):
    respuesta = pedir(archivo, Range=rango)

    assert (respuesta.status_code, respuesta["Content-Range"]) == (
        206,
        f"bytes {desde}-{hasta}/200000",
    )
    assert respuesta["Content-Length"] == str(hasta - desde + 1)
    assert bytes_de(respuesta) == DATOS[desde : hasta + 1]


@pytest.mark.parametrize("rango", ["bytes=200000-", "bytes=200000-200005", "bytes=-0"])
def test_un_trozo_que_no_existe_dice_cuanto_mide_el_archivo(archivo, rango):
    respuesta = pedir(archivo, Range=rango)

    assert (respuesta.status_code, respuesta["Content-Range"]) == (416, "bytes */200000")


@pytest.mark.parametrize(
    "rango",
    [
        "",
        "bytes=-",
        "bytes=9-3",
        "bytes=0-1,5-6",
        "renglones=1-2",
        "bytes=a-b",
        "bytes=٣-",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_un_rango_que_no_se_entiende_se_entrega_entero(archivo, rango):
    respuesta = pedir(archivo, Range=rango)

    assert (respuesta.status_code, bytes_de(respuesta)) == (200, DATOS)


def test_retomar_el_mismo_archivo_sigue_donde_iba(archivo):
    respuesta = pedir(archivo, Range="bytes=120000-", If_Range='"abc"')

    assert (respuesta.status_code, bytes_de(respuesta)) == (206, DATOS[120_000:])


@pytest.mark.parametrize("condicion", ['"otra"', 'W/"abc"', "Sun, 22 Nov 2026 10:00:00 GMT"])
def test_si_el_archivo_ya_es_otro_llega_entero(archivo, condicion):
    respuesta = pedir(archivo, Range="bytes=120000-", If_Range=condicion)

    assert (respuesta.status_code, bytes_de(respuesta)) == (200, DATOS)


def test_quien_ya_lo_tiene_no_lo_baja_otra_vez(archivo):
    respuesta = pedir(archivo, If_None_Match='"abc"')

    assert (respuesta.status_code, respuesta["ETag"], bytes_de(respuesta)) == (304, '"abc"', b"")


def test_a_quien_pide_solo_el_de_antes_se_le_dice_que_cambio(archivo):
    assert pedir(archivo, If_Match='"otra"').status_code == 412


@pytest.mark.parametrize(
    ("rango", "estado", "mide"), [("", 200, "200000"), ("bytes=0-9", 206, "10")]
)
def test_preguntar_por_el_no_lo_trae(archivo, rango, estado, mide):
    respuesta = pedir(archivo, "head", Range=rango)

    assert (respuesta.status_code, respuesta["Content-Length"], respuesta.content) == (
        estado,
        mide,
        b"",
    )


def test_uno_vacio_tambien_se_entrega(tmp_path):
    almacen = FileSystemStorage(tmp_path)
    almacen.save("vacio.txt", ContentFile(b""))

    with almacen.open("vacio.txt") as vacio:
        respuesta = pedir(vacio)

    assert (respuesta.status_code, respuesta["Content-Length"]) == (200, "0")


@pytest.mark.parametrize(
    ("nombre", "dicho"),
    [
        ("plano.pdf", 'attachment; filename="plano.pdf"'),
        ("Guía de niñez.pdf", "attachment; filename*=utf-8''Gu%C3%ADa%20de%20ni%C3%B1ez.pdf"),
        ('Un "plan".pdf', 'attachment; filename="Un \\"plan\\".pdf"'),
        ("uno\r\nSet-Cookie: x=1.pdf", 'attachment; filename="uno  Set-Cookie: x=1.pdf"'),
        ("../../etc/passwd", 'attachment; filename=".. .. etc passwd"'),
    ],
)
def test_el_nombre_llega_con_sus_tildes_y_sin_trampas(archivo, nombre, dicho):
    entero, trozo = pedir(archivo, nombre=nombre), pedir(archivo, nombre=nombre, Range="bytes=0-1")

    assert [entero["Content-Disposition"], trozo["Content-Disposition"]] == [dicho, dicho]


@pytest.mark.parametrize(
    ("metodo", "cabeceras", "empieza"),
    [
        ("get", {}, True),
        ("get", {"Range": "bytes=0-99"}, True),
        ("get", {"Range": "bytes=100-"}, False),
        ("get", {"Range": "bytes=200000-"}, False),
        ("get", {"If_None_Match": '"abc"'}, False),
        ("head", {}, False),
    ],
)
def test_solo_los_primeros_bytes_empiezan_una_descarga(archivo, metodo, cabeceras, empieza):
    assert pedir(archivo, metodo, **cabeceras).empieza == empieza
