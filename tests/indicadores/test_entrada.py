"""La entrada de «Quiero informarme»: buscar la secretaría, el país de un vistazo y los caminos."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cuentas.models import Rol
from indicadores.consultas.entrada import el_pais_de_un_vistazo
from indicadores.consultas.mapa import unidades_de_hoy
from indicadores.models import Indicador, NotaDeSerie
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_hallazgo,
    un_indicador,
    un_valor,
    una_unidad,
)

pytestmark = pytest.mark.django_db

CAMINOS = [
    "indicadores:mapa",
    "indicadores:catalogo",
    "indicadores:recursos",
    "indicadores:datos",
    "indicadores:versiones",
    "indicadores:fe-de-erratas",
    "territorio:entidades",
]


def leer(client, **pedido):
    return client.get(reverse("indicadores:entrada"), pedido).content.decode()


def test_escoger_una_secretaria_lleva_a_su_ficha(client):
    una_entidad("Palmira", codigo_dane="76520")

    respuesta = client.get(reverse("indicadores:entrada"), {"secretaria": "76520"})

    assert respuesta.url == reverse("indicadores:ficha", args=["76520"])


@pytest.mark.parametrize(
    ("pedida", "mensaje"),
    [
        ("", "Escoja una secretaría de la lista."),
        ("99999", "Esa secretaría no está en la lista. Escoja otra."),
    ],
)
def test_sin_escoger_o_con_una_que_no_hay_se_dice_que_hacer(client, pedida, mensaje):
    assert mensaje in leer(client, secretaria=pedida)


def test_la_lista_trae_las_secretarias_de_hoy(client):
    una_entidad("Huila", codigo_dane="41")
    una_entidad("La que cerró", codigo_dane="99998", hasta=date(2019, 12, 31))

    opciones = re.findall(r'<option value="(\d+)">', leer(client))

    assert opciones == ["41"]


def test_quien_es_de_una_secretaria_tiene_su_ficha_a_la_mano(client):
    client.force_login(un_usuario(Rol.SECRETARIO))

    html = leer(client)

    assert html.count(f'href="{reverse("indicadores:mi-ficha")}"') == 3  # página y dos menús
    assert "Ver la ficha de mi secretaría" in html


def test_el_pais_muestra_su_ultima_cifra_y_de_donde_sale(client):
    desercion, colombia = un_indicador(), la_nacion()
    for vigencia, valor in ((2019, 3.13), (2021, 3.58)):
        ultima = un_valor(valor, indicador=desercion, unidad=colombia, vigencia=vigencia)

    html = leer(client)

    assert "3,6 % <small>en 2021</small>" in html
    assert 'En 2019, <span class="text-nowrap">3,1 %</span>' in html
    assert f'href="{reverse("indicadores:rastro", args=[ultima.pk])}"' in html
    assert "Ministerio de Educación Nacional – datos.gov.co. Licencia CC BY-SA 4.0." in html


def test_la_serie_del_pais_empieza_donde_se_puede_comparar():
    colombia = la_nacion()
    for vigencia in (2011, 2015, 2017, 2018, 2020):
        un_valor(vigencia - 2010, unidad=colombia, vigencia=vigencia)
    NotaDeSerie.objects.create(clave="censo", clase="quiebre", desde=2018, texto="Otra base.")
    NotaDeSerie.objects.create(
        clave="espejo", clase="advertencia", desde=2011, hasta=2018, texto="En espejo."
    )

    serie = el_pais_de_un_vistazo(unidades_de_hoy(), Indicador.objects.all()).series[0]

    assert [(cifra.vigencia, cifra.valor) for cifra in serie.cifras] == [(2019, None), (2020, 10)]
    assert serie.primera is None


def test_sin_cifras_la_entrada_sigue_en_pie(client):
    html = leer(client)

    assert "El país de un vistazo" not in html
    assert reverse("indicadores:catalogo") in html


def test_los_caminos_llevan_a_todas_las_paginas(client):
    html = leer(client).partition("<main")[2]

    assert [camino for camino in CAMINOS if f'href="{reverse(camino)}"' not in html] == []


def test_el_ministerio_ve_lo_que_espera_por_el(client):
    un_hallazgo()
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    html = leer(client)

    assert f'href="{reverse("indicadores:cargas")}"' in html
    assert "<b>1</b> hallazgo espera una decisión." in html


@pytest.mark.parametrize("rol", [None, Rol.SECRETARIO])
def test_las_cargas_y_la_calidad_son_solo_del_ministerio(client, rol):
    if rol:
        client.force_login(un_usuario(rol))

    html = leer(client)

    assert reverse("indicadores:cargas") not in html
    assert reverse("indicadores:calidad") not in html


@pytest.mark.parametrize("n", [1, 9])
def test_la_entrada_hace_las_mismas_consultas_con_pocas_y_con_muchas(
    client, django_assert_max_num_queries, n
):
    for unidad in [la_nacion(), *(una_unidad(una_entidad()) for _ in range(n))]:
        for vigencia in range(2022, 2022 - n, -1):
            un_valor(unidad=unidad, vigencia=vigencia)

    with django_assert_max_num_queries(12) as hechas:
        leer(client)

    assert len(hechas) == 12
