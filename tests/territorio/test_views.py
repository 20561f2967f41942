"""La página pública de las secretarías y su descarga."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import una_entidad

PAGINA = "/secretarias/"


def filas(respuesta):
    texto = respuesta.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto)))


def nombres(respuesta):
    return [entidad.nombre for entidad in respuesta.context["entidades"]]


def test_cualquiera_ve_cuantas_son_y_cuales(territorio, client):
    pagina = client.get(PAGINA, {"fecha": "2026-03-01"})

    texto = pagina.content.decode()
    assert (pagina.status_code, len(nombres(pagina))) == (200, 97)
    assert "El 1 de marzo de 2026 son 97." in texto
    assert "Se certificó La Estrella." in texto


@pytest.mark.parametrize(
    ("fecha", "cuantas"), [("2018-06-01", 95), ("2020-06-09", 96), ("2023-01-01", 97)]
)
def test_cada_fecha_tiene_las_suyas(territorio, client, fecha, cuantas):
    pagina = client.get(PAGINA, {"fecha": fecha})

    assert (len(nombres(pagina)), pagina.context["numero"]) == (cuantas, cuantas)


@pytest.mark.parametrize(
    ("filtro", "quienes"),
    [
        ({"q": "tumaco"}, ["San Andrés de Tumaco"]),
        ({"q": "IBAGUE"}, ["Ibagué"]),
        ({"q": "25286"}, ["Funza"]),
        ({"q": "narino", "tipo": "departamento"}, ["Nariño"]),
        ({"departamento": "52", "tipo": "municipio"}, ["Ipiales", "Pasto"]),
        ({"departamento": "52", "q": "ñari", "tipo": "distrito"}, ["San Andrés de Tumaco"]),
    ],
)
def test_se_busca_sin_tildes_y_se_filtra(territorio, client, filtro, quienes):
    assert nombres(client.get(PAGINA, filtro)) == quienes


def test_sin_resultados_se_dice_que_hacer(territorio, client):
    pagina = client.get(PAGINA, {"q": "atlántida"})

    assert "Ninguna secretaría coincide" in pagina.content.decode()


def test_lo_que_no_se_entiende_no_filtra(territorio, client):
    pagina = client.get(PAGINA, {"fecha": "ayer", "departamento": "xx", "tipo": "reino"})

    assert (pagina.status_code, len(nombres(pagina))) == (200, 97)


def test_la_descarga_trae_lo_mismo_con_los_codigos_como_texto(territorio, client):
    respuesta = client.get(reverse("territorio:entidades-csv"), {"departamento": "05"})

    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    assert len(filas(respuesta)) == 10
    assert filas(respuesta)[0] == {
        "Código DANE": "05",
        "Código del MEN": "3758",
        "Secretaría": "Antioquia",
        "Tipo": "departamento",
        "Departamento": "Antioquia",
        "Desde": "",
        "Hasta": "",
    }
    assert b'"05","3758","Antioquia"' in respuesta.content


def test_no_se_escribe_por_esta_puerta(territorio, client):
    assert client.post(PAGINA).status_code == 405


@pytest.mark.parametrize("ruta", [PAGINA, "/secretarias/csv/"])
def test_la_lista_hace_las_mismas_consultas_con_una_que_con_tres(
    db, client, django_assert_num_queries, ruta
):
    una_entidad()
    with CaptureQueriesContext(connection) as con_una:
        client.get(ruta)
    una_entidad()
    una_entidad()

    with django_assert_num_queries(len(con_una)):
        client.get(ruta)


def test_sin_entidades_la_pagina_lo_dice(db, client):
    assert "Ninguna secretaría coincide" in client.get(PAGINA).content.decode()
