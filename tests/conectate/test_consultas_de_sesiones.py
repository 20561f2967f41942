"""Las cifras de una sesión: qué se cuenta, qué va aparte y qué no se sabe."""

from datetime import date

import pytest

from conectate.consultas.sesiones import cifras_de, entidades_de, personas_de, resumen_de, vigencias
from conectate.models import Importacion, Sesion
from tests.fabricas import un_tema, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def test_una_entidad_esta_presente_con_una_sola_persona_y_se_cuenta_una_vez():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila, meta])
    una_participacion(sesion, huila)
    una_participacion(sesion, huila)

    resumen = resumen_de(sesion)

    assert (resumen.presentes, resumen.convocadas, resumen.asistencias) == (1, 2, 2)


def test_quien_asistio_sin_convocatoria_no_suma_a_las_presentes():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, meta)

    resumen = resumen_de(sesion)

    assert (resumen.presentes, resumen.convocadas, resumen.no_convocadas) == (0, 1, 1)


def test_los_programas_no_son_asistencias_y_quien_no_alcanzo_el_minimo_va_en_la_cifra_cruda():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila], minutos_minimos=30)
    una_participacion(sesion, huila, minutos=60)
    una_participacion(sesion, huila, minutos=5, cuenta=False)
    una_participacion(sesion, tipo="bot", minutos=90)

    resumen = resumen_de(sesion)

    assert (resumen.asistencias, resumen.bajo_el_minimo, resumen.en_la_lista) == (1, 1, 2)
    assert (resumen.minutos, resumen.programas) == (60, 1)


def test_una_sesion_con_solo_programas_no_tiene_asistencia():
    sesion = una_sesion()
    una_participacion(sesion, tipo="bot")

    assert resumen_de(sesion).tiene_asistencia is False


def test_las_salas_y_los_telefonos_asisten_pero_no_son_personas():
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    una_participacion(sesion, huila)
    una_participacion(sesion, huila, tipo="sala")
    una_participacion(sesion, tipo="telefono")

    resumen = resumen_de(sesion)

    assert (resumen.asistencias, resumen.personas, resumen.salas, resumen.telefonos) == (3, 1, 1, 1)
    assert resumen.sin_identificar == 1


def test_quien_es_de_otra_organizacion_no_esta_sin_identificar():
    sesion = una_sesion()
    una_participacion(sesion, ajena="Universidad de prueba")
    una_participacion(sesion)

    resumen = resumen_de(sesion)

    assert (resumen.de_otra_organizacion, resumen.sin_identificar) == (1, 1)


@pytest.mark.parametrize(
    ("minutos", "mediana"),
    [([10, 20, 90], 20), ([10, 20, 40, 90], 30), ([10, None], 10), ([None], None)],
)
def test_la_mediana_no_cuenta_los_minutos_que_no_se_conocen(minutos, mediana):
    sesion = una_sesion()
    for valor in minutos:
        una_participacion(sesion, minutos=valor)

    assert resumen_de(sesion).mediana == mediana


def test_las_cifras_de_una_lista_cuestan_lo_mismo_con_tres_sesiones_que_con_doce(
    django_assert_num_queries,
):
    huila = una_entidad("Huila")
    sesiones = [una_sesion(convocadas=[huila]) for _ in range(12)]
    for sesion in sesiones:
        una_participacion(sesion, huila)

    for cuantas in (3, 12):
        with django_assert_num_queries(3):
            cifras = cifras_de(sesiones[:cuantas])

        assert [(c.presentes, c.convocadas, c.asistencias) for c in cifras.values()] == [
            (1, 1, 1)
        ] * cuantas


def test_las_cifras_no_se_multiplican_al_cruzar_convocadas_con_asistentes():
    entidades = [una_entidad() for _ in range(3)]
    sesion = una_sesion(convocadas=entidades)
    for entidad in entidades[:2]:
        una_participacion(sesion, entidad)
        una_participacion(sesion, entidad)

    cifras = cifras_de([sesion])[sesion.pk]

    assert (cifras.presentes, cifras.convocadas, cifras.asistencias) == (2, 3, 4)


def test_las_entidades_de_una_sesion_dicen_quien_falto_y_quien_llego_sin_convocatoria():
    cauca, huila, meta = una_entidad("Cauca"), una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion(convocadas=[cauca, huila])
    una_participacion(sesion, huila, minutos=40)
    una_participacion(sesion, huila, minutos=20)
    una_participacion(sesion, meta, minutos=10)

    filas = [
        (fila.entidad.nombre, fila.fue_convocada, fila.estuvo, fila.personas, fila.minutos)
        for fila in entidades_de(sesion)
    ]

    assert filas == [
        ("Cauca", True, False, 0, None),
        ("Huila", True, True, 2, 60),
        ("Meta", False, True, 1, 10),
    ]


def test_la_lista_de_personas_de_una_entidad_no_trae_las_de_otra():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion()
    suya = una_participacion(sesion, huila)
    una_participacion(sesion, meta)
    una_participacion(sesion)

    assert list(personas_de(sesion, huila)) == [suya]


def test_las_personas_van_por_entidad_y_las_sin_identificar_al_final():
    huila, cauca = una_entidad("Huila"), una_entidad("Cauca")
    sesion = una_sesion()
    for entidad, nombre in ((None, "Ana"), (huila, "Zoila"), (huila, "Álvaro"), (cauca, "Luz")):
        una_participacion(sesion, entidad, nombre=nombre)

    assert [p.nombre for p in personas_de(sesion)] == ["Luz", "Álvaro", "Zoila", "Ana"]


@pytest.mark.parametrize("texto", ["desercion", "DESERCIÓN escolar", "alertas desercion", "niñez"])
def test_las_sesiones_se_buscan_sin_tildes_en_su_texto_y_en_sus_temas(texto):
    buscada = una_sesion("Deserción: alertas tempranas", temas=[un_tema("Deserción escolar")])
    buscada.descripcion = "La niñez en la escuela"
    buscada.save()
    una_sesion("Alimentación escolar")

    assert list(Sesion.objects.con_texto(texto)) == [buscada]


def test_las_vigencias_van_de_la_mas_reciente_a_la_mas_antigua():
    for fecha in ("2019-02-01", "2021-12-31", "2021-01-01"):
        una_sesion(fecha=fecha)

    assert vigencias(Sesion.objects.all()) == [2021, 2019]


def test_un_encuentro_que_va_por_su_segundo_dia_no_espera_que_lo_marquen(time_machine):
    time_machine.move_to("2026-11-24T10:00:00-05:00", tick=False)
    una_sesion(estado="convocada", fecha=date(2026, 11, 23), fecha_fin=date(2026, 11, 25))
    terminado = una_sesion(
        estado="convocada", fecha=date(2026, 11, 20), fecha_fin=date(2026, 11, 22)
    )
    de_un_dia = una_sesion(estado="convocada", fecha=date(2026, 11, 23))

    por_marcar = set(Sesion.objects.con_pendiente("marcar"))  # el que va por la mitad, no

    assert por_marcar == {terminado, de_un_dia}


@pytest.mark.parametrize(
    ("dia", "de_otro"), [("2020-01-23", False), ("2020-01-25", False), ("2020-01-26", True)]
)
def test_la_lista_de_cualquier_dia_de_un_encuentro_es_suya(dia, de_otro):
    sesion = una_sesion(fecha=date(2020, 1, 23), fecha_fin=date(2020, 1, 25))

    assert Importacion(sesion=sesion, resumen={"dias": [dia]}).es_de_otro_dia is de_otro
