"""`manage.py portal` sostiene la web y el trabajador, y no deja nada suelto al irse."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.servicios.valkey import puerto_libre

RAIZ = Path(__file__).resolve().parent.parent.parent
PACIENCIA = 60  # segundos: la máquina puede estar ocupada

pytestmark = [
    pytest.mark.servidor,
    pytest.mark.un_motor,
    pytest.mark.skipif(sys.platform != "linux", reason="mira procesos de Linux"),
]


def esperar(condicion):
    limite = time.monotonic() + PACIENCIA
    while not (resultado := condicion()):
        assert time.monotonic() < limite, "no ocurrió a tiempo"
        time.sleep(0.1)
    return resultado


def vivos(procesos):
    """Sin los que ya murieron y solo esperan a que init los recoja."""
    return [p for p in procesos if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


class Portal:
    """Un portal abierto en su puerto, y la familia de procesos que sostiene."""

    def __init__(self, entorno):
        self.puerto = puerto_libre()
        self.proceso = subprocess.Popen(
            [sys.executable, "manage.py", "portal", "--puerto", str(self.puerto)],
            cwd=RAIZ,
            env=entorno,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def responde(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.puerto}/", timeout=5)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def descendencia(self):
        return psutil.Process(self.proceso.pid).children(recursive=True)

    def hijo(self, nombre):
        """El proceso que abrió el supervisor para «gunicorn» o «celery»."""
        for proceso in psutil.Process(self.proceso.pid).children():
            with suppress(psutil.NoSuchProcess):  # también los que acaban de morir
                if nombre in proceso.cmdline():
                    return proceso
        return None

    def completo(self):
        """Web con sus dos procesos, y trabajador con su agenda."""
        return self.responde() and len(self.descendencia()) >= 5


@pytest.fixture
def portal(entorno):
    entorno["ESCUELA_DEPURAR"] = "1"  # sin reunir los estáticos, que aquí no importan
    abierto = Portal(entorno)
    yield abierto
    if abierto.proceso.poll() is None:
        abierto.proceso.kill()
    abierto.proceso.communicate()


def test_relanza_lo_que_se_cae_y_se_cierra_sin_dejar_nada(portal):
    esperar(portal.completo)
    web, trabajador = portal.hijo("gunicorn"), portal.hijo("celery")

    web.send_signal(signal.SIGKILL)
    trabajador.send_signal(signal.SIGKILL)
    esperar(lambda: portal.hijo("gunicorn") not in (None, web) and portal.completo())
    familia = portal.descendencia()
    portal.proceso.send_signal(signal.SIGTERM)

    salida, _ = portal.proceso.communicate(timeout=PACIENCIA)
    assert portal.proceso.returncode == 0, salida
    assert "Se cayó: web" in salida
    assert vivos(familia) == []


def test_si_matan_al_supervisor_no_queda_ningun_proceso(portal):
    esperar(portal.completo)
    familia = portal.descendencia()

    portal.proceso.kill()

    esperar(lambda: not vivos(familia))


def test_los_enlaces_de_los_correos_llevan_al_puerto_en_que_se_abrio(portal):
    esperar(portal.completo)

    trabajador = portal.hijo("celery")

    assert trabajador.environ()["ESCUELA_DIRECCION"] == f"http://127.0.0.1:{portal.puerto}"


def test_un_puerto_ocupado_se_dice_con_la_salida(entorno, live_server):
    puerto = live_server.thread.port

    fin = subprocess.run(
        [sys.executable, "manage.py", "portal", "--puerto", str(puerto)],
        cwd=RAIZ,
        env={**entorno, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )

    assert fin.returncode == 1
    assert f"--puerto {puerto + 1}" in fin.stderr
