"""Lo nuevo de un tema en un lector de noticias: Atom y RSS, solo lo que ve cualquiera."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.temas import renombrar_tema
from contenidos.models import Buscable
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CANALES = ["atom-de-tema", "rss-de-tema"]


def publicado(tema, titulo="Guía nueva", **datos):
    contenido = un_contenido(titulo, temas=[tema], **datos)
    poner_al_dia(contenido)
    return contenido


def leido(client, canal, tema):
    respuesta = client.get(reverse(f"contenidos:{canal}", args=[tema.slug]))
    return respuesta, ElementTree.fromstring(respuesta.content)


def titulos(arbol):
    entradas = arbol.findall(f"{ATOM}entry") or arbol.findall("channel/item")
    return [(e.findtext(f"{ATOM}title") or e.findtext("title")) for e in entradas]


@pytest.mark.parametrize(
    ("canal", "tipo"),
    [("atom-de-tema", "application/atom+xml"), ("rss-de-tema", "application/rss+xml")],
)
def test_el_canal_trae_lo_nuevo_del_tema(client, canal, tipo):
    tema = un_tema("Permanencia")
    publicado(tema)

    respuesta, arbol = leido(client, canal, tema)

    assert respuesta["Content-Type"].startswith(tipo)
    assert titulos(arbol) == ["Guía nueva"]


def test_la_entrada_lleva_su_direccion_completa_y_su_fecha(client):
    tema = un_tema()
    contenido = publicado(tema)

    _, arbol = leido(client, "atom-de-tema", tema)

    entrada = arbol.find(f"{ATOM}entry")
    assert entrada.find(f"{ATOM}link").get("href") == (
        f"http://testserver{contenido.get_absolute_url()}"
    )
    assert entrada.findtext(f"{ATOM}updated").startswith(str(timezone.localdate()))


@pytest.mark.parametrize("canal", CANALES)
def test_ni_quien_entro_se_lleva_en_el_canal_lo_reservado(client, canal):
    tema = un_tema()
    publicado(tema, "Abierta")
    publicado(tema, "De secretarías", visibilidad="secretarias")
    poner_al_dia(un_borrador("Borrador", temas=[tema]))
    publicado(tema, "Programada", publicado_en=timezone.now() + timedelta(days=2))
    client.force_login(un_usuario("administracion"))

    _, arbol = leido(client, canal, tema)

    assert titulos(arbol) == ["Abierta"]


@pytest.mark.parametrize("canal", CANALES)
def test_el_canal_de_un_tema_renombrado_lleva_al_de_hoy(client, canal):
    tema = un_tema("Alternancia")
    vieja = reverse(f"contenidos:{canal}", args=[tema.slug])
    renombrar_tema(tema=tema, nombre="Retorno", por=un_usuario("administracion"))

    respuesta = client.get(vieja)

    assert (respuesta.status_code, respuesta["Location"]) == (
        301,
        reverse(f"contenidos:{canal}", args=["retorno"]),
    )


def test_un_lector_que_ya_lo_tiene_no_lo_baja_otra_vez(client):
    tema = un_tema()
    publicado(tema)
    respuesta, _ = leido(client, "atom-de-tema", tema)

    otra = client.get(
        reverse("contenidos:atom-de-tema", args=[tema.slug]),
        headers={"if-none-match": respuesta["ETag"]},
    )

    assert otra.status_code == 304


def test_el_canal_de_un_tema_sin_nada_tambien_se_lee(client):
    respuesta, arbol = leido(client, "rss-de-tema", un_tema("Sin nada"))

    assert (respuesta.status_code, titulos(arbol)) == (200, [])


@pytest.mark.parametrize("canal", CANALES)
def test_el_canal_de_un_tema_que_no_hay_no_esta(client, canal):
    assert client.get(reverse(f"contenidos:{canal}", args=["no-hay"])).status_code == 404


def test_un_titulo_con_letras_de_xml_no_rompe_el_canal(client):
    tema = un_tema()
    publicado(tema, "Niños & niñas <en> «casa»")

    _, arbol = leido(client, "rss-de-tema", tema)

    assert titulos(arbol) == ["Niños & niñas <en> «casa»"]


@pytest.mark.parametrize("canal", ["atom-de-tema", "rss-de-tema"])
def test_lo_pegado_de_un_pdf_con_letras_de_control_no_rompe_el_canal(client, canal):
    tema = un_tema()
    publicado(tema, "Guía\x0b de \x1fPAE", resumen="Hoja\x0c dos\ufffe")

    _, arbol = leido(client, canal, tema)

    assert titulos(arbol) == ["Guía  de  PAE"]


@pytest.mark.parametrize("cuantos", [1, 12])
def test_el_canal_pregunta_lo_mismo_con_poco_que_con_mucho(
    client, cuantos, django_assert_num_queries
):
    tema = un_tema()
    for n in range(cuantos):
        publicado(tema, f"Guía {n}")
    assert Buscable.objects.count() == cuantos

    with django_assert_num_queries(2):
        leido(client, "atom-de-tema", tema)
