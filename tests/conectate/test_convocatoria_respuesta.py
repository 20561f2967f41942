"""«Asistiremos, n personas»: quién lo dice, hasta cuándo y qué se lee si ya no se puede."""

from datetime import date, time

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from conectate.acciones.convocatoria import responder
from conectate.consultas.convocatoria import la_suya
from conectate.models import Convocatoria
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reloj(time_machine):
    time_machine.move_to("2026-11-23T10:00:00-05:00", tick=False)
    return time_machine


@pytest.fixture
def huila():
    return una_entidad("Huila")


@pytest.fixture
def ana(client, huila):
    """Del equipo de Huila, que ya entró."""
    ana = un_usuario("equipo_secretaria", entidad=huila)
    client.force_login(ana)
    return ana


def por_venir(**datos):
    return una_sesion(**{"estado": "convocada", "fecha": date(2026, 11, 27), **datos})


def para_responder(sesion):
    return f"/conectate/sesiones/{sesion.pk}/responder/"


def lo_respondido():
    return list(
        Convocatoria.objects.exclude(respuesta="").values_list(
            "entidad__nombre", "respuesta", "personas_anunciadas", "medio"
        )
    )


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


# ── la secretaría ─────────────────────────────────────────────────────────────────────────────


def test_su_equipo_responde_y_puede_cambiarlo(client, ana, huila):
    sesion = por_venir(convocadas=[huila, una_entidad("Meta")])

    client.post(para_responder(sesion), {"respuesta": "si", "personas": "12"})
    primero = lo_respondido()
    vuelta = client.post(para_responder(sesion), {"respuesta": "no", "personas": "12"}, follow=True)

    assert primero == [("Huila", "si", 12, "portal")]
    assert lo_respondido() == [("Huila", "no", None, "portal")]
    assert "La respuesta quedó guardada." in texto(vuelta)
    assert (
        LogEntry.objects.filter(
            additional_data__verbo="respondió a la convocatoria", actor=ana
        ).count()
        == 2
    )


@pytest.mark.parametrize(
    ("datos", "errores"),
    [
        ({"personas": "3"}, {"respuesta": ["Este campo es obligatorio."]}),
        ({"respuesta": "si"}, {"personas": ["Diga cuántas personas asistirán."]}),
        (
            {"respuesta": "si", "personas": "0"},
            {"personas": ["Asegúrese de que este valor sea mayor o igual a 1."]},
        ),
        ({"respuesta": "si", "personas": "muchas"}, {"personas": ["Ingrese un número entero."]}),
    ],
)
def test_lo_que_falta_se_dice(client, ana, huila, datos, errores):
    pagina = client.post(para_responder(por_venir(convocadas=[huila])), datos)

    assert pagina.context["form"].errors == errores
    assert lo_respondido() == []


def test_se_responde_hasta_que_empiece(client, ana, huila, reloj):
    sesion = por_venir(fecha=date(2026, 11, 23), hora_inicio=time(10, 30), convocadas=[huila])

    antes = la_suya(sesion, ana)
    reloj.move_to("2026-11-23T10:30:00-05:00", tick=False)
    vuelta = client.post(para_responder(sesion), {"respuesta": "si", "personas": "1"}, follow=True)

    assert (antes.entidad, la_suya(sesion, ana), lo_respondido()) == (huila, None, [])
    assert "La sesión ya empezó: la respuesta ya no se cambia." in texto(vuelta)


def test_sin_hora_se_responde_todo_el_dia(ana, huila):
    sesion = por_venir(
        fecha=date(2026, 11, 23), hora_inicio=None, hora_fin=None, convocadas=[huila]
    )

    responder(sesion=sesion, entidad=huila, respuesta="si", personas=3, por=ana)

    assert lo_respondido() == [("Huila", "si", 3, "portal")]


@pytest.mark.parametrize(
    ("estado", "dice"),
    [
        ("cancelada", "La sesión se canceló: ya no hace falta responder."),
        ("realizada", "La sesión ya se realizó: la respuesta ya no se cambia."),
    ],
)
def test_cancelada_o_realizada_lo_dice(client, ana, huila, estado, dice):
    sesion = por_venir(convocadas=[huila], estado=estado)

    vuelta = client.get(para_responder(sesion), follow=True)

    assert vuelta.redirect_chain == [(sesion.get_absolute_url(), 302)]
    assert dice in texto(vuelta)


def test_la_de_otra_secretaria_no_existe(client, ana):
    sesion = por_venir(convocadas=[una_entidad("Meta")])

    assert [client.get(para_responder(sesion)).status_code] * 2 == [404, 404]
    assert client.post(para_responder(sesion), {"respuesta": "no"}).status_code == 404


def test_en_una_abierta_quien_no_fue_convocada_no_tiene_que_responder(client, ana):
    sesion = por_venir(audiencia="comunidad", convocadas=[una_entidad("Meta")])

    vuelta = client.post(para_responder(sesion), {"respuesta": "no"}, follow=True)

    assert "su secretaría puede asistir sin responder antes" in texto(vuelta)
    assert lo_respondido() == []


def test_quien_cambio_de_secretaria_responde_por_la_nueva(client, ana, huila):
    meta = una_entidad("Meta")
    sesion = por_venir(convocadas=[huila, meta])
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=5, por=ana)

    ana.entidad = meta
    ana.save()
    client.post(para_responder(sesion), {"respuesta": "no"})

    assert sorted(lo_respondido()) == [("Huila", "si", 5, "portal"), ("Meta", "no", None, "portal")]


def test_no_se_responde_por_quien_no_esta_convocada(ana, huila):
    with pytest.raises(ValidationError, match="no está convocada"):
        responder(sesion=por_venir(), entidad=huila, respuesta="no", por=ana)


# ── el Ministerio ─────────────────────────────────────────────────────────────────────────────


def test_el_ministerio_anota_lo_que_le_dijeron_por_otro_medio(client, huila):
    client.force_login(un_usuario())
    sesion = por_venir(convocadas=[huila])
    pagina = f"/conectate/sesiones/{sesion.pk}/convocatoria/{huila.codigo_dane}/"

    sin_medio = client.post(pagina, {"respuesta": "si", "personas": "4"})
    client.post(pagina, {"respuesta": "si", "personas": "4", "medio": "llamada"})

    assert sin_medio.context["form"].errors == {"medio": ["Este campo es obligatorio."]}
    assert lo_respondido() == [("Huila", "si", 4, "llamada")]


def test_corregir_lo_respondido_en_el_portal_avisa_y_pide_el_medio(client, ana, huila):
    sesion = por_venir(convocadas=[huila])
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=5, por=ana)
    client.force_login(un_usuario())

    pagina = client.get(f"/conectate/sesiones/{sesion.pk}/convocatoria/{huila.codigo_dane}/")

    assert "Esta secretaría ya respondió en el portal." in texto(pagina)
    assert pagina.context["form"]["personas"].value() == 5


def test_no_se_anota_la_de_quien_no_esta_convocada(client, huila):
    client.force_login(un_usuario())

    respuesta = client.get(
        f"/conectate/sesiones/{por_venir().pk}/convocatoria/{huila.codigo_dane}/"
    )

    assert respuesta.status_code == 404
