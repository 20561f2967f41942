"""Un trabajador de verdad al que se mata a la mitad: nada se pierde y nada se hace dos veces."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

pytestmark = [
    pytest.mark.servidor,
    pytest.mark.skipif(os.name == "nt", reason="mata procesos con señales de POSIX"),
]

TRABAJOS = 8
PACIENCIA = 60

PEDIR = """
from trabajos.acciones import encolar
for n in range({n}):
    encolar("prueba.esperar", por=None, parametros={{"carpeta": {carpeta!r}, "n": n,
                                               "donde": {donde!r}}})
"""
# Espera dentro del proceso: arrancar uno por cada mirada cuesta más que lo que se mira.
CONTAR = """
import json, time
from auditlog.models import LogEntry
from trabajos.models import Trabajo
limite = time.monotonic() + {paciencia}
while {paciencia} and Trabajo.objects.exclude(estado="terminado").exists():
    assert time.monotonic() < limite, "no terminaron a tiempo"
    time.sleep(0.1)
print(json.dumps({{
    "estados": sorted(Trabajo.objects.values_list("estado", flat=True)),
    "hechos": sorted(e["verbo"] for e in LogEntry.objects.values_list("additional_data", flat=True)
                     if e and e["verbo"].startswith("prueba ")),
}}))
"""


@pytest.fixture
def portal(entorno):
    """Una instalación aparte, con la cola en archivos."""
    return {**entorno, "DJANGO_SETTINGS_MODULE": "tests.trabajos.ajustes_con_tareas"}


@pytest.fixture
def portal_con_redis(portal, valkey):
    return {**portal, "REDIS_URL": valkey}


def orden(entorno, *argumentos):
    hecho = subprocess.run(
        [sys.executable, "manage.py", *argumentos], env=entorno, capture_output=True, text=True
    )
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout


def correr(entorno, guion, **datos):
    return orden(entorno, "shell", "--no-imports", "-c", guion.format(**datos))


def contar(entorno, *, paciencia=0):
    """Cómo están los trabajos ahora o, con paciencia, cuando terminen todos."""
    return json.loads(correr(entorno, CONTAR, paciencia=paciencia))


@contextmanager
def un_trabajador(entorno, *opciones):
    """En su propio grupo, para poder matarlo con todos sus hijos."""
    celery = [sys.executable, "-m", "celery", "-A", "escuela", "--quiet", "worker"]
    proceso = subprocess.Popen(
        [*celery, "-P", "threads", "-c", "2", "-l", "ERROR", *opciones],
        env=entorno,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield proceso
    finally:
        matar(proceso)


def matar(proceso):
    if proceso.poll() is None:
        os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait()


def esperar_a_que(condicion):
    limite = time.monotonic() + PACIENCIA
    while not (dado := condicion()):
        assert time.monotonic() < limite, "no pasó a tiempo"
        time.sleep(0.1)
    return dado


def morir_y_seguir(portal, marcas, *, donde):
    """Un trabajador muere con trabajos a medias; llega otro. Da cómo quedó todo tras cada uno."""
    marcas.mkdir()
    (marcas / "cerrojo").touch()
    correr(portal, PEDIR, n=TRABAJOS, carpeta=str(marcas), donde=donde)

    with un_trabajador(portal) as victima:
        esperar_a_que(lambda: list(marcas.glob("llego-*")))
        matar(victima)
    a_medias = contar(portal)
    (marcas / "cerrojo").unlink()

    with un_trabajador(portal, "-B"):
        return a_medias, contar(portal, paciencia=PACIENCIA)


def test_muerto_dentro_del_cierre_lo_escrito_se_deshace_y_otro_lo_hace_una_vez(portal, tmp_path):
    a_medias, al_final = morir_y_seguir(portal, tmp_path / "marcas", donde="dentro")

    assert (a_medias["hechos"], "terminado" in a_medias["estados"]) == ([], False)
    assert al_final["hechos"] == [f"prueba {n}" for n in range(TRABAJOS)]


def test_con_redis_muerto_a_la_mitad_todo_se_hace_una_vez(portal_con_redis, tmp_path):
    a_medias, al_final = morir_y_seguir(portal_con_redis, tmp_path / "marcas", donde="antes")

    assert (a_medias["hechos"], "terminado" in a_medias["estados"]) == ([], False)
    assert al_final["hechos"] == [f"prueba {n}" for n in range(TRABAJOS)]
