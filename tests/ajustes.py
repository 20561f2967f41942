"""Los ajustes de las pruebas: los del portal sobre una carpeta que se tira, y sin esperas."""

import atexit
import os
import shutil
import tempfile

# Lo que tenga puesto la consola de quien prueba no puede cambiar el resultado.
for _nombre in list(os.environ):
    if _nombre.startswith(("ENTRA_", "EMAIL_", "REDIS_URL")) or (
        _nombre.startswith("ESCUELA_")
        and _nombre not in {"ESCUELA_COMPARTIDO", "ESCUELA_OBLIGATORIAS"}
    ):
        del os.environ[_nombre]
os.environ["ESCUELA_DATOS"] = tempfile.mkdtemp(prefix="escuela-pruebas-")
atexit.register(shutil.rmtree, os.environ["ESCUELA_DATOS"], ignore_errors=True)

from escuela.settings import *  # noqa: E402, F403
from escuela.settings import DATABASES, DATOS, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # En archivo y no en memoria: así hilos y procesos compiten por ella como en la vida real.
    DATABASES["default"]["TEST"] = {"NAME": str(DATOS / "pruebas.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"
    )
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Dos pruebas pueden publicar la misma versión con otras cifras: nada se recuerda.
    "pintado": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
EMAIL_BACKEND_ENTREGA = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
