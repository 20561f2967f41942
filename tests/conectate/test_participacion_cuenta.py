"""«x de N»: la regla, con sus bordes."""

from datetime import date
from decimal import Decimal

import pytest

from conectate.consultas.matriz import matriz_de, sesiones_de_la_matriz
from conectate.consultas.participacion import (
    XdeN,
    entidades_de_la_vigencia,
    participacion_de,
    tabla_de,
    totales_de,
    vigencias_de,
)
from tests.fabricas import un_tipo, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def cuenta_de(entidad, vigencia=2020):
    return str(tabla_de(vigencia, entidad).filas[0].total)


@pytest.mark.parametrize(
    ("x", "n", "porcentaje"),
    [
        (44, 45, "97.8"),
        (43, 45, "95.6"),
        (42, 45, "93.3"),
        (45, 45, "100.0"),
        (2499, 2500, "99.9"),
        (1, 3000, "0.1"),
        (0, 45, "0.0"),
        (95, 96, "99.0"),
    ],
)
def test_el_porcentaje_no_llega_a_cien_si_falta_una(x, n, porcentaje):
    assert XdeN(x, n).porcentaje == Decimal(porcentaje)


def test_sin_sesiones_no_hay_porcentaje():
    assert XdeN(0, 0).porcentaje is None


def test_n_son_las_sesiones_a_las_que_se_convoco():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    for convocadas in ([huila, meta], [huila], [meta]):
        sesion = una_sesion(convocadas=convocadas)
        una_participacion(sesion, convocadas[0])

    assert (cuenta_de(huila), cuenta_de(meta)) == ("2 de 2", "1 de 2")


def test_asistir_sin_convocatoria_no_suma_y_se_muestra_aparte():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[meta])
    una_participacion(sesion, huila)

    participacion = participacion_de(huila, 2020)

    assert cuenta_de(huila) == "0 de 0"
    assert [fila.sesion for fila in participacion.sin_convocatoria] == [sesion]


def test_una_sesion_sin_asistencia_cargada_es_sin_dato_y_no_ausencia():
    huila = una_entidad("Huila")
    una_participacion(una_sesion(convocadas=[huila]), huila)
    una_sesion(convocadas=[huila])

    participacion = participacion_de(huila, 2020)

    assert cuenta_de(huila) == "1 de 1"
    assert sorted(fila.situacion for fila in participacion.sesiones) == ["presente", "sin dato"]
    assert participacion.ausencias == []
    [(tipo, xn, sin_dato)] = participacion.por_tipo
    assert (tipo.sesiones, tipo.con_dato, str(xn), sin_dato) == (2, 1, "1 de 1", 1)


def test_las_sesiones_por_hacer_canceladas_o_de_otro_año_no_entran():
    huila = una_entidad("Huila")
    for datos in (
        {"estado": "convocada"},
        {"estado": "cancelada"},
        {"estado": "borrador"},
        {"fecha": "2019-12-31"},
        {"fecha": "2021-01-01"},
    ):
        una_participacion(una_sesion(convocadas=[huila], **datos), huila)
    una_participacion(una_sesion(convocadas=[huila], estado="cerrada"), huila)

    assert cuenta_de(huila) == "1 de 1"


def test_las_reuniones_se_ven_pero_no_suman():
    huila = una_entidad("Huila")
    reunion = una_sesion(tipo=un_tipo("reunion", conteo="aparte"), convocadas=[huila])
    una_participacion(reunion, huila)

    participacion = participacion_de(huila, 2020)

    assert cuenta_de(huila) == "0 de 0"
    assert [(fila.sesion, fila.situacion) for fila in participacion.aparte] == [
        (reunion, "presente")
    ]


def test_quien_estuvo_menos_del_minimo_no_hace_presente_a_su_entidad():
    huila = una_entidad("Huila")
    una_participacion(una_sesion(convocadas=[huila]), huila, minutos=2, cuenta=False)

    assert cuenta_de(huila) == "0 de 1"


def test_una_ausencia_con_gente_sin_identificar_queda_por_confirmar():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion)

    [fila] = participacion_de(huila, 2020).ausencias

    assert (fila.esta_por_confirmar, fila.por_identificar) == (True, 1)


def test_las_personas_y_los_minutos_de_una_entidad_no_traen_los_de_otra():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesiones = [una_sesion(convocadas=[huila, meta]) for _ in range(2)]
    for sesion in sesiones:
        una_participacion(sesion, huila, correo="ana@huila.test", minutos=30)
        una_participacion(sesion, meta, minutos=500)

    participacion = participacion_de(huila, 2020)

    assert [(fila.personas, fila.minutos) for fila in participacion.sesiones] == [(1, 30)] * 2
    assert (participacion.personas_distintas, participacion.fila.asistencias) == (1, 2)


def test_cada_tipo_lleva_su_cuenta():
    huila = una_entidad("Huila")
    for tipo, veces, presentes in (("informativa", 3, 2), ("dialogo", 2, 1)):
        for i in range(veces):
            sesion = una_sesion(tipo=un_tipo(tipo), convocadas=[huila])
            una_participacion(sesion, huila if i < presentes else una_entidad())

    tabla = tabla_de(2020, huila)

    cuentas = {t.tipo.clave: str(tabla.filas[0].por_tipo[t.tipo.pk]) for t in tabla.tipos}
    assert cuentas == {"informativa": "2 de 3", "dialogo": "1 de 2"}


def test_las_entidades_son_las_que_existian_ese_año():
    una_entidad("Funza", desde="2019-01-01")
    una_entidad("La Estrella", desde="2023-01-01")
    una_entidad("Antigua", hasta="2018-12-31")

    assert [e.nombre for e in entidades_de_la_vigencia(2020)] == ["Funza"]
    assert [e.nombre for e in entidades_de_la_vigencia(2023)] == ["Funza", "La Estrella"]
    assert [e.nombre for e in entidades_de_la_vigencia(2018)] == ["Antigua"]


def test_los_aforos_van_aparte_de_las_asistencias():
    sesion = una_sesion()
    sesion.aforos.create(personas=489, fuente="YouTube")
    una_participacion(sesion, minutos=30)

    totales = totales_de(2020)

    assert (totales.asistencias, totales.aforo, totales.minutos) == (1, 489, 30)


def test_una_persona_en_dos_sesiones_es_una_persona_y_dos_asistencias():
    for _ in range(2):
        una_participacion(una_sesion(), correo="ana@huila.test")

    totales = totales_de(2020)

    assert (totales.sesiones, totales.asistencias, totales.personas) == (2, 2, 1)


def test_la_matriz_distingue_ausencia_de_sin_dato_y_de_no_convocada():
    cauca, huila = una_entidad("Cauca"), una_entidad("Huila")
    una_participacion(una_sesion(fecha="2020-02-01", convocadas=[cauca, huila]), huila)
    una_sesion(fecha="2020-03-01", convocadas=[cauca, huila])
    una_participacion(una_sesion(fecha="2020-04-01", convocadas=[huila]), cauca)

    matriz = matriz_de(2020, list(sesiones_de_la_matriz(2020)))

    assert [(e.nombre, [c.situacion for c in celdas], n) for e, celdas, n in matriz.filas] == [
        ("Cauca", ["ausente", "sin dato", "asistió sin convocatoria"], 1),
        ("Huila", ["presente", "sin dato", "ausente"], 1),
    ]
    assert [(c.presentes, c.convocadas, c.ausentes) for c in matriz.columnas] == [
        (1, 2, 1),
        (0, 2, 0),
        (0, 1, 1),
    ]


def test_la_matriz_se_puede_ver_por_tipo_y_por_trimestre():
    for fecha, tipo in (("2020-03-31", "informativa"), ("2020-04-01", "dialogo")):
        una_sesion(fecha=fecha, tipo=un_tipo(tipo))

    de_marzo, de_abril = sesiones_de_la_matriz(2020)

    assert list(sesiones_de_la_matriz(2020, trimestre=1)) == [de_marzo]
    assert list(sesiones_de_la_matriz(2020, trimestre=2)) == [de_abril]
    assert list(sesiones_de_la_matriz(2020, tipo="dialogo")) == [de_abril]


def test_las_consultas_no_crecen_con_las_sesiones(django_assert_num_queries):
    entidades = [una_entidad() for _ in range(3)]
    sesiones = [una_sesion(convocadas=entidades) for _ in range(12)]
    for sesion in sesiones[:3]:
        una_participacion(sesion, entidades[0])

    def cuanto_cuesta():
        with django_assert_num_queries(6):
            tabla_de(2020)
        with django_assert_num_queries(9):
            participacion_de(entidades[0], 2020)
        with django_assert_num_queries(6):
            matriz_de(2020, list(sesiones_de_la_matriz(2020)))

    cuanto_cuesta()
    for sesion in sesiones[3:]:
        una_participacion(sesion, entidades[1])
    cuanto_cuesta()


def test_las_vigencias_de_una_entidad_son_las_que_la_convocaron():
    huila = una_entidad("Huila")
    for fecha, convocadas in (("2019-05-01", [huila]), ("2020-05-01", []), ("2021-05-01", [huila])):
        una_sesion(fecha=fecha, convocadas=convocadas)

    assert vigencias_de(huila) == [2021, 2019]


def test_la_vigencia_en_que_asistio_sin_convocatoria_tambien_es_suya():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    una_participacion(una_sesion(convocadas=[meta]), huila)
    una_participacion(una_sesion(convocadas=[meta], fecha=date(2019, 6, 9)), huila, cuenta=False)

    assert vigencias_de(huila) == [2020]


def test_los_minutos_de_todos_van_con_una_decima():
    sesion = una_sesion()
    for _ in range(3):
        una_participacion(sesion, minutos=0.1)

    assert totales_de(2020).minutos == 0.3
