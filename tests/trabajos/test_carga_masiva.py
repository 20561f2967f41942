"""Las mismas pruebas para las dos variantes: COPY en PostgreSQL, executemany en SQLite."""

import pytest

from conectate.acciones.recalculo import COLUMNAS
from conectate.models import Participacion
from tests.fabricas import una_entidad, una_sesion
from trabajos import carga_masiva

pytestmark = pytest.mark.django_db


def una_fila(sesion, clave="n:ana ruiz", **datos):
    valores = {
        "sesion_id": sesion.pk,
        "clave": clave,
        "tipo": "persona",
        "nombre": "Ana Ruiz",
        "nombre_norm": "ana ruiz",
        "palabras": "ana ruiz",
        "correo": "",
        "dominio": "",
        "declarado": "",
        "declarado_norm": "",
        "cargo": "",
        "minutos": 12.5,
        "conexiones": 1,
        "cuenta": True,
        "entidad_id": None,
        "ajena": "",
        "decision": "cola",
        "evidencia": "ninguna",
        "explicacion": "",
        "sugerencias": "[]",
        "ajena_sugerida": "",
        "grupo": "",
        **datos,
    }
    return tuple(valores[columna] for columna in COLUMNAS)


def test_inserta_y_conserva_cada_valor():
    sesion, huila = una_sesion(), una_entidad("Huila")
    raro = 'Ñandú "el, rápido"\\N\n<b>&amp;</b>\t=1+1'

    carga_masiva.insertar(
        Participacion,
        COLUMNAS,
        [
            una_fila(sesion, nombre=raro, minutos=None, entidad_id=huila.pk, cuenta=False),
            una_fila(sesion, clave="n:otro", sugerencias='["41", "41001"]'),
        ],
    )

    una, otra = Participacion.objects.order_by("pk")
    assert (una.nombre, una.minutos, una.entidad, una.cuenta) == (raro, None, huila, False)
    assert (una.correo, una.sugerencias) == ("", [])
    assert (otra.minutos, otra.entidad, otra.sugerencias) == (12.5, None, ["41", "41001"])


@pytest.mark.parametrize("salto", ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_un_salto_de_linea_dentro_de_un_texto_no_parte_la_fila(salto):
    sesion, cargo = una_sesion(), f"Jefe{salto}de área"
    filas = [una_fila(sesion, cargo=cargo), una_fila(sesion, clave="n:otro", nombre=salto)]

    carga_masiva.insertar_escritas(Participacion, COLUMNAS, carga_masiva.escribir(filas))

    una, otra = Participacion.objects.order_by("pk")
    assert (una.cargo, otra.nombre) == (cargo, salto)


def test_sin_filas_no_hace_nada():
    carga_masiva.insertar(Participacion, COLUMNAS, [])
    carga_masiva.actualizar(Participacion, COLUMNAS, [])

    assert Participacion.objects.count() == 0


def test_inserta_mas_de_una_tanda(monkeypatch):
    monkeypatch.setattr(carga_masiva, "POR_TANDA", 3)
    sesion = una_sesion()

    carga_masiva.insertar(
        Participacion, COLUMNAS, (una_fila(sesion, clave=f"n:{n}") for n in range(10))
    )

    assert sesion.participaciones.count() == 10


def test_actualiza_solo_lo_que_se_le_da():
    sesion, cauca = una_sesion(), una_entidad("Cauca")
    carga_masiva.insertar(
        Participacion, COLUMNAS, [una_fila(sesion), una_fila(sesion, clave="n:otro")]
    )
    una, otra = Participacion.objects.order_by("pk")

    for _ in range(2):
        carga_masiva.actualizar(
            Participacion,
            COLUMNAS,
            [(una.pk, *una_fila(sesion, entidad_id=cauca.pk, minutos=None, sugerencias='["19"]'))],
        )

    una.refresh_from_db()
    otra.refresh_from_db()
    assert (una.entidad, una.minutos, una.sugerencias) == (cauca, None, ["19"])
    assert (otra.entidad, otra.minutos, otra.sugerencias) == (None, 12.5, [])


def test_una_carga_a_medias_no_deja_nada():
    from django.db import IntegrityError, transaction

    sesion = una_sesion()

    with pytest.raises(IntegrityError), transaction.atomic():
        carga_masiva.insertar(Participacion, COLUMNAS, [una_fila(sesion), una_fila(sesion)])

    assert sesion.participaciones.count() == 0
