"""Los servidores de verdad que sostienen las pruebas."""

import pytest
from django.core.cache import caches
from django.db import connection


@pytest.mark.django_db
def test_la_base_de_pruebas_guarda_tildes_y_enes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["Ñoño, pingüino y Nariño"])
        (guardado,) = cursor.fetchone()

    assert guardado == "Ñoño, pingüino y Nariño"


def test_valkey_responde_como_redis(valkey, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": valkey,
        }
    }

    caches["default"].set("clave", "valor")

    assert caches["default"].get("clave") == "valor"


@pytest.mark.django_db
def test_un_proceso_aparte_tiene_su_propia_base(base_propia):
    assert base_propia != connection.settings_dict["NAME"]
    assert ("pruebas.sqlite3" in base_propia) is False
