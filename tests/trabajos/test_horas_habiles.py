"""Cuándo se puede escribir: días hábiles de Colombia, en horas de oficina."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from trabajos.horas_habiles import (
    dia_habil_anterior,
    dia_habil_siguiente,
    festivos,
    proxima_hora_habil,
    sumar_habiles,
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


@pytest.mark.parametrize(
    ("vigencia", "lunes"), [(2025, None), (2026, "07-13"), (2027, "07-12"), (2029, "07-09")]
)
def test_el_nueve_de_julio_es_festivo_desde_2026_y_pasa_al_lunes(vigencia, lunes):
    entre_fiestas = [d for d in festivos(vigencia) if d.month == 7 and 6 < d.day < 20]

    assert [f"{dia:%m-%d}" for dia in entre_fiestas] == ([lunes] if lunes else [])


@pytest.mark.parametrize(
    ("desde", "vencen"),
    [
        ("2026-03-27", "2026-03-31 2026-04-07 2026-04-14 2026-04-21 2026-05-13"),
        ("2026-07-10", "2026-07-15 2026-07-21 2026-07-28 2026-08-04 2026-08-27"),
        ("2026-11-20", "2026-11-24 2026-11-27 2026-12-04 2026-12-14 2027-01-06"),
        ("2026-11-21", "2026-11-24 2026-11-27 2026-12-04 2026-12-14 2027-01-06"),
        ("2026-12-04", "2026-12-09 2026-12-14 2026-12-21 2026-12-29 2027-01-21"),
        ("2026-12-31", "2027-01-05 2027-01-08 2027-01-18 2027-01-25 2027-02-15"),
        ("2027-03-19", "2027-03-24 2027-03-31 2027-04-07 2027-04-14 2027-05-05"),
    ],
)
def test_un_plazo_en_dias_habiles_empieza_a_contar_el_habil_siguiente(desde, vencen):
    dia = date.fromisoformat(desde)

    obtenidos = [sumar_habiles(dia, n) for n in (2, 5, 10, 15, 30)]

    assert " ".join(str(obtenido) for obtenido in obtenidos) == vencen
