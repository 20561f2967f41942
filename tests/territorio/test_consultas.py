"""Cuántas entidades había en cada fecha, y quién atendía a quién."""

from datetime import date

import pytest

from territorio.consultas import (
    entidad_que_atiende,
    entidades_vigentes,
    hitos_de_certificacion,
    numero_de_entidades,
)
from territorio.models import EntidadTerritorial, Municipio

pytestmark = pytest.mark.usefixtures("territorio")


@pytest.mark.parametrize(
    ("fecha", "cuantas"),
    [
        (date(2011, 1, 1), 95),
        (date(2018, 12, 31), 95),
        (date(2019, 1, 1), 96),
        (date(2022, 12, 31), 96),
        (date(2023, 1, 1), 97),
        (date(2026, 11, 22), 97),
    ],
)
def test_cada_fecha_tiene_su_numero_de_entidades(fecha, cuantas):
    assert numero_de_entidades(fecha) == entidades_vigentes(fecha).count() == cuantas


def test_los_hitos_dicen_quien_entro_y_cuando():
    hitos = [
        (hito.desde, hito.hasta, hito.numero, [str(e) for e in hito.entran])
        for hito in hitos_de_certificacion(date(2026, 1, 1))
    ]

    assert hitos == [
        (None, date(2018, 12, 31), 95, []),
        (date(2019, 1, 1), date(2022, 12, 31), 96, ["Funza"]),
        (date(2023, 1, 1), None, 97, ["La Estrella"]),
    ]


def test_cerrar_una_entidad_baja_el_numero_desde_el_dia_siguiente():
    EntidadTerritorial.objects.filter(nombre="Funza").update(hasta=date(2024, 6, 30))

    ultimo = hitos_de_certificacion(date(2026, 1, 1))[-1]

    assert (ultimo.desde, ultimo.numero) == (date(2024, 7, 1), 96)
    assert [str(entidad) for entidad in ultimo.salen] == ["Funza"]


@pytest.mark.parametrize(
    ("municipio", "fecha", "quien"),
    [
        ("25286", date(2018, 6, 1), "Cundinamarca"),
        ("25286", date(2019, 1, 1), "Funza"),
        ("05380", date(2022, 12, 31), "Antioquia"),
        ("05380", date(2023, 1, 1), "La Estrella"),
        ("73349", date(2020, 1, 1), "Tolima"),
        ("52001", date(2011, 1, 1), "Pasto"),
        ("94663", date(2019, 6, 1), "Guainía"),
        ("94663", date(2020, 1, 1), None),
    ],
)
def test_a_cada_municipio_lo_atiende_una_entidad_segun_la_fecha(municipio, fecha, quien):
    atiende = entidad_que_atiende(Municipio.objects.get(codigo=municipio), fecha)

    assert (atiende and atiende.nombre) == quien
