"""Procesos que no sobreviven a quien los abrió."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress

_AL_MORIR_EL_PADRE = 1  # PR_SET_PDEATHSIG


def morir_con_el_padre():
    """Linux mata este proceso si su padre desaparece, aunque sea con `kill -9`.

    No se pierde trabajo: lo que estaba a medias vuelve a la cola sin latido. Fuera de Linux no
    hace nada.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_AL_MORIR_EL_PADRE, signal.SIGKILL)


def separado():
    """Opciones de Popen: grupo propio (el Ctrl-C lo reparte el supervisor) y muerte compartida."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True, "preexec_fn": morir_con_el_padre}


def parar(proceso):
    """Pide con buenos modos que termine; a él y, en su grupo, a los que él abrió."""
    if proceso.poll() is None:
        proceso.terminate()


def rematar(proceso):
    """Acaba con lo que quede del grupo, que puede seguir vivo aunque su jefe haya caído."""
    if os.name == "nt":
        proceso.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(proceso.pid, signal.SIGKILL)
