"""`manage.py preparar` hace lo que falta, y la segunda vez no hace nada."""

import json

import pytest
from django.core.management import call_command

from escuela.management.commands import preparar

CATALOGOS = [*preparar.CATALOGOS, "collectstatic"]
DEMOSTRACION = ["cargar_demostracion", "cargar_cifras_demostracion"]
BUSCADOR = "reindexar"

pytestmark = pytest.mark.django_db


@pytest.fixture
def llamadas(monkeypatch, settings, tmp_path):
    """Las órdenes que mandó correr, en una carpeta de datos recién hecha."""
    settings.DATOS = tmp_path
    hechas = []
    monkeypatch.setattr(preparar, "call_command", lambda orden, *_, **__: hechas.append(orden))
    return hechas


def test_la_primera_vez_carga_los_catalogos_y_la_demostracion(llamadas):
    call_command("preparar")

    assert llamadas == [*CATALOGOS, *DEMOSTRACION, BUSCADOR]


def test_la_segunda_vez_no_hace_nada(llamadas):
    call_command("preparar")
    llamadas.clear()

    call_command("preparar")

    assert llamadas == []


def test_sin_demo_no_la_carga_y_despues_se_puede_pedir(llamadas):
    call_command("preparar", sin_demo=True)
    sin_demo = list(llamadas)
    llamadas.clear()

    call_command("preparar")

    assert sin_demo == [*CATALOGOS, BUSCADOR]
    assert llamadas == [*DEMOSTRACION, BUSCADOR]


def test_si_cambia_el_codigo_vuelve_a_los_catalogos_y_no_a_la_demostracion(llamadas, monkeypatch):
    call_command("preparar")
    llamadas.clear()
    monkeypatch.setattr(preparar.Command, "huella_del_codigo", lambda orden: "otra")

    call_command("preparar")

    assert llamadas == [*CATALOGOS, BUSCADOR]


def test_a_un_portal_de_antes_le_llegan_las_cifras_y_no_otra_vez_la_demostracion(
    llamadas, settings
):
    call_command("preparar")
    nota = settings.DATOS / "preparado.json"
    hecho = json.loads(nota.read_text())
    del hecho["cifras"]
    nota.write_text(json.dumps(hecho))
    llamadas.clear()

    call_command("preparar")

    assert llamadas == ["cargar_cifras_demostracion", BUSCADOR]


def test_una_base_nueva_se_llena_aunque_la_nota_sea_de_la_anterior(llamadas, monkeypatch):
    call_command("preparar")
    llamadas.clear()
    monkeypatch.setattr(
        preparar.Command, "migraciones_pendientes", lambda orden: {("territorio", "0001_inicial")}
    )

    call_command("preparar")

    assert llamadas == ["migrate", "createcachetable", *CATALOGOS, *DEMOSTRACION, BUSCADOR]


def test_en_produccion_no_se_carga_nada_inventado(llamadas, settings):
    settings.PRODUCCION = True

    call_command("preparar")

    assert llamadas == [*CATALOGOS, BUSCADOR]
