"""La ficha de una entidad: lo que dice de cada cifra, y lo que no se atreve a decir."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicadores.consultas.ficha import ficha_de
from indicadores.models import Indicador, NotaDeSerie, Unidad, Valor
from tests.fabricas import un_departamento, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_municipio,
    un_valor,
    una_entidad_departamental,
    una_unidad,
    una_version,
)

pytestmark = pytest.mark.django_db


def palmira():
    return una_entidad(
        "Palmira", codigo_dane="76520", departamento=un_departamento("Valle del Cauca", "76")
    )


def el_valle():
    return una_unidad(ambito=Unidad.Ambito.DEPARTAMENTO, codigo="76", nombre="Valle del Cauca")


def test_la_ficha_pone_junto_a_cada_cifra_su_departamento_el_pais_y_su_tendencia():
    entidad = palmira()
    for vigencia, propia in ((2017, 3.3), (2021, 2.7), (2022, 5.6)):
        un_valor(propia, unidad=una_unidad(entidad), vigencia=vigencia)
    un_valor(5.5, unidad=el_valle())
    un_valor(4.0, unidad=la_nacion())

    desercion = ficha_de(entidad).por_codigo["desercion"]

    assert desercion.ultima.texto == "5,6 %"
    assert desercion.ultima_del_departamento.texto == "5,5 %"
    assert desercion.ultima_de_la_nacion.texto == "4,0 %"
    assert [(t.texto, t.juicio) for t in desercion.tendencias] == [
        ("subió 2,9 puntos frente a 2021", "empeora"),
        ("subió 2,3 puntos frente a 2017", "empeora"),
    ]


def test_las_vigencias_sin_cifra_quedan_como_huecos_con_su_estado():
    unidad = una_unidad(palmira())
    un_valor(3.0, unidad=unidad, vigencia=2018)
    un_valor(None, unidad=unidad, vigencia=2020)
    un_valor(0.0, unidad=unidad, vigencia=2021)

    serie = ficha_de(unidad.entidad).por_codigo["desercion"].propia

    assert [(c.vigencia, c.texto) for c in serie] == [
        (2018, "3,0 %"),
        (2019, "no reportado"),
        (2020, "sin dato"),
        (2021, "0,0 %"),
    ]


def test_no_se_compara_a_los_dos_lados_de_un_quiebre_y_se_dice():
    unidad = una_unidad(palmira())
    neta = un_indicador("cobertura_neta", familia=Indicador.Familia.COBERTURA_NETA)
    for vigencia in (2017, 2021, 2022):
        un_valor(80.0, indicador=neta, unidad=unidad, vigencia=vigencia)
    NotaDeSerie.objects.create(
        clave="censo", clase="quiebre", familia="cobertura_neta", desde=2018, texto="Censo."
    )

    tendencias = ficha_de(unidad.entidad).por_codigo["cobertura_neta"].tendencias

    assert [t.texto for t in tendencias] == [
        "igual que en 2021",
        "no se compara con 2017: la serie cambió en 2018",
    ]


def test_no_se_compara_con_una_vigencia_que_lleva_advertencia():
    unidad = una_unidad(palmira())
    for vigencia in (2015, 2016):
        un_valor(4.0, unidad=unidad, vigencia=vigencia)
    NotaDeSerie.objects.create(
        clave="espejo", clase="advertencia", familia="desercion", desde=2011, hasta=2015, texto="."
    )

    tendencias = ficha_de(unidad.entidad).por_codigo["desercion"].tendencias

    assert [t.texto for t in tendencias] == [
        "no se compara con 2015: la serie tiene una advertencia"
    ]


def test_la_posicion_es_una_distancia_y_no_un_puesto():
    entidad = palmira()
    un_valor(5.6, unidad=una_unidad(entidad))
    un_valor(4.0, unidad=una_unidad(una_entidad()))
    un_valor(4.3, unidad=una_unidad(una_entidad()))
    un_valor(4.0, unidad=la_nacion())

    distancia = ficha_de(entidad).por_codigo["desercion"].distancia

    assert distancia.texto == (
        "1,6 puntos por encima del país; 1,3 puntos por encima de la mediana de 3 entidades"
    )


def test_una_cifra_retenida_no_se_muestra_ni_entra_en_la_distancia():
    entidad = palmira()
    un_valor(5.6, unidad=una_unidad(entidad), vigencia=2021)
    un_valor(99.0, unidad=una_unidad(entidad), estado=Valor.Estado.RETENIDO)
    un_valor(4.0, unidad=una_unidad(una_entidad()), vigencia=2021)

    desercion = ficha_de(entidad, vigencia=2022).por_codigo["desercion"]

    assert [cifra.texto for cifra in desercion.propia] == ["5,6 %"]
    assert [punto.valor for punto in desercion.todas] == [5.6, 4.0]


def test_quien_es_todo_su_departamento_no_se_compara_con_el():
    entidad = una_entidad_departamental("Vichada", "99")
    municipio = un_municipio("99001", departamento=entidad.departamento)
    municipio.atenciones.create(entidad=entidad)
    un_valor(6.6, unidad=una_unidad(entidad))
    un_valor(6.6, unidad=una_unidad(ambito=Unidad.Ambito.DEPARTAMENTO, codigo="99", nombre="V"))

    ficha = ficha_de(entidad)

    assert ficha.perfil.es_todo_su_departamento
    assert ficha.por_codigo["desercion"].departamento == []


def test_una_version_anterior_se_lee_como_se_publico():
    unidad = una_unidad(palmira())
    primera, segunda = una_version(), una_version()
    un_valor(4.7, unidad=unidad, version=primera, hasta=segunda)
    un_valor(5.6, unidad=unidad, version=segunda)

    textos = [
        ficha_de(unidad.entidad, version=n).por_codigo["desercion"].ultima.texto for n in (1, 2)
    ]

    assert textos == ["4,7 %", "5,6 %"]


def test_una_entidad_sin_cifras_tiene_ficha_y_lo_dice():
    entidad = palmira()

    ficha = ficha_de(entidad)

    assert (ficha.hay, ficha.vigencia, ficha.familias) == (False, None, [])


def test_la_ficha_no_pregunta_mas_por_tener_mas_vigencias_ni_mas_indicadores():
    pocas, muchas = una_unidad(una_entidad()), una_unidad(una_entidad())
    un_valor(1.0, unidad=pocas)
    for codigo in ("desercion", "repitencia", "aprobacion"):
        for vigencia in range(2011, 2023):
            un_valor(2.0, indicador=un_indicador(codigo), unidad=muchas, vigencia=vigencia)

    cuentas = []
    for unidad in (pocas, muchas):
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            ficha_de(unidad.entidad)
        cuentas.append(len(consultas))

    assert cuentas == [7, 7]


def test_la_orden_dice_la_ficha_en_json():
    entidad = palmira()
    un_valor(5.6, unidad=una_unidad(entidad), fila=7)
    salida = StringIO()

    call_command("ficha_entidad", "76520", "--json", stdout=salida)

    datos = json.loads(salida.getvalue())
    desercion = datos["indicadores"][0]
    assert datos["entidad"]["nombre"] == "Palmira"
    assert (desercion["valor"], desercion["texto"], desercion["fila"]) == (5.6, "5,6 %", 7)


def test_la_orden_con_un_codigo_que_no_existe_dice_como_se_escribe():
    with pytest.raises(CommandError, match="con su cero inicial") as error:
        call_command("ficha_entidad", "5")

    assert error.value.returncode == 2


def test_la_ficha_es_del_ultimo_ano_casi_completo_y_dice_lo_que_hay_despues():
    entidad = una_entidad()
    codigos = ["desercion", "desercion_primaria", "desercion_media"]
    for codigo in codigos:
        un_valor(5.6, indicador=un_indicador(codigo), unidad=una_unidad(entidad), vigencia=2022)
    un_valor(4.7, indicador=un_indicador(codigos[1]), unidad=una_unidad(entidad), vigencia=2023)

    ficha = ficha_de(entidad)

    assert (ficha.vigencia, ficha.incompletas) == (2022, [(2023, 1)])
    assert ficha.por_codigo["desercion"].ultima.texto == "5,6 %"
