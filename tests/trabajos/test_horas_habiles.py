"""Cuándo se puede escribir: días hábiles de Colombia, en horas de oficina."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from trabajos.horas_habiles import (
    dia_habil_anterior,
    dia_habil_siguiente,
    festivos,
    proxima_hora_habil,
)


def test_los_festivos_de_2026_son_los_diecinueve_de_la_ley():
    assert " ".join(sorted(f"{dia:%m-%d}" for dia in festivos(2026))) == (
        "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 "
        "10-12 11-02 11-16 12-08 12-25"
    )


@pytest.mark.parametrize(
    ("momento", "sale"),
    [
        ("2026-11-20 10:15", "2026-11-20 10:15"),
        ("2026-11-20 06:59", "2026-11-20 07:00"),
        ("2026-11-19 18:00", "2026-11-20 07:00"),
        ("2026-11-20 22:30", "2026-11-23 07:00"),  # viernes de noche
        ("2026-11-13 18:00", "2026-11-17 07:00"),  # puente: el lunes 16 es festivo
        ("2026-12-08 09:00", "2026-12-09 07:00"),  # festivo entre semana
        ("2026-12-31 20:00", "2027-01-04 07:00"),  # cambia la vigencia
    ],
)
def test_un_mensaje_sale_en_la_primera_hora_habil(momento, sale):
    bogota = timezone.get_default_timezone()

    obtenido = proxima_hora_habil(datetime.fromisoformat(momento).replace(tzinfo=bogota))

    assert obtenido == datetime.fromisoformat(sale).replace(tzinfo=bogota)


def test_la_hora_es_la_de_bogota_aunque_el_momento_venga_en_otra():
    en_londres = datetime.fromisoformat("2026-11-20T11:30:00+00:00")  # 6:30 a.m. en Bogotá

    assert proxima_hora_habil(en_londres).isoformat() == "2026-11-20T07:00:00-05:00"


def test_las_horas_se_pueden_cambiar(settings):
    settings.HORAS_DE_CORREO = (8, 16)
    tarde = datetime.fromisoformat("2026-11-19T16:00:00-05:00")

    assert proxima_hora_habil(tarde).isoformat() == "2026-11-20T08:00:00-05:00"


def test_el_dia_habil_de_antes_y_el_de_despues_saltan_el_puente():
    martes, viernes = date(2026, 11, 17), date(2026, 11, 13)

    assert (dia_habil_anterior(martes), dia_habil_siguiente(viernes)) == (viernes, martes)
