"""La geometría: lo que se ve debe decir lo que dicen las cifras."""

import re

from indicadores.graficos.barras import Dato, barras
from indicadores.graficos.distancia import enjambre
from indicadores.graficos.escala import acomodar, en_renglones, intervalo_honesto, marcas_de
from indicadores.graficos.linea import Serie, linea
from indicadores.graficos.minigrafica import minigrafica


def una_linea(valores, vigencias=None, **opciones):
    vigencias = vigencias or range(2011, 2011 + len(valores))
    return linea(
        [Serie("propia", "Palmira", valores)],
        list(vigencias),
        formato=lambda valor: f"{valor:g} %",
        eje=lambda valor, arriba: f"{valor:g}",
        **opciones,
    )


def test_las_marcas_del_eje_son_redondas_y_encierran_los_datos():
    assert marcas_de(0, 5.6) == [0, 2, 4, 6]
    assert marcas_de(70.4, 99.1) == [70, 80, 90, 100]
    assert marcas_de(3, 3) != []


def test_el_eje_parte_de_cero_salvo_que_todo_quede_arriba():
    assert intervalo_honesto([2.0, 5.6]) == (0, 5.6)
    assert intervalo_honesto([80.0, 95.0]) == (80.0, 95.0)
    assert intervalo_honesto([0.0, 0.0]) == (0, 1)


def test_un_temblor_no_se_dibuja_como_un_salto():
    assert intervalo_honesto([90.0, 90.4], minimo=10) == (85.2, 95.2)


def test_el_eje_de_un_porcentaje_no_pasa_de_lo_posible():
    assert intervalo_honesto([96.0, 98.0], minimo=10, maximo=100) == (90, 100)


def test_la_linea_se_corta_donde_no_hay_dato_y_un_anio_suelto_es_un_punto():
    [(_, trazo)] = una_linea([3.0, 4.0, None, 5.0]).trazos

    assert trazo.count("M") == 2
    assert trazo.endswith("h0")


def test_la_linea_no_cruza_un_quiebre_y_lo_nombra():
    dibujo = una_linea([3.0, 4.0, 5.0, 6.0], quiebres=[2013])

    assert dibujo.trazos[0][1].count("M") == 2
    assert [texto for *_, texto in dibujo.quiebres] == ["cambia en 2013"]


def test_un_quiebre_de_antes_de_la_serie_no_se_dibuja():
    assert una_linea([3.0, 4.0], quiebres=[2011]).quiebres == []


def test_una_advertencia_sombrea_solo_los_anios_que_se_ven():
    dibujo = una_linea([3.0, 4.0, 5.0], advertencias=[(2009, 2012), (2030, 2031)])

    assert len(dibujo.sombras) == 1


def test_cuando_el_eje_no_parte_de_cero_se_dice():
    assert una_linea([80.0, 95.0]).base == "eje desde 80"
    assert una_linea([2.0, 5.0]).base == ""


def test_los_nombres_del_final_no_se_pisan_ni_se_salen():
    vigencias = [2021, 2022]
    series = [Serie(f"s{i}", f"Nombre {i}", [5.0, 5.0]) for i in range(4)]

    dibujo = linea(series, vigencias, formato=lambda v: f"{v:g} %", eje=lambda v, arriba: f"{v:g}")

    alturas = sorted(y for rotulo in dibujo.rotulos for y, _ in rotulo.renglones)
    assert all(otra - una >= 16 for una, otra in zip(alturas, alturas[1:], strict=False))
    assert alturas[0] > 0
    assert alturas[-1] < dibujo.alto


def test_sin_ningun_valor_no_hay_grafica():
    assert una_linea([None, None]) is None
    assert enjambre([4.0], formato=str) is None
    assert barras([Dato("Media", None, "sin dato")]) is None
    assert minigrafica([1.0, None]) is None


def test_el_enjambre_dibuja_un_punto_por_entidad():
    dibujo = enjambre([4.0, 4.0, 4.1, 9.0], formato=str, propia=("Palmira", 4.1), mediana=4.05)

    assert len(re.findall("h0", dibujo.puntos)) == 4
    assert dibujo.propia.texto == "Palmira 4.1"


def test_la_mediana_y_el_pais_juntos_van_en_renglones_distintos():
    dibujo = enjambre([1.0, 9.0], formato=str, mediana=4.0, pais=4.2)

    una, otra = dibujo.senales
    assert una.y_texto != otra.y_texto


def test_las_barras_parten_de_cero_y_su_largo_es_proporcional():
    una, otra, falta = barras(
        [Dato("A", 5.0, "5 %"), Dato("B", 10.0, "10 %"), Dato("C", None, "sin dato")]
    ).barras

    assert otra.largo == round(una.largo * 2, 1)
    assert (falta.largo, falta.texto) == (0, "sin dato")


def test_con_marcas_el_valor_va_tras_el_nombre_y_no_junto_a_la_del_pais():
    (una,) = barras([Dato("Media", 3.7, "3,7 %", "propia", [("nacion", 12.5)])]).barras

    assert una.y_texto == una.y_nombre
    assert una.x_texto < una.marcas[0][1]


def test_la_minigrafica_deja_el_hueco():
    assert minigrafica([1.0, 2.0, None, 3.0]).trazo.count("M") == 2


def test_la_minigrafica_no_cruza_un_quiebre():
    assert minigrafica([1.0, 2.0, 8.0, 9.0], [2]).trazo.count("M") == 2


def test_acomodar_no_mueve_lo_que_ya_cabe():
    assert acomodar([10, 50], [16, 16], 0, 100) == [10, 50]


def test_un_nombre_largo_se_parte_por_palabras():
    assert en_renglones("Norte de Santander 5,6", 110) == ["Norte de", "Santander 5,6"]
