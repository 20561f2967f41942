"""Un lote cuyo trabajador muere a la mitad: sigue, ninguno dos veces, ninguno falta."""

import json
import os
from pathlib import Path

import pytest

from tests.trabajos.test_trabajador_de_verdad import (
    PACIENCIA,
    correr,
    esperar_a_que,
    matar,
    un_trabajador,
)

pytestmark = [
    pytest.mark.servidor,
    pytest.mark.skipif(os.name == "nt", reason="mata procesos con señales de POSIX"),
]

ENTIDADES = 24

PEDIR = """
from indicadores.acciones.informes import pedir_lote
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import la_nacion, un_valor, una_unidad, una_version
una_version()
un_valor(3.6, unidad=la_nacion())
for n in range({n}):
    unidad = una_unidad(una_entidad())
    for vigencia in range(2015, 2023):
        un_valor(4.7, unidad=unidad, vigencia=vigencia)
pedir_lote(vigencia=2022, por=un_usuario())
"""
# Espera dentro del proceso: arrancar uno por cada mirada cuesta más que lo que se mira.
CONTAR = """
import json, time
from indicadores.models import EntregaDeInforme
from trabajos.models import Trabajo
limite = time.monotonic() + {paciencia}
while {paciencia} and Trabajo.objects.exclude(estado="terminado").exists():
    assert time.monotonic() < limite, "no terminaron a tiempo"
    time.sleep(0.1)
print(json.dumps([
    [una.entidad_id, una.estado, una.lista_en and una.lista_en.isoformat(), una.pdf.name,
     una.xlsx.name]
    for una in EntregaDeInforme.objects.order_by("pk")
]))
"""


@pytest.fixture
def portal(entorno):
    return {**entorno, "DJANGO_SETTINGS_MODULE": "tests.trabajos.ajustes_con_tareas"}


def contar(entorno, *, paciencia=0):
    return json.loads(correr(entorno, CONTAR, paciencia=paciencia))


def guardados(portal):
    return [
        ruta for ruta in Path(portal["ESCUELA_DATOS"]).rglob("informes/*/*/*") if ruta.is_file()
    ]


def test_el_lote_sigue_donde_quedo_y_cada_entidad_tiene_un_informe(portal):
    correr(portal, PEDIR, n=ENTIDADES)

    with un_trabajador(portal) as victima:
        esperar_a_que(lambda: len(guardados(portal)) >= 8)
        matar(victima)
    a_medias = {una[0]: una for una in contar(portal) if una[1] == "lista"}
    with un_trabajador(portal, "-B"):
        al_final = contar(portal, paciencia=2 * PACIENCIA)

    assert 0 < len(a_medias) < ENTIDADES
    assert [estado for _, estado, *_ in al_final] == ["lista"] * ENTIDADES
    assert [una for una in al_final if una[0] in a_medias] == list(a_medias.values())
    assert len(guardados(portal)) == 2 * ENTIDADES
