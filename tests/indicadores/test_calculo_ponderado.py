"""La aritmética de reunir: con peso, completa y sin depender del orden."""

import random

import pytest

from indicadores.calculo_ponderado import matricula_estimada, parte_que_falta, promedio, suma

pytestmark = pytest.mark.un_motor


def test_un_promedio_pesa_cada_parte_por_su_poblacion():
    reunion = promedio([10, 20], pesos=[900, 100], poblaciones=[900, 100])

    assert (reunion.valor, reunion.usadas, reunion.partes, reunion.poblacion) == (11, 2, 2, 1000)


def test_cero_es_un_dato_y_pesa():
    assert promedio([0, 20], pesos=[500, 500], poblaciones=[500, 500]).valor == 10


def test_si_falta_menos_de_una_decima_parte_se_calcula_con_las_demas():
    reunion = promedio([10, 20, None], pesos=[450, 450, 100], poblaciones=[450, 450, 100])

    assert (reunion.valor, reunion.usadas, reunion.partes, reunion.poblacion) == (15, 2, 3, 900)


def test_si_falta_mas_de_una_decima_parte_no_se_calcula():
    reunion = promedio([10, 20, None], pesos=[450, 440, 110], poblaciones=[450, 440, 110])

    assert (reunion.valor, reunion.con_dato, reunion.partes) == (None, 2, 3)


def test_sin_con_que_pesar_no_se_calcula():
    reunion = promedio([10, 20], pesos=[None, None], poblaciones=[500, 500])

    assert (reunion.valor, reunion.con_dato, reunion.usadas) == (None, 2, 0)


def test_un_peso_total_de_cero_no_se_calcula():
    assert promedio([10], pesos=[0], poblaciones=[0]).valor is None


def test_una_suma_incompleta_no_se_da():
    assert suma([100, 200], poblaciones=[100, 200]).valor == 300
    assert suma([100, None], poblaciones=[100, 5]).valor is None
    assert suma([None], poblaciones=[None]).valor is None


def test_a_una_suma_no_le_falta_donde_no_vive_nadie():
    assert suma([100, None], poblaciones=[100, 0]).valor == 100


def test_quien_no_tiene_poblacion_conocida_cuenta_como_las_demas():
    assert parte_que_falta([True, True, False], [100, 300, None]) == pytest.approx(1 / 3)
    assert parte_que_falta([True, False], [None, None]) == 0.5


def test_el_orden_de_las_partes_no_cambia_ni_la_ultima_cifra():
    al_azar = random.Random(7)
    partes = [(al_azar.random() * 100, al_azar.random() * 1e5) for _ in range(200)]
    barajadas = al_azar.sample(partes, len(partes))

    uno, otro = (
        promedio([v for v, _ in orden], pesos=[p for _, p in orden], poblaciones=[1] * 200).valor
        for orden in (partes, barajadas)
    )

    assert uno == otro


def test_la_matricula_se_estima_con_la_cobertura_bruta():
    assert matricula_estimada(1000, 97.5) == 975
    assert matricula_estimada(1000, None) is None
    assert matricula_estimada(None, 97.5) is None
