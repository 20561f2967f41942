"""El registro técnico dice quién, qué y cómo terminó, sin decir de más."""

import json
import logging

import pytest
from django.http import HttpResponse, HttpResponseForbidden

from escuela.registro import FormatoJson, RegistroDePeticionesMiddleware, peticiones


@pytest.fixture
def lineas():
    """Lo que se escribiría en el registro de peticiones, ya leído."""
    escritas = []

    class Recoge(logging.Handler):
        def emit(self, record):
            escritas.append(json.loads(FormatoJson().format(record)))

    recoge = Recoge()
    nivel = peticiones.level
    peticiones.setLevel(logging.INFO)
    peticiones.addHandler(recoge)
    yield escritas
    peticiones.removeHandler(recoge)
    peticiones.setLevel(nivel)


def test_cada_peticion_lleva_la_misma_senal_en_la_respuesta_y_en_el_registro(rf, lineas):
    portal = RegistroDePeticionesMiddleware(lambda peticion: HttpResponse("listo"))

    respuesta = portal(rf.get("/conectate/?correo=ana@ejemplo.gov.co"))

    assert [linea["correlacion"] for linea in lineas] == [respuesta["X-Correlacion"]]


def test_el_registro_va_en_utc_y_no_guarda_lo_que_escribio_la_persona(rf, lineas):
    portal = RegistroDePeticionesMiddleware(lambda peticion: HttpResponse("listo"))

    portal(rf.get("/conectate/?correo=ana@ejemplo.gov.co"))

    assert lineas[0]["en"].endswith("+00:00")
    assert "ana@" not in json.dumps(lineas)


def test_una_peticion_rechazada_queda_como_advertencia(rf, lineas):
    portal = RegistroDePeticionesMiddleware(lambda peticion: HttpResponseForbidden())

    portal(rf.post("/conectate/"))

    assert [(linea["nivel"], linea["estado"], linea["metodo"]) for linea in lineas] == [
        ("WARNING", 403, "POST")
    ]
