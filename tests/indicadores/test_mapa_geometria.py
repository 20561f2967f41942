"""La geometría y los colores del mapa."""

import csv
import re
from itertools import combinations
from math import hypot

import pytest

from indicadores.graficos import mapa
from indicadores.graficos.mapa import ALTO, ANCHO, cortes, hilos, intensidad, lugares, rangos
from territorio.cargas import CATALOGO as TERRITORIO


def codigos_de(archivo, columna):
    with open(TERRITORIO / f"{archivo}.csv", encoding="utf-8", newline="") as hoja:
        return {fila[columna] for fila in csv.DictReader(hoja)}


def test_hay_una_forma_por_departamento_y_un_circulo_por_cada_otra_entidad():
    formas = {codigo for codigo, uno in lugares().items() if uno.trazo}
    circulos = {codigo for codigo, uno in lugares().items() if uno.radio}

    entidades = codigos_de("entidades", "codigo_dane")
    departamentos = codigos_de("departamentos", "codigo")
    assert formas == departamentos
    assert circulos == {codigo for codigo in entidades if len(codigo) == 5}
    assert entidades <= formas | circulos


def test_ningun_circulo_toca_a_otro():
    circulos = [uno for uno in lugares().values() if uno.radio]

    tocan = [
        (uno.codigo, otro.codigo)
        for uno, otro in combinations(circulos, 2)
        if hypot(uno.x - otro.x, uno.y - otro.y) <= uno.radio + otro.radio
    ]

    assert tocan == []


def test_todo_cabe_en_el_lienzo():
    fuera = [
        uno.codigo
        for uno in lugares().values()
        if not (uno.radio <= uno.x <= ANCHO - uno.radio and uno.radio <= uno.y <= ALTO - uno.radio)
    ]

    assert fuera == []


def test_el_hilo_va_de_cada_circulo_apartado_a_su_lugar():
    apartados = [uno for uno in lugares().values() if uno.de_donde]

    assert hilos().count("M") == len(apartados)
    assert all(hypot(u.x - u.de_donde[0], u.y - u.de_donde[1]) > u.radio - 1 for u in apartados)


def test_la_geometria_pesa_poco_y_va_en_enteros():
    trazos = "".join(uno.trazo for uno in lugares().values())

    assert mapa.CATALOGO.stat().st_size <= 8_000
    assert re.fullmatch(r"[Mlz0-9 -]+", trazos)


def test_los_cortes_son_redondos_y_parten_en_cinco():
    valores = [0.9, 1.8, 2.2, 2.9, 3.1, 3.6, 4.1, 4.4, 5.3, 7.9]

    limites = cortes(valores)

    assert limites == [2, 3, 4, 5]
    assert {intensidad(valor, limites) for valor in valores} == {1, 2, 3, 4, 5}


def test_los_cortes_grandes_tambien_son_redondos():
    assert cortes([3_100, 8_300, 12_700, 24_400, 51_000, 180_300, 1_288_473]) == [
        10_000,
        20_000,
        40_000,
        150_000,
    ]


@pytest.mark.parametrize(
    ("valores", "n"), [([], 0), ([4.7], 0), ([4.7] * 97, 0), ([0, 4.7], 1), ([1, 2, 2, 3], 1)]
)
def test_con_pocos_valores_distintos_hay_menos_grupos(valores, n):
    assert len(cortes(valores)) == n


def test_el_color_mas_intenso_senala_siempre_lo_que_falta_por_mejorar():
    limites = [2, 3, 4, 5]

    assert [intensidad(v, limites) for v in (1, 2, 3, 4, 9)] == [1, 2, 3, 4, 5]
    assert [intensidad(v, limites, al_reves=True) for v in (1, 2, 3, 4, 9)] == [5, 4, 3, 2, 1]
    assert [intensidad(v, [3]) for v in (1, 9)] == [1, 5]


def test_los_rangos_se_dicen_en_palabras():
    assert rangos([2, 3], str) == ["menos de 2", "de 2 a menos de 3", "3 o más"]
    assert rangos([], str) == ["todas las cifras"]
