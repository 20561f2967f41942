"""El mismo archivo de ajustes sirve en un clon, con servidores y en producción."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def ajustes(tmp_path):
    """Lee ajustes en un proceso aparte, con el entorno que se le diga."""

    def leer(*nombres, **entorno):
        guion = (
            "import json; from escuela import settings as s;"
            f"print(json.dumps([getattr(s, n) for n in {nombres!r}], default=str))"
        )
        base = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "REDIS_URL")}
        salida = subprocess.run(
            [sys.executable, "-c", guion],
            cwd=RAIZ,
            env={**base, "ESCUELA_DATOS": str(tmp_path), **entorno},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(salida.stdout)

    return leer


def test_en_un_clon_todo_queda_bajo_una_sola_carpeta(ajustes, tmp_path):
    bases, medios, estaticos, cola = ajustes(
        "DATABASES", "MEDIA_ROOT", "STATIC_ROOT", "CELERY_BROKER_TRANSPORT_OPTIONS"
    )

    rutas = [bases["default"]["NAME"], medios, estaticos, cola["data_folder_in"]]
    assert [ruta for ruta in rutas if not ruta.startswith(str(tmp_path))] == []


def test_sqlite_se_abre_para_que_varios_escriban_a_la_vez(ajustes):
    (bases,) = ajustes("DATABASES")

    assert bases["default"]["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }


def test_las_direcciones_del_entorno_cambian_la_base_y_la_cola(ajustes):
    bases, cola, cache, opciones = ajustes(
        "DATABASES",
        "CELERY_BROKER_URL",
        "CACHES",
        "CELERY_BROKER_TRANSPORT_OPTIONS",
        DATABASE_URL="postgresql://portal@servidor:5432/portal",
        REDIS_URL="redis://cola:6379/0",
    )

    assert bases["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert cola == "redis://cola:6379/0"
    assert cache["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert opciones["unacked_restore_interval"] == 2


def test_el_secreto_se_genera_una_vez_y_solo_lo_lee_su_dueno(ajustes, tmp_path):
    primero, segundo = ajustes("SECRET_KEY"), ajustes("SECRET_KEY")

    assert primero == segundo
    assert (tmp_path / "secreto").stat().st_mode & 0o777 == 0o600


def test_en_produccion_las_cookies_solo_viajan_cifradas(ajustes):
    nombres = ajustes(
        "DEBUG",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        ESCUELA_PRODUCCION="1",
        ESCUELA_DEPURAR="1",
    )

    assert nombres == [False, "__Host-sesion", "__Host-csrf", True, True, 31536000]


def test_los_datos_de_la_institucion_se_cambian_sin_tocar_el_codigo(ajustes, tmp_path):
    archivo = tmp_path / "institucion.json"
    archivo.write_text(json.dumps({"ciudad": "Leticia, Colombia"}), encoding="utf-8")

    (institucion,) = ajustes("INSTITUCION", ESCUELA_INSTITUCION=str(archivo))

    assert institucion["ciudad"] == "Leticia, Colombia"
    assert institucion["nombre"] == "Ministerio de Educación Nacional"


def test_las_cifras_y_las_fechas_salen_como_en_colombia(settings):
    from datetime import date

    from django.contrib.humanize.templatetags.humanize import intcomma
    from django.utils.formats import date_format, number_format

    assert intcomma(1234567) == "1.234.567"
    assert number_format(1234.5, 1, force_grouping=True) == "1.234,5"
    assert date_format(date(2026, 11, 22)) == "22 de noviembre de 2026"


def test_toda_variable_de_entorno_esta_explicada():
    explicadas = (RAIZ / "docs" / "operacion.md").read_text(encoding="utf-8")
    leidas = {
        nombre
        for archivo in (RAIZ / "escuela").glob("*.py")
        for nombre in re.findall(
            r'"((?:ESCUELA|ENTRA|EMAIL)_[A-Z_]+|[A-Z]+_URL)"', archivo.read_text(encoding="utf-8")
        )
    }

    assert sorted(nombre for nombre in leidas if nombre not in explicadas) == []
