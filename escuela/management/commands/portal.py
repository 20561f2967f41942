"""La orden que sostiene el portal: abre la web y el trabajador, y relanza el que se caiga."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from escuela.procesos import parar, rematar, separado

PLAZO_PARA_CERRAR = 12  # segundos
ESPERA_MAXIMA = 30
CAIDA_RAPIDA = 20


def ordenes(direccion, puerto):
    """Qué se abre. En Windows no hay gunicorn ni agenda dentro del trabajador."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "escuela", "--quiet"]
    trabajador = [*celery, "worker", "-P", "threads", "-c", "2", "-l", "WARNING"]
    if os.name == "nt":
        web = [python, "-m", "waitress", f"--listen={direccion}:{puerto}", "--threads=8"]
        return {
            "web": [*web, "escuela.wsgi:application"],
            "trabajador": trabajador,
            "agenda": [*celery, "beat", "-l", "WARNING", "--pidfile="],
        }
    web = [python, "-m", "gunicorn", "-c", "python:escuela.gunicorn"]
    return {
        "web": [*web, "--bind", f"{direccion}:{puerto}"],
        "trabajador": [*trabajador, "-B"],
    }


class Hijo:
    """Un proceso que debe estar siempre en pie; si cae varias veces seguidas, espera más."""

    def __init__(self, orden):
        self.orden = orden
        self.espera = 1
        self.abrir()

    def abrir(self):
        self.desde = time.monotonic()
        self.proceso = subprocess.Popen(self.orden, stdin=subprocess.DEVNULL, **separado())
        self.reabrir_en = None

    def vigilar(self):
        """Lo relanza si cayó. Dice si acaba de caer."""
        if self.proceso.poll() is None:
            return False
        ahora = time.monotonic()
        if self.reabrir_en is None:
            rematar(self.proceso)
            fue_rapida = ahora - self.desde < CAIDA_RAPIDA
            self.espera = min(self.espera * 2, ESPERA_MAXIMA) if fue_rapida else 1
            self.reabrir_en = ahora + self.espera
            return True
        if ahora >= self.reabrir_en:
            self.abrir()
        return False


class Command(BaseCommand):
    help = "Arranca la web y el trabajador juntos. Ctrl-C los para."

    def add_arguments(self, parser):
        parser.add_argument("--puerto", type=int, default=8000)
        parser.add_argument("--direccion", default="127.0.0.1", help="0.0.0.0 para toda la red")

    def handle(self, *args, **opciones):
        direccion, puerto = opciones["direccion"], opciones["puerto"]
        self.exigir_puerto_libre(direccion, puerto)
        # También el Ctrl-C: quien lo abre con «&» le deja heredado que lo desoiga.
        for aviso in (signal.SIGTERM, signal.SIGINT):
            signal.signal(aviso, signal.default_int_handler)
        if not settings.SERVIDORES:  # los enlaces de correos y paquetes traen de vuelta aquí
            os.environ.setdefault("ESCUELA_DIRECCION", f"http://127.0.0.1:{puerto}")
        hijos = {nombre: Hijo(orden) for nombre, orden in ordenes(direccion, puerto).items()}
        try:
            self.esperar_y_presentar(hijos, puerto)
            while True:
                self.vigilar(hijos)
                time.sleep(0.3)
        except KeyboardInterrupt:
            self.stdout.write("\nCerrando…")
        finally:
            self.cerrar(hijos)

    def exigir_puerto_libre(self, direccion, puerto):
        with socket.socket() as enchufe:
            if os.name != "nt":
                enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                enchufe.bind((direccion, puerto))
            except OSError as error:
                raise CommandError(
                    f"No se puede usar el puerto {puerto} ({error.strerror}). "
                    f"Pruebe con otro: --puerto {puerto + 1}"
                ) from error

    def esperar_y_presentar(self, hijos, puerto):
        while not self.responde(puerto):
            self.vigilar(hijos)
            time.sleep(0.1)
        self.stdout.write(f"\nEl portal está en http://127.0.0.1:{puerto}/\n")
        try:
            call_command("cuentas_demostracion", stdout=self.stdout)
        except CommandError:
            self.stdout.write("Para entrar, cree en otra consola la primera cuenta:")
            self.stdout.write(f"  {os.path.relpath(sys.executable)} manage.py createsuperuser")
        self.stdout.write("\nCtrl-C para todo.\n")
        self.stdout.flush()

    def responde(self, puerto):
        try:
            with socket.create_connection(("127.0.0.1", puerto), timeout=1):
                return True
        except OSError:
            return False

    def vigilar(self, hijos):
        for nombre, hijo in hijos.items():
            if hijo.vigilar():
                self.stderr.write(
                    f"Se cayó: {nombre} (código {hijo.proceso.returncode}). "
                    f"Se relanza en {hijo.espera} s."
                )

    def cerrar(self, hijos):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for hijo in hijos.values():
            parar(hijo.proceso)
        limite = time.monotonic() + PLAZO_PARA_CERRAR
        for hijo in hijos.values():
            with suppress(subprocess.TimeoutExpired):
                hijo.proceso.wait(max(0.1, limite - time.monotonic()))
            rematar(hijo.proceso)
            hijo.proceso.wait()
