"""El mapa: todas las entidades, su cifra, y lo que no tiene número dicho y dibujado."""

import gzip
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from indicadores.graficos.mapa import lugares
from indicadores.models import Indicador, Unidad, Valor
from territorio.consultas import entidades_vigentes
from tests.fabricas import una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_valor,
    una_entidad_departamental,
    una_unidad,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def el_pais():
    """El territorio de verdad y su catálogo de indicadores."""
    call_command("cargar_territorio", verbosity=0)
    call_command("cargar_catalogo_indicadores", verbosity=0)


def una_cifra_por_entidad(vigencia=2022):
    desercion = Indicador.objects.get(codigo="desercion")
    for n, unidad in enumerate(Unidad.objects.filter(entidad__isnull=False).order_by("codigo")):
        un_valor(1 + n % 9, indicador=desercion, unidad=unidad, vigencia=vigencia)


def una_ciudad(nombre, *valor, codigo=None, **datos):
    """Una secretaría que está en el dibujo, con su cifra."""
    codigo = codigo or next(
        codigo
        for codigo, lugar in lugares().items()
        if lugar.radio and not Unidad.objects.filter(codigo=codigo).exists()
    )
    return un_valor(*valor, unidad=una_unidad(una_entidad(nombre, codigo_dane=codigo)), **datos)


def leer(client, **filtros):
    return client.get(reverse("indicadores:mapa"), filtros).content.decode()


def el_dibujo(html):
    return re.search(r'<svg class="mapa".*?</svg>', html, re.S).group()


def territorios(html):
    """{título: (color o trama, lo de dentro)} de cada enlace del mapa."""
    return {
        re.search(r"<title>(.*?)</title>", enlace).group(1): (como, enlace)
        for como, grupo in re.findall(r"<g (.*?)>(.*?)</g>", el_dibujo(html), re.S)
        for enlace in re.findall(r"<a .*?</a>", grupo, re.S)
    }


def filas_de(html):
    cuerpo = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            re.sub(r"<[^>]+>", "", celda.replace(" <small>", "|")).strip()
            for celda in re.findall(r"<t[hd].*?</t[hd]>", fila)
        ]
        for fila in re.findall(r"<tr .*?</tr>", cuerpo, re.S)
    ]


def test_las_97_entidades_son_enlaces_y_las_33_formas_estan(client, el_pais):
    una_cifra_por_entidad()

    html = leer(client)

    grupos = "".join(re.findall(r"<g .*?</g>", el_dibujo(html), re.S))
    destinos = set(re.findall(r'<a href="#(e\d+)">', grupos))
    assert (grupos.count("<path"), grupos.count("<circle")) == (33, 65)
    assert destinos == set(re.findall(r'<tr id="(e\d+)">', html))
    assert len(destinos) == 97


def test_la_tabla_dice_lo_mismo_que_el_mapa(client, el_pais):
    una_cifra_por_entidad(2023)

    html = leer(client)

    de_la_tabla = {f"{nombre.split('|')[0]}: {cifra} (2023)" for nombre, cifra, _ in filas_de(html)}
    assert len(de_la_tabla) == 97
    assert de_la_tabla == set(territorios(html))


def test_sin_numero_lleva_trama_y_palabra(client):
    desercion = un_indicador()
    casos = {
        "Con cero": {"valor": 0},
        "Sin dato": {"valor": None},
        "En revisión": {"valor": 90, "estado": Valor.Estado.RETENIDO},
        "No calculable": {"valor": None, "estado": Valor.Estado.NO_CALCULABLE},
        "Anulada": {"valor": 9, "estado": Valor.Estado.ANULADO, "nota": "Copiada de otra columna"},
    }
    for nombre, datos in casos.items():
        una_ciudad(nombre, indicador=desercion, **datos)
    una_unidad(una_entidad("Que falta", codigo_dane="76520"))

    dibujadas = {titulo: como for titulo, (como, _) in territorios(leer(client)).items()}

    assert dibujadas == {
        "Con cero: 0,0 % (2022)": 'class="m1"',
        "Sin dato: sin dato (2022)": 'fill="url(#rayas)"',
        "En revisión: en revisión (2022)": 'fill="url(#puntos)"',
        "No calculable: no calculable (2022)": 'fill="url(#cruces)"',
        "Anulada: anulado (2022)": 'fill="url(#rayas)"',
        "Que falta: no reportado (2022)": 'fill="url(#rayas)"',
    }


def test_la_leyenda_cuenta_cuantas_secretarias_hay_en_cada_grupo(client, el_pais):
    una_cifra_por_entidad()
    Valor.objects.filter(unidad__codigo="76520").update(estado=Valor.Estado.RETENIDO)

    html = leer(client)

    leyenda = html.partition('<ul class="leyenda">')[2].partition("</ul>")[0]
    renglones = re.findall(r"</svg><span>(.*?)</span> <b>(\d+)", leyenda)
    assert sum(int(n) for _, n in renglones) == 97
    assert renglones[0][0] == "Menos de 2 %"
    assert ("En revisión", "1") in renglones
    assert ("Aún no era secretaría certificada", "1") in renglones  # La Estrella, desde 2023
    assert "Hay número de 95 de las 97 secretarías de hoy." in html


def test_la_que_aun_no_era_secretaria_no_muestra_una_cifra_que_ya_esta_en_su_departamento(client):
    estrella = una_entidad("La Estrella", codigo_dane="05380", desde=date(2023, 1, 1))
    un_valor(3.3, unidad=una_unidad(estrella))
    una_ciudad("Palmira", 4.4)

    html = leer(client)

    assert "La Estrella: aún no era secretaría certificada (2022)" in territorios(html)
    assert "3,3 %" not in html


@pytest.mark.parametrize(("sentido", "alto"), [("sube", "m1"), ("baja", "m5"), ("ninguno", "m5")])
def test_el_color_intenso_es_lo_que_falta_por_mejorar(client, sentido, alto):
    indicador = un_indicador(sentido=sentido)
    for nombre, valor in (("Baja", 1), ("Alta", 9)):
        una_ciudad(nombre, valor, indicador=indicador)

    html = leer(client)

    assert territorios(html)["Alta: 9,0 % (2022)"][0] == f'class="{alto}"'
    assert ('class="neutro"' in html) == (sentido == "ninguno")


def test_se_escoge_indicador_ano_y_orden(client):
    otro = un_indicador("repitencia", familia="repitencia")
    for nombre, valor in (("Arauca", 1), ("Bello", 9), ("Cali", None)):
        una_ciudad(nombre, valor, indicador=otro, vigencia=2019)
    una_ciudad("Duitama")

    html = leer(client, indicador="repitencia", vigencia=2019, orden="valor")

    assert "<b>De mayor a menor</b>" in html
    assert [fila[:2] for fila in filas_de(html)] == [
        ["Bello|Departamento de prueba", "9,0 %"],
        ["Arauca|Departamento de prueba", "1,0 %"],
        ["Cali|Departamento de prueba", "sin dato"],
        ["Duitama|Departamento de prueba", "no reportado"],
    ]


def test_la_que_aun_no_esta_en_el_dibujo_se_dice_y_esta_en_la_tabla(client):
    una_ciudad("Palmira")
    un_valor(unidad=una_unidad(una_entidad("La Nueva")))

    html = leer(client)

    assert list(territorios(html)) == ["Palmira: 4,7 % (2022)"]
    assert "No está en el dibujo, pero sí en la tabla: La Nueva." in html
    assert len(filas_de(html)) == 2


def test_sin_pedir_ano_se_abre_el_ultimo_que_se_conoce_de_casi_todas(client):
    unidades = [una_unidad(una_entidad()) for _ in range(5)]
    for unidad in unidades:
        un_valor(unidad=unidad, vigencia=2022)
    un_valor(unidad=unidades[0], vigencia=2023)

    titulos = [
        re.search(r'<h2 id="que-se-ve">(.*?)</h2>', html).group(1)
        for html in (leer(client), leer(client, vigencia=2023))
    ]

    assert titulos == ["Desercion, 2022", "Desercion, 2023"]


def test_lo_que_no_se_entiende_se_dice_y_se_muestra_lo_de_siempre(client):
    un_valor(unidad=una_unidad())

    html = leer(client, indicador="felicidad", vigencia="1810", orden="azar")

    assert "No hay un indicador «felicidad»." in html
    assert "no hay cifras de 1810. Se muestran las de 2022." in html


def test_sin_cifras_la_pagina_lo_dice(client):
    assert "Aún no hay cifras publicadas de este indicador." in leer(client)


def test_dice_la_fuente_la_licencia_y_la_cifra_del_pais(client):
    desercion = un_indicador()
    un_valor(unidad=una_unidad(una_entidad_departamental()), indicador=desercion)
    un_valor(3.6, unidad=la_nacion(), indicador=desercion)

    html = leer(client)

    assert "Ministerio de Educación Nacional – datos.gov.co. Licencia CC BY-SA 4.0." in html
    assert "svg-maps</a>, simplificados (CC BY 4.0)" in html
    assert '<p class="cifra-valor">3,6 %</p>' in html


@pytest.mark.parametrize("n", [1, 9])
def test_las_mismas_consultas_con_pocas_y_con_muchas(client, django_assert_max_num_queries, n):
    for _ in range(n):
        un_valor(unidad=una_unidad(una_entidad()))

    with django_assert_max_num_queries(12) as hechas:
        leer(client)

    assert len(hechas) == 8


def test_el_mapa_y_la_pagina_pesan_poco(client, el_pais):
    una_cifra_por_entidad()

    html = leer(client)

    assert len(el_dibujo(html).encode()) <= 15_000
    adentro = html.partition("<main")[2].partition("</main>")[0]
    assert len(gzip.compress(adentro.encode())) <= 15_000
    assert len(entidades_vigentes()) == len(filas_de(html))


def test_un_indicador_que_la_base_no_puede_ni_buscar_se_dice_y_no_se_cae(client, el_pais):
    respuesta = client.get("/indicadores/mapa/?indicador=%00")

    assert respuesta.status_code == 200
    assert "No hay un indicador" in respuesta.content.decode()
