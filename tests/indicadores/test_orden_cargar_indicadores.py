"""La orden que publica un archivo de una vez, para quien opera el portal."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from indicadores.models import Version
from tests.fabricas_de_indicadores import un_conjunto, una_unidad
from tests.indicadores.archivos import CALI, MEDELLIN, TITULOS, con, un_catalogo, un_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def cargar(tmp_path):
    un_catalogo()

    def orden(*filas, datos=None, **opciones):
        ruta, salida = tmp_path / "men.csv", StringIO()
        ruta.write_bytes(un_csv(*filas) if datos is None else datos)
        call_command("cargar_indicadores", ruta, json=True, stdout=salida, **opciones)
        return json.loads(salida.getvalue())

    return orden


def test_publica_de_una_vez_y_responde_en_json(cargar):
    datos = cargar(con(MEDELLIN, APROBACIÓN="50"), CALI, con(CALI, CÓDIGO_MUNICIPIO="99999"))

    assert datos == {
        "filas": 3,
        "nuevas": 12,
        "iguales": 0,
        "cambiadas": 0,
        "rechazadas": [{"fila": 4, "motivo": "No hay municipio con el código «99999»."}],
        "reglas": [{"regla": "suma", "casos": 1}],
        "version": 1,
    }


def test_el_mismo_archivo_dos_veces_no_publica_otra_version(cargar):
    cargar(MEDELLIN)

    datos = cargar(MEDELLIN)

    assert (datos["nuevas"], datos["iguales"], datos["cambiadas"], datos["version"]) == (0, 6, 0, 1)
    assert Version.objects.count() == 1


def test_reconoce_el_conjunto_por_sus_columnas(cargar):
    un_conjunto("departamental")
    una_unidad(ambito="departamento", codigo="05", nombre="Antioquia")
    titulos = [t.replace("MUNICIPIO", "DEPARTAMENTO") for t in TITULOS]

    cargar(datos=un_csv(["2022", "5", "Antioquia", *MEDELLIN[3:]], titulos=titulos))

    assert Version.objects.get().conjunto.clave == "departamental"


def test_medio_archivo_sale_con_dos_y_no_cambia_nada(cargar):
    with pytest.raises(CommandError, match="incompleto") as error:
        cargar(datos=un_csv(MEDELLIN, CALI)[:-20])

    assert (error.value.returncode, Version.objects.count()) == (2, 0)


def test_otras_columnas_salen_con_dos_y_dicen_cuales(cargar):
    titulos = [{"DESERCIÓN": "TASA", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]

    with pytest.raises(CommandError, match="no se reconocen: TASA, X7") as error:
        cargar(datos=un_csv(MEDELLIN, titulos=titulos))

    assert error.value.returncode == 2


def test_un_corte_anterior_no_se_publica_si_no_se_insiste(cargar):
    cargar(MEDELLIN, corte=date(2023, 12, 31))
    vieja = {"corte": date(2022, 12, 31), "motivo": "Prueba."}

    with pytest.raises(CommandError, match="--aunque-sea-anterior") as error:
        cargar(con(MEDELLIN, COBERTURA_NETA="90"), **vieja)
    datos = cargar(con(MEDELLIN, COBERTURA_NETA="90"), aunque_sea_anterior=True, **vieja)

    assert (error.value.returncode, datos["cambiadas"], datos["version"]) == (2, 1, 2)


@pytest.mark.parametrize(
    ("opciones", "dice"),
    [({"conjunto": "otro"}, "No hay un conjunto «otro»"), ({}, "Dígalo con --conjunto")],
)
def test_sin_saber_de_que_conjunto_es_sale_con_dos(cargar, opciones, dice):
    with pytest.raises(CommandError, match=dice) as error:
        cargar(datos=b"A,B\n1,2\n", **opciones)

    assert error.value.returncode == 2


def test_un_archivo_que_no_esta_sale_con_dos(tmp_path):
    with pytest.raises(CommandError, match="Compruebe que existe") as error:
        call_command("cargar_indicadores", tmp_path / "no.csv")

    assert error.value.returncode == 2
