"""La secuencia sube con lo que un calendario debe volver a leer, y solo con eso."""

from datetime import date, time

import pytest

from conectate.acciones.sesiones import cambiar_estado, devolver_a, editar_sesion
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


def editar(sesion, **cambios):
    editar_sesion(sesion=sesion, por=un_usuario(), temas=[], **cambios)
    sesion.refresh_from_db()
    return sesion.secuencia


@pytest.mark.parametrize(
    "cambio",
    [
        {"titulo": "Otro título"},
        {"fecha": date(2020, 6, 10)},
        {"fecha_fin": date(2020, 6, 11)},
        {"hora_inicio": time(8)},
        {"hora_fin": time(12)},
        {"modalidad": "presencial"},
        {"lugar": "Auditorio"},
        {"enlace": "https://reunion.example/1"},
    ],
    ids=lambda cambio: next(iter(cambio)),
)
def test_cambiar_cuando_donde_o_como_se_llama_sube_la_secuencia(cambio):
    sesion = una_sesion(convocadas=[una_entidad()])

    assert editar(sesion, **cambio) == 1


def test_cambiar_varias_cosas_a_la_vez_es_un_solo_cambio():
    sesion = una_sesion(convocadas=[una_entidad()])

    assert editar(sesion, titulo="Otro", fecha=date(2020, 6, 10), lugar="Auditorio") == 1


def test_lo_que_no_va_en_un_calendario_no_la_sube():
    sesion = una_sesion(convocadas=[una_entidad()])

    assert editar(sesion, titulo=sesion.titulo, minutos_minimos=15, ponentes="Alguien") == 0


def test_cambiar_de_estado_la_sube_aunque_la_copia_en_memoria_sea_vieja():
    sesion = una_sesion(convocadas=[una_entidad()])
    editar(sesion, titulo="Otro")
    sesion.secuencia = 0

    cambiar_estado(sesion=sesion, a="cancelada", por=un_usuario(), motivo="Se cayó.")

    assert sesion.secuencia == 2
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.secuencia) == ("cancelada", 2)


def test_devolverla_a_su_estado_anterior_tambien_es_un_cambio():
    sesion = una_sesion(convocadas=[una_entidad()])

    devolver_a(sesion=sesion, estado="convocada", por=un_usuario())

    sesion.refresh_from_db()
    assert (sesion.estado, sesion.secuencia) == ("convocada", 1)
