"""Bajar un contenido: el de hoy y el de siempre, por trozos y aunque cambie mientras baja."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.fabricas_de_contenidos import un_contenido, una_version

pytestmark = pytest.mark.django_db

VIEJO, NUEVO = b"%PDF-1.7 viejo " * 1000, b"%PDF-1.7 nuevo, otro " * 900


def pedir(client, ruta, contenido, *argumentos, **cabeceras):
    """(estado, bytes, cabeceras)."""
    cabeceras = {nombre.replace("_", "-"): valor for nombre, valor in cabeceras.items()}
    direccion = reverse(f"contenidos:{ruta}", args=[contenido.slug, *argumentos])
    respuesta = client.get(direccion, headers=cabeceras)
    return respuesta.status_code, respuesta.getvalue(), respuesta.headers


@pytest.fixture
def contenido():
    return un_contenido(slug="guia", archivo=VIEJO)


def test_la_direccion_de_siempre_da_lo_de_hoy_y_la_de_cada_version_lo_suyo(client, contenido):
    antes = pedir(client, "archivo", contenido)[:2]
    una_version(contenido, NUEVO)

    assert antes == (200, VIEJO)
    assert pedir(client, "archivo", contenido)[:2] == (200, NUEVO)
    assert pedir(client, "archivo-de-version", contenido, 1)[:2] == (200, VIEJO)
    assert pedir(client, "archivo-de-version", contenido, 2)[:2] == (200, NUEVO)


def test_una_bajada_cortada_al_sesenta_por_ciento_se_retoma(client, contenido):
    _, primero, cabeceras = pedir(client, "archivo", contenido)
    corte = len(VIEJO) * 6 // 10

    estado, resto, _ = pedir(
        client, "archivo", contenido, Range=f"bytes={corte}-", If_Range=cabeceras["ETag"]
    )

    assert (estado, primero[:corte] + resto) == (206, VIEJO)


def test_si_se_reemplaza_mientras_baja_llega_el_nuevo_entero_y_no_una_mezcla(client, contenido):
    etag = pedir(client, "archivo", contenido)[2]["ETag"]
    una_version(contenido, NUEVO)

    pedido = {"Range": "bytes=9000-", "If_Range": etag}

    assert pedir(client, "archivo", contenido, **pedido)[:2] == (200, NUEVO)
    assert pedir(client, "archivo-de-version", contenido, 1, **pedido)[:2] == (206, VIEJO[9000:])


def test_quien_ya_baja_el_viejo_lo_termina_aunque_salga_el_nuevo(client, contenido):
    respuesta = client.get(reverse("contenidos:archivo", args=[contenido.slug]))

    una_version(contenido, NUEVO)

    assert respuesta.getvalue() == VIEJO


def test_quien_lo_tiene_no_lo_baja_otra_vez(client, contenido):
    etag = pedir(client, "archivo", contenido)[2]["ETag"]

    assert pedir(client, "archivo", contenido, If_None_Match=etag)[:2] == (304, b"")


def test_va_como_descarga_con_su_tipo_y_su_nombre_y_nadie_lo_comprime(client):
    contenido = un_contenido()
    una_version(contenido, b"x" * 5000, nombre='Guía "número" 1.docx')

    _, _, cabeceras = pedir(client, "archivo", contenido, Accept_Encoding="gzip")

    assert cabeceras["Content-Type"].endswith("wordprocessingml.document")
    assert cabeceras["Content-Disposition"] == (
        "attachment; filename*=utf-8''Gu%C3%ADa%20%22n%C3%BAmero%22%201.docx"
    )
    assert (cabeceras["Content-Encoding"], cabeceras["Content-Length"]) == ("identity", "5000")
    assert cabeceras["X-Content-Type-Options"] == "nosniff"


def test_lo_que_acompana_a_una_version_se_entrega_con_su_tipo(client):
    contenido = un_contenido()
    una_version(
        contenido,
        nombre="video.mp4",
        miniatura=ContentFile(b"RIFF", name="m.webp"),
        subtitulos=ContentFile(b"WEBVTT", name="s.vtt"),
        ligero=ContentFile(b"ligero", name="l.webm"),
        tamano_ligero=6,
    )

    entregas = {
        ruta: pedir(client, ruta, contenido, *argumentos)
        for ruta, *argumentos in (("miniatura", 1), ("subtitulos", 1), ("ligero",))
    }

    assert {
        ruta: (estado, datos, cabeceras["Content-Type"])
        for ruta, (estado, datos, cabeceras) in entregas.items()
    } == {
        "miniatura": (200, b"RIFF", "image/webp"),
        "subtitulos": (200, b"WEBVTT", "text/vtt"),
        "ligero": (200, b"ligero", "video/webm"),
    }
    assert "(ligera).webm" in entregas["ligero"][2]["Content-Disposition"]


def test_lo_que_no_tiene_archivo_o_version_ligera_lleva_a_su_ficha(client, contenido):
    enlace = un_contenido(enlace="https://aliado.example/")

    for ruta, cual in (("archivo", enlace), ("ligero", enlace), ("ligero", contenido)):
        respuesta = client.get(reverse(f"contenidos:{ruta}", args=[cual.slug]))

        assert (respuesta.status_code, respuesta.url) == (302, cual.get_absolute_url())


@pytest.mark.parametrize(
    ("ruta", "numero"),
    [
        ("archivo-de-version", 7),
        ("archivo-de-version", 10**12),
        ("archivo-de-version", 10**30),
        ("miniatura", 1),
        ("subtitulos", 1),
    ],
)
def test_lo_que_no_esta_es_un_404(client, contenido, ruta, numero):
    direccion = reverse(f"contenidos:{ruta}", args=[contenido.slug, numero])

    assert client.get(direccion).status_code == 404


def test_si_el_archivo_se_perdio_del_disco_es_un_404_y_no_un_error(client, contenido):
    contenido.version_actual.archivo.storage.delete(contenido.version_actual.archivo.name)

    assert client.get(reverse("contenidos:archivo", args=["guia"])).status_code == 404
