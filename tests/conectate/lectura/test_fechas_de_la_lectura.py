"""El orden de las fechas se decide una vez por archivo (y se dice cuando no se puede)."""

from datetime import date, datetime, time

import pytest

from conectate.lectura import leer
from conectate.lectura.fechas import Calendario, fecha_del_nombre, hora_del_dia
from tests.conectate.lectura import fabrica_otras, fabrica_teams
from tests.conectate.lectura.fabrica_archivos import (
    CON_CORREO,
    DIA,
    Alguien,
    amd,
    como_csv,
    como_teams,
    como_xlsx,
    dma_de_zoom,
    fecha_amd,
    mda_corta,
    mda_de_zoom,
    resumen,
)

MAYO_3 = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("texto", "momento"),
    [
        ("23/2/2021 8:30:03", datetime(2021, 2, 23, 8, 30, 3)),
        ("11/14/2020, 9:50:12 AM", datetime(2020, 11, 14, 9, 50, 12)),
        ("2/19/25, 9:04:01 pm", datetime(2025, 2, 19, 21, 4, 1)),
        ("16/03/2021 08:00:01", datetime(2021, 3, 16, 8, 0, 1)),
        ("14/11/22, 09:29:07", datetime(2022, 11, 14, 9, 29, 7)),
        ("19/2/2026, 8:48:00\u202fa.\u00a0m.", datetime(2026, 2, 19, 8, 48)),
        ("19/2/2026, 12:05:00\u202fp.\u00a0m.", datetime(2026, 2, 19, 12, 5)),
        ("19/2/2026,\u00a012:05:00 a.m.", datetime(2026, 2, 19, 0, 5)),
        ("09/24/2020 11:35:16 AM", datetime(2020, 9, 24, 11, 35, 16)),
        ("24-09-2020 11:35:16 PM", datetime(2020, 9, 24, 23, 35, 16)),
        ("2020-09-24 11:35:16", datetime(2020, 9, 24, 11, 35, 16)),
        ("2020-09-24T11:35:16", datetime(2020, 9, 24, 11, 35, 16)),
        ("2020-09-24T16:35:16Z", datetime(2020, 9, 24, 11, 35, 16)),
        ("2020-09-24T11:35:16-05:00", datetime(2020, 9, 24, 11, 35, 16)),
        ("Mar 22, 2025 19:13:27", datetime(2025, 3, 22, 19, 13, 27)),
        ("22 de marzo de 2025, 7:13 p. m.", datetime(2025, 3, 22, 19, 13)),
        ("22-sept.-2025 07:13", datetime(2025, 9, 22, 7, 13)),
        ("sábado, 22 de marzo de 2025 19:13", datetime(2025, 3, 22, 19, 13)),
        ("2026/03/12 9:15:32 a. m. GMT-5", datetime(2026, 3, 12, 9, 15, 32)),
        ("2026/03/12 2:15:32 p. m. UTC", datetime(2026, 3, 12, 9, 15, 32)),
        ("22.09.26 08:10", datetime(2026, 9, 22, 8, 10)),
        ('"5/13/2026 8:10"', datetime(2026, 5, 13, 8, 10)),
        ("46086.375", datetime(2026, 3, 5, 9)),
        ("", None),
        ("--", None),
        ("9:15", None),
        ("99/99/2026 8:00", None),
        ("5/13/2026 25:61:00", None),
        ("Ana Ruiz", None),
    ],
)
def test_una_fecha_que_no_deja_duda_se_lee_escrita_como_sea(texto, momento):
    assert Calendario([texto])(texto) == momento


@pytest.mark.parametrize(
    ("textos", "dia", "orden"),
    [
        (["05/03/2026 9:00", "13/03/2026 9:00"], None, "dma"),
        (["05/03/2026 9:00", "03/13/2026 9:00"], None, "mda"),
        (["05/03/2026 9:00"], DIA, "dma"),
        (["05/03/2026 9:00"], MAYO_3, "mda"),
        (["05.03.26 9:00"], MAYO_3, "dma"),
        (["2026-03-05 9:00"], MAYO_3, "amd"),
        (["Mar 5, 2026 9:00"], None, None),
        ([], None, None),
    ],
)
def test_el_orden_lo_decide_un_numero_mayor_que_doce_o_la_sesion(textos, dia, orden):
    calendario = Calendario(textos, dia=dia)

    assert (calendario.orden, calendario.ambiguo) == (orden, False)


@pytest.mark.parametrize("dia", [None, date(2026, 8, 20)])
def test_si_nada_decide_se_avisa(dia):
    assert Calendario(["05/03/2026 9:00"], dia=dia).ambiguo is True


def test_un_dia_igual_al_mes_no_tiene_nada_que_preguntar():
    assert Calendario(["05/05/2026 9:00"]).ambiguo is False


@pytest.mark.parametrize(
    ("fecha", "dia", "orden"), [(mda_de_zoom, MAYO_3, "mda"), (dma_de_zoom, MAYO_3, "dma")]
)
def test_los_tramos_caen_en_el_dia_de_la_sesion(fecha, dia, orden):
    filas = fabrica_otras.participantes(fecha=fecha, dia=dia)

    lectura = leer(como_csv(filas), fecha=dia)

    assert (lectura.orden_de_fechas, lectura.dias, lectura.avisos) == (orden, [dia], [])
    assert resumen(lectura) == CON_CORREO


def test_sin_fecha_de_sesion_una_fecha_dudosa_se_pregunta():
    lectura = leer(como_csv(fabrica_otras.participantes(fecha=dma_de_zoom)))

    (aviso,) = lectura.avisos
    assert aviso.codigo == "fecha_ambigua"
    assert "5 de marzo de 2026" in aviso.mensaje
    assert "3 de mayo de 2026" in aviso.mensaje
    assert resumen(lectura) == CON_CORREO


def test_el_archivo_de_otra_sesion_se_avisa_y_no_pierde_nada():
    filas = fabrica_teams.informe(fecha=mda_corta, dia=date(2026, 2, 19))

    lectura = leer(como_teams(filas), fecha=date(2026, 8, 20))

    (aviso,) = lectura.avisos
    assert aviso.codigo == "fecha_distinta"
    assert "19 de febrero de 2026" in aviso.mensaje
    assert resumen(lectura) == CON_CORREO


def test_la_fecha_del_informe_tambien_decide_el_orden():
    filas = fabrica_otras.participantes(fecha=mda_de_zoom, con_datos=False)
    preludio = [["Report Generated:", "03/18/2026 11:18:52 AM"], []]

    lectura = leer(como_csv([*preludio, *filas]))

    assert (lectura.orden_de_fechas, lectura.dias, lectura.avisos) == ("mda", [DIA], [])


def test_el_nombre_del_archivo_orienta_si_no_hay_sesion():
    filas = fabrica_otras.participantes(fecha=dma_de_zoom)

    lectura = leer(como_csv(filas), nombre="asistencia 2026-03-05.csv")

    assert (lectura.orden_de_fechas, lectura.avisos) == ("dma", [])


def test_excel_que_cambio_el_dia_por_el_mes_se_endereza_con_la_sesion():
    """Excel en español abre 3/5 (5 de marzo, a la inglesa) como 3 de mayo."""
    filas = fabrica_otras.participantes(fecha=amd, dia=MAYO_3)

    lectura = leer(como_xlsx(filas, leer_fecha=fecha_amd), fecha=DIA)

    assert lectura.identidades[0].primera_entrada == datetime(2026, 3, 5, 8, 50)
    assert [aviso.codigo for aviso in lectura.avisos] == ["fechas_invertidas"]


def test_una_sesion_de_noche_en_utc_es_del_dia_de_bogota():
    noche = Alguien("Eva", "eva.ejemplo@x.example", ((time(20), time(21, 30)),))

    lectura = leer(como_csv(fabrica_teams.evento_en_vivo(gente=(noche,))), fecha=DIA)

    assert (lectura.dias, lectura.avisos) == ([DIA], [])
    assert lectura.identidades[0].primera_entrada == datetime(2026, 3, 5, 20)


def test_fechas_que_se_contradicen_se_avisan():
    filas = fabrica_otras.participantes(fecha=mda_de_zoom, con_datos=False)
    filas[1][2:4] = ["13/03/2026 09:00:00 AM", "13/03/2026 10:00:00 AM"]
    filas[2][2:4] = ["03/13/2026 09:00:00 AM", "03/13/2026 10:00:00 AM"]

    lectura = leer(como_csv(filas), fecha=date(2026, 3, 13))

    assert "fechas_contradictorias" in [aviso.codigo for aviso in lectura.avisos]
    assert lectura.identidades[0].minutos == 60.0


@pytest.mark.parametrize(
    ("texto", "hora"),
    [
        ("9:02 AM", "09:02:00"),
        ("14:41", "14:41:00"),
        ("9:02:33 p. m.", "21:02:33"),
        ("12:00 a.m.", "00:00:00"),
        ("", "None"),
        ("Ana", "None"),
    ],
)
def test_las_horas_sin_fecha_de_meet(texto, hora):
    assert str(hora_del_dia(texto)) == hora


@pytest.mark.parametrize(
    ("nombre", "dia"),
    [
        ("Informe en fxj-hykv-jev (2026-09-26 14:41).csv", date(2026, 9, 26)),
        ("asistencia_20260926.csv", date(2026, 9, 26)),
        ("participants_85712345678.csv", None),
        ("asistencia 2026-13-45.csv", None),
        ("Attendance report 3-10-25.csv", None),
    ],
)
def test_la_fecha_del_nombre_solo_se_toma_si_no_deja_duda(nombre, dia):
    assert fecha_del_nombre(nombre) == dia
