"""Las cinco muestras, enteras: identidades, minutos, decisiones y cuentas, contra su verdad."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from conectate.cargas import importar
from conectate.consultas.importaciones import como_datos

pytestmark = pytest.mark.django_db

ARCHIVOS = [
    "teams_informe_es.csv",
    "teams_lista_en.csv",
    "zoom_participantes_es.csv",
    "zoom_seminario_es.csv",
    "formulario_google_es.csv",
]


@pytest.fixture
def muestras(compartido):
    call_command("cargar_territorio", verbosity=0)
    call_command("cargar_tipos_sesion", verbosity=0)
    carpeta = compartido / "muestras" / "asistencia"
    call_command("cargar_dominios", carpeta / "dominios-etc.csv", verbosity=0)
    return carpeta


@pytest.fixture
def verdades(muestras):
    verdad = json.loads((muestras / "verdad.json").read_text(encoding="utf-8"))
    return {uno["archivo"]: uno for uno in verdad["archivos"]}


def importar_muestra(muestras, verdad):
    fecha = date.fromisoformat(verdad["sesion"]["fecha_programada"])
    importada = importar(muestras / verdad["archivo"], fecha=fecha)
    return como_datos(importada.importacion, sin_cambios=importada.sin_cambios)


def huella_de(identidad):
    """Con qué se empareja una identidad nuestra con la de la verdad."""
    return (
        tuple(sorted(nombre.strip() for nombre in identidad["nombres"])),
        identidad["tipo"],
        identidad["conexiones"],
    )


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_forma_las_identidades_y_sus_minutos(muestras, verdades, archivo):
    verdad = verdades[archivo]

    datos = importar_muestra(muestras, verdad)

    assert datos["total"] == verdad["participantes_distintos_automatico"]
    assert (datos["formato"], datos["codificacion"]) == (
        verdad["formato"],
        verdad["codificacion"],
    )
    assert sorted(map(huella_de, datos["identidades"])) == sorted(
        map(huella_de, verdad["identidades"])
    )
    nuestras = sorted(datos["identidades"], key=_por_huella_y_minutos)
    suyas = sorted(verdad["identidades"], key=_por_huella_y_minutos)
    for nuestra, suya in zip(nuestras, suyas, strict=True):
        if suya["minutos"] is None:
            assert nuestra["minutos"] is None
        else:
            assert nuestra["minutos"] == pytest.approx(suya["minutos"], abs=suya["conexiones"])


def _por_huella_y_minutos(identidad):
    return huella_de(identidad), identidad["minutos"] or 0


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_decide_como_debe_y_nunca_asigna_mal(muestras, verdades, archivo):
    verdad = verdades[archivo]

    datos = importar_muestra(muestras, verdad)

    por_persona = {}
    for identidad in datos["identidades"]:
        for sena in [*identidad["correos"], *(n.strip() for n in identidad["nombres"])]:
            por_persona.setdefault((sena, bool(identidad["correos"])), []).append(identidad)
    for esperado in verdad["participantes"]:
        correo = [c.strip().lower() for c in esperado["correos"]]
        senas = correo or [n.strip() for n in esperado["nombres_en_archivo"]]
        for identidad in por_persona[senas[0], bool(correo)]:
            assert identidad["decision"] == esperado["decision_esperada"], esperado
            assert identidad["evidencia"] == esperado["evidencia"], esperado
            if identidad["decision"] == "automatica":
                assert identidad["etc"] == esperado["etc_esperada"]
            else:
                assert identidad["etc"] is None
            if identidad["decision"] in ("sugerencia", "revision"):
                assert esperado["etc_esperada"] in identidad["sugerencias"][:3]


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_cuenta_por_entidad_y_por_decision(muestras, verdades, archivo):
    verdad = verdades[archivo]

    datos = importar_muestra(muestras, verdad)

    decisiones = [i["decision"] for i in datos["identidades"] if i["decision"] != "excluir"]
    de_mas = verdad["participantes_distintos_automatico"] - sum(verdad["por_decision"].values())
    assert datos["por_etc"] == verdad["por_etc_automatico"]
    assert {clave: decisiones.count(clave) for clave in verdad["por_decision"]} == (
        # Las que esperan que alguien las una a otra también están en la cola.
        verdad["por_decision"] | {"cola": verdad["por_decision"]["cola"] + de_mas}
    )


def test_las_cinco_en_la_misma_base_dan_lo_mismo_y_repetirlas_no_cambia_nada(muestras, verdades):
    primeras = {archivo: importar_muestra(muestras, verdades[archivo]) for archivo in ARCHIVOS}

    segundas = {archivo: importar_muestra(muestras, verdades[archivo]) for archivo in ARCHIVOS}

    for archivo in ARCHIVOS:
        assert primeras[archivo]["por_etc"] == verdades[archivo]["por_etc_automatico"]
        assert segundas[archivo] == primeras[archivo] | {"sin_cambios": True}
