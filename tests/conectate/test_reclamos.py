"""«Sí asistimos»: se pide después de la sesión y antes de cerrarla."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from conectate.acciones.reclamos import reclamar, responder_reclamo
from conectate.consultas.presencia import mi_presencia, reclamos_pendientes
from conectate.models import Reclamo, Sesion
from cuentas.models import Usuario
from tests.fabricas import un_usuario, una_asistencia, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def huila():
    return una_entidad("Huila")


@pytest.fixture
def meta():
    return una_entidad("Meta")


@pytest.fixture
def sesion(huila, meta):
    """Realizada, con Meta en la lista y Huila ausente."""
    sesion = una_sesion("Alternancia", convocadas=[huila, meta])
    una_participacion(sesion, meta)
    return sesion


def de(entidad) -> Usuario:
    return un_usuario("equipo_secretaria", entidad=entidad)


def un_reclamo(sesion, entidad):
    return reclamar(
        sesion=sesion, personas=2, explicacion="Entramos desde una sala.", por=de(entidad)
    )


def test_aceptado_la_secretaria_figura_presente_con_ese_origen(sesion, huila):
    reclamo = un_reclamo(sesion, huila)

    responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=un_usuario())

    asistencia = sesion.asistencias.get(entidad=huila)
    assert (asistencia.presente, asistencia.origen, asistencia.reclamada_personas) == (
        True,
        "reclamada",
        2,
    )


def test_rechazado_sigue_ausente_con_su_respuesta_y_puede_reclamar_otra_vez(sesion, huila):
    reclamo = un_reclamo(sesion, huila)

    responder_reclamo(
        reclamo=reclamo, acepta=False, respuesta="No aparece en la sala.", por=un_usuario()
    )

    assert not sesion.asistencias.filter(entidad=huila).exists()
    assert (reclamo.estado, reclamo.respuesta) == ("rechazado", "No aparece en la sala.")
    assert un_reclamo(sesion, huila).estado == Reclamo.Estado.PENDIENTE


def test_rechazar_pide_explicarlo(sesion, huila):
    reclamo = un_reclamo(sesion, huila)

    with pytest.raises(ValidationError) as error:
        responder_reclamo(reclamo=reclamo, acepta=False, respuesta="  ", por=un_usuario())

    assert error.value.code == "falta_respuesta"


def test_uno_vivo_por_secretaria(sesion, huila):
    un_reclamo(sesion, huila)

    with pytest.raises(ValidationError) as error:
        un_reclamo(sesion, huila)

    assert error.value.code == "ya_reclamo"


def test_la_que_ya_figura_presente_no_reclama(sesion, meta):
    with pytest.raises(ValidationError) as error:
        un_reclamo(sesion, meta)

    assert error.value.code == "ya_presente"


def test_una_no_convocada_no_reclama(sesion):
    with pytest.raises(ValidationError) as error:
        un_reclamo(sesion, una_entidad())

    assert error.value.code == "no_convocada"


def test_sin_asistencia_registrada_no_hay_que_reclamar(huila):
    with pytest.raises(ValidationError) as error:
        un_reclamo(una_sesion(convocadas=[huila]), huila)

    assert error.value.code == "sin_asistencia"


def test_antes_de_que_termine_no_se_reclama(huila, meta):
    sesion = una_sesion(
        convocadas=[huila, meta], fecha="2999-06-09", estado=Sesion.Estado.CONVOCADA
    )
    una_asistencia(sesion, meta, registro="presente")
    sesion.refresh_from_db()

    with pytest.raises(ValidationError) as error:
        un_reclamo(sesion, huila)

    assert error.value.code == "aun_no_termina"


@pytest.mark.parametrize(
    ("estado", "codigo"), [("cerrada", "sesion_cerrada"), ("cancelada", "sesion_cancelada")]
)
def test_cerrada_o_cancelada_no_se_reclama_ni_se_responde(sesion, huila, estado, codigo):
    reclamo = un_reclamo(sesion, huila)
    Sesion.objects.update(estado=estado)

    with pytest.raises(ValidationError) as al_responder:
        responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=un_usuario())
    with pytest.raises(ValidationError) as al_reclamar:
        un_reclamo(sesion, huila)

    assert (al_responder.value.code, al_reclamar.value.code) == (codigo, codigo)
    assert not sesion.asistencias.filter(entidad=huila).exists()
    assert list(reclamos_pendientes()) == []


def test_respondido_no_se_responde_otra_vez(sesion, huila):
    reclamo = un_reclamo(sesion, huila)
    responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=un_usuario())

    with pytest.raises(ValidationError) as error:
        responder_reclamo(reclamo=reclamo, acepta=False, respuesta="No.", por=un_usuario())

    assert error.value.code == "ya_respondido"


def test_reclamar_y_responder_dejan_traza(sesion, huila):
    reclamo = un_reclamo(sesion, huila)
    responder_reclamo(reclamo=reclamo, acepta=True, respuesta="", por=un_usuario())

    entradas = LogEntry.objects.filter(additional_data__verbo__icontains="reclam").order_by("pk")
    assert [entrada.additional_data["verbo"] for entrada in entradas] == [
        "reclamó que su secretaría asistió",
        "aceptó un reclamo de asistencia",
    ]


def test_de_la_pagina_de_la_secretaria_a_la_del_ministerio_y_de_vuelta(client, sesion, huila):
    secretaria, direccion = de(huila), f"/conectate/sesiones/{sesion.pk}/reclamar/"
    client.force_login(secretaria)
    client.post(direccion, {"personas": "2", "explicacion": "Entramos desde una sala."})
    client.force_login(un_usuario())

    pendientes = client.get("/conectate/reclamos/").content.decode()
    client.post(
        f"/conectate/reclamos/{sesion.reclamos.get().pk}/",
        {"decision": "rechazar", "respuesta": "No aparecen en la sala."},
    )

    client.force_login(secretaria)
    pagina = client.get(f"/conectate/sesiones/{sesion.pk}/presente/").content.decode()
    assert "Entramos desde una sala." in pendientes
    assert "No aparecen en la sala." in pagina
    assert "Sí asistimos" in pagina


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({}, "Escoja si lo acepta o no."),
        ({"decision": "rechazar"}, "Explíquele a la secretaría por qué no se acepta."),
    ],
)
def test_el_formulario_de_respuesta_dice_que_falta(client, sesion, huila, datos, mensaje):
    reclamo = un_reclamo(sesion, huila)
    client.force_login(un_usuario())

    pagina = client.post(f"/conectate/reclamos/{reclamo.pk}/", datos | {"x": "1"})

    assert mensaje in pagina.content.decode()


def test_cerrada_la_pagina_de_reclamar_lo_dice(client, sesion, huila):
    Sesion.objects.update(estado="cerrada")
    client.force_login(de(huila))

    pagina = client.post(
        f"/conectate/sesiones/{sesion.pk}/reclamar/", {"personas": "2", "explicacion": "Sí."}
    )

    assert "ya no se reciben reclamos de asistencia" in pagina.content.decode()
    assert not sesion.reclamos.exists()


@pytest.mark.parametrize("cuantos", [1, 3])
def test_la_lista_de_reclamos_cuesta_lo_mismo_con_uno_que_con_tres(
    client, cuantos, django_assert_num_queries
):
    entidades = [una_entidad() for _ in range(4)]
    sesion = una_sesion(convocadas=entidades)
    una_participacion(sesion, entidades[3])
    for entidad in entidades[:cuantos]:
        un_reclamo(sesion, entidad)
    client.force_login(un_usuario())
    client.get("/conectate/reclamos/")

    with django_assert_num_queries(4):
        client.get("/conectate/reclamos/")


def test_lo_que_se_lee_de_un_reclamo_es_el_ultimo(sesion, huila):
    reclamo = un_reclamo(sesion, huila)
    responder_reclamo(reclamo=reclamo, acepta=False, respuesta="No.", por=un_usuario())
    otro = un_reclamo(sesion, huila)

    assert mi_presencia(sesion, huila).reclamo == otro
