"""La orden que dice la participación de un año."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.fabricas import un_tipo, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def test_con_json_la_salida_es_solo_json(capsys):
    huila, meta = una_entidad("Huila", codigo_dane="41"), una_entidad("Meta", codigo_dane="50")
    una_participacion(una_sesion(convocadas=[huila, meta]), huila)
    una_participacion(una_sesion(convocadas=[huila, meta]))
    una_sesion(convocadas=[huila])
    una_participacion(una_sesion(tipo=un_tipo("dialogo"), convocadas=[huila]), huila)

    call_command("resumen_asistencia", vigencia=2020, json=True)

    salida = capsys.readouterr()
    resumen = json.loads(salida.out)
    assert salida.err == ""
    assert resumen["vigencia"] == 2020
    assert [
        (t["clave"], t["sesiones"], t["sin_dato"], t["n_entidades"]) for t in resumen["tipos"]
    ] == [("dialogo", 1, 0, 1), ("informativa", 3, 1, 2)]
    assert resumen["tipos"][1]["entidades"] == [
        {"codigo": "41", "nombre": "Huila", "x": 1, "n": 2},
        {"codigo": "50", "nombre": "Meta", "x": 0, "n": 2},
    ]
    assert resumen["entidades"][0] == {
        "codigo": "41",
        "nombre": "Huila",
        "x": 2,
        "n": 3,
        "asistencias": 2,
    }
    assert resumen["totales"] == {
        "entidades": 2,
        "sesiones": 4,
        "sin_dato": 1,
        "asistencias": 3,
        "personas": 3,
        "minutos": 180.0,
        "sin_identificar": 1,
        "de_otra_organizacion": 0,
        "aforo": 0,
    }


def test_sin_json_se_lee_en_la_consola(capsys):
    huila = una_entidad("Huila", codigo_dane="41")
    una_participacion(una_sesion(convocadas=[huila]), huila)

    call_command("resumen_asistencia", vigencia=2020)

    renglones = capsys.readouterr().out.splitlines()
    assert renglones[0] == "Participación en 2020"
    assert renglones[-1].split() == ["41", "Huila", "1", "de", "1"]


def test_un_año_sin_sesiones_da_listas_vacias(capsys):
    call_command("resumen_asistencia", vigencia=2015, json=True)

    resumen = json.loads(capsys.readouterr().out)
    assert (resumen["tipos"], resumen["totales"]["sesiones"]) == ([], 0)


def test_lo_que_no_es_un_año_sale_con_dos_y_dice_que_escribir(capsys):
    with pytest.raises(CommandError, match="escriba uno entre") as error:
        call_command("resumen_asistencia", vigencia=20, json=True)

    assert error.value.returncode == 2
    assert capsys.readouterr().out == ""
