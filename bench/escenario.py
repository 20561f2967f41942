"""Una base desechable para medir: la de DATABASE_URL, si está vacía, o una SQLite temporal."""

import io
import json
import resource
import statistics
import sys
import time
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from conectate.models import Sesion


def preparar():
    """Deja la base como recién instalada, con los catálogos y los estáticos, y sin sesiones."""
    if "conectate_sesion" in connection.introspection.table_names() and Sesion.objects.exists():
        sys.exit("Esta base ya tiene sesiones: mida en una vacía, para no ensuciar la de nadie.")
    call_command("preparar", sin_demo=True, stdout=io.StringIO())


@contextmanager
def cronometro():
    """Deja en `.segundos` lo que tardó el bloque."""

    class Lectura:
        segundos = 0.0

    lectura = Lectura()
    inicio = time.perf_counter()
    yield lectura
    lectura.segundos = time.perf_counter() - inicio


def memoria_maxima_mb() -> float:
    """El pico de memoria residente de este proceso."""
    pico = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(pico / (1024 if sys.platform != "darwin" else 1024 * 1024), 1)


def resumen(valores) -> dict:
    return {
        "minimo": round(min(valores), 3),
        "mediana": round(statistics.median(valores), 3),
        "maximo": round(max(valores), 3),
    }


def decir(medida: str, **cifras) -> None:
    print(json.dumps({"medida": medida, **cifras}, ensure_ascii=False, indent=1))
