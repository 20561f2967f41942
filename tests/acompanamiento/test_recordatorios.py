"""A cada quien, un correo al día con lo que está por vencer o ya venció."""

from datetime import date

import pytest
from django.core import mail

from acompanamiento.acciones.recordatorios import empieza_la_semana, recordar_compromisos
from acompanamiento.models import Lado
from acompanamiento.tasks.compromisos import recordar
from cuentas.models import Rol
from escuela.agenda import AGENDA
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_compromiso, un_grupo, un_lider, un_padrinazgo
from trabajos.models import Correo

pytestmark = pytest.mark.django_db

LUNES, MARTES = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def martes_temprano(settings, time_machine):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    settings.DIRECCION_DEL_PORTAL = "https://portal.test"
    time_machine.move_to("2026-11-24T09:00:00-05:00", tick=False)
    return time_machine


def que_vence(dia, entidad=None, **datos):
    return un_compromiso(entidad, vence_el=dia, **datos)


@pytest.mark.parametrize(
    ("vence_el", "avisa"),
    [
        ("2026-11-24", 1),  # hoy
        ("2026-11-25", 0),
        ("2026-11-27", 1),  # en tres días hábiles
        ("2026-11-28", 1),  # sábado: con el viernes
        ("2026-11-30", 0),
        ("2026-11-23", 0),  # lo vencido, el primer hábil de la semana
    ],
)
def test_se_avisa_tres_dias_habiles_antes_y_el_mismo_dia(vence_el, avisa):
    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    que_vence(date.fromisoformat(vence_el), entidad)

    assert recordar_compromisos(MARTES) == avisa


def test_lo_vencido_va_junto_el_primer_dia_habil_de_la_semana():
    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    for dia in (2, 3):
        que_vence(date(2026, 11, dia), entidad)

    recordar_compromisos(LUNES)

    assert [correo.subject for correo in mail.outbox] == ["Tiene 2 compromisos vencidos"]


def test_quien_es_padrino_y_enlace_lo_lee_una_vez():
    huila, persona = una_entidad(), un_usuario()
    for papel in ("padrino", "enlace"):
        un_padrinazgo(huila, persona, papel=papel)
    que_vence(MARTES, huila, lado=Lado.MINISTERIO, texto="Enviar el plan")

    recordar_compromisos(MARTES)

    assert [correo.body.count("Enviar el plan") for correo in mail.outbox] == [1]


def test_si_el_lunes_es_festivo_la_semana_empieza_el_martes():
    assert [empieza_la_semana(date(2026, 11, dia)) for dia in (17, 18, 23, 24)] == [
        True,
        False,
        True,
        False,
    ]


def test_le_llega_a_la_persona_o_si_no_a_quien_responde_por_la_unidad():
    huila, meta = una_entidad(), una_entidad()
    secretario = un_usuario(Rol.SECRETARIO, entidad=huila)
    persona, lider = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=huila), un_lider()
    un_grupo(huila, meta, lider=lider)
    padrino = un_padrinazgo(huila).persona
    que_vence(MARTES, huila, persona=persona)
    ninguna = que_vence(MARTES, meta)  # la secretaría de Meta no tiene cuentas
    que_vence(MARTES, huila, lado=Lado.MINISTERIO)
    que_vence(MARTES, meta, lado=Lado.MINISTERIO)

    recordar_compromisos(MARTES)

    assert {correo.to[0] for correo in mail.outbox} == {persona.email, padrino.email, lider.email}
    assert all(str(ninguna) not in correo.body for correo in mail.outbox)
    assert secretario.email not in {correo.to[0] for correo in mail.outbox}


def test_quien_ya_no_tiene_cuenta_no_recibe_y_responde_su_secretaria():
    entidad = una_entidad()
    queda = un_usuario(Rol.SECRETARIO, entidad=entidad)
    ida = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad, is_active=False)
    que_vence(MARTES, entidad, persona=ida)

    recordar_compromisos(MARTES)

    assert [correo.to for correo in mail.outbox] == [[queda.email]]


def test_lo_cerrado_y_lo_de_demostracion_no_se_recuerda():
    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    que_vence(MARTES, entidad, estado="cumplido")
    que_vence(MARTES, entidad, es_demostracion=True)

    assert recordar_compromisos(MARTES) == 0


def test_el_mismo_dia_no_sale_dos_veces(martes_temprano):
    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    que_vence(MARTES, entidad)

    for _ in range(3):
        recordar()

    assert Correo.objects.count() == 1
    assert AGENDA["recordar los compromisos"]["task"] == recordar.name


@pytest.mark.parametrize("momento", ["2026-11-24T06:00:00-05:00", "2026-11-22T09:00:00-05:00"])
def test_fuera_de_horas_habiles_no_sale_nada(martes_temprano, momento):
    martes_temprano.move_to(momento, tick=False)
    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    que_vence(date.fromisoformat(momento[:10]), entidad)

    recordar()

    assert not Correo.objects.exists()


def test_pregunta_lo_mismo_con_uno_que_con_muchos(django_assert_max_num_queries):
    def cuantas():
        with django_assert_max_num_queries(12) as preguntas:
            recordar_compromisos(MARTES)
        return len(preguntas)

    entidad = una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    que_vence(MARTES, entidad)
    con_uno = cuantas()
    for _ in range(4):
        que_vence(MARTES, entidad, lado=Lado.MINISTERIO)
        que_vence(MARTES, entidad)

    assert cuantas() == con_uno
