"""Las medidas del portal. Cada módulo se corre con `python -m bench.…` (vea README.md).

Importarlo abre Django sobre una carpeta que se tira al salir: nada toca los datos de nadie.
"""

import atexit
import os
import shutil
import tempfile

if "ESCUELA_DATOS" not in os.environ:
    os.environ["ESCUELA_DATOS"] = tempfile.mkdtemp(prefix="bench-")
    atexit.register(shutil.rmtree, os.environ["ESCUELA_DATOS"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escuela.settings")

import django

django.setup()
