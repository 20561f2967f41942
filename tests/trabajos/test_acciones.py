"""Pedir un trabajo y hacerlo: una vez, con su mensaje, y sin perder nada."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.fabricas import un_usuario
from trabajos import registro
from trabajos.acciones import barrer, ejecutar, ejecutar_pendientes, encolar, reintentar
from trabajos.models import Trabajo
from trabajos.registro import TrabajoRechazado

pytestmark = pytest.mark.django_db


@pytest.fixture
def declarar(monkeypatch):
    """Declara un trabajo solo para esta prueba."""
    monkeypatch.setattr(registro, "TIPOS", {})

    def declarar(funcion, **opciones):
        registro.trabajo("prueba.hacer", titulo="Trabajo de prueba", **opciones)(funcion)

    return declarar


def test_un_trabajo_pedido_se_hace_y_deja_su_resultado(declarar):
    declarar(lambda tarea, *, n: {"doble": 2 * n})

    trabajo = encolar("prueba.hacer", por=un_usuario(), parametros={"n": 4})
    hechos = ejecutar_pendientes()

    trabajo.refresh_from_db()
    assert (hechos, trabajo.estado, trabajo.resultado, trabajo.intentos) == (
        1,
        "terminado",
        {"doble": 8},
        1,
    )
