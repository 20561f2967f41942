"""El calendario que leen otros programas: público, privado y por sesión."""

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from conectate.acciones.calendario import MI_CALENDARIO
from conectate.acciones.sesiones import cambiar_estado, editar_sesion
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.calendarios import BOGOTA

pytestmark = pytest.mark.django_db

PUBLICO = "/conectate/calendario.ics"
PAGINA = "/conectate/calendario/suscripcion/"
ENLACE = "https://reunion.example/abc"


def citas(respuesta):
    """Las del archivo, por título."""
    return {
        str(cita["summary"]): cita for cita in Calendar.from_ical(respuesta.content).walk("VEVENT")
    }


def una_abierta(titulo="Abierta", **datos):
    return una_sesion(titulo, **{"audiencia": "comunidad", "estado": "convocada", **datos})


def privado(usuario):
    return f"/conectate/calendario/{MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=usuario))}.ics"


# ── Lo que dice cada cita ─────────────────────────────────────────────────────────────────────


def test_una_sesion_con_horas_va_en_la_hora_de_colombia(client):
    sesion = una_abierta(descripcion="Qué sigue; y cómo,\ncon ñ", lugar="Auditorio")

    respuesta = client.get(PUBLICO)

    cita = citas(respuesta)["Abierta"]
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(cita["uid"]) == f"sesion-{sesion.pk}@escuela-de-secretarias"
    assert cita.decoded("dtstart") == datetime(2020, 6, 9, 9, tzinfo=BOGOTA)
    assert cita.decoded("dtend") == datetime(2020, 6, 9, 11, tzinfo=BOGOTA)
    assert cita["dtstart"].params["TZID"] == "America/Bogota"
    assert str(cita["location"]) == "Auditorio"
    assert str(cita["status"]) == "CONFIRMED"
    assert "De 9:00 a.m. a 11:00 a.m., hora de Colombia." in str(cita["description"])
    assert "Qué sigue; y cómo,\ncon ñ" in str(cita["description"])
    assert str(cita["url"]) == f"http://testserver/conectate/sesiones/{sesion.pk}/"


def test_lleva_el_huso_de_bogota_que_no_cambia_de_hora(client):
    huso = Calendar.from_ical(client.get(PUBLICO).content).walk("VTIMEZONE")[0]

    assert str(huso["tzid"]) == "America/Bogota"
    assert [regla["tzoffsetto"].td for regla in huso.subcomponents] == [timedelta(hours=-5)]


@pytest.mark.parametrize(
    ("datos", "empieza", "termina"),
    [
        (
            {"hora_inicio": None, "hora_fin": None},
            date(2020, 1, 23),
            date(2020, 1, 24),
        ),
        (
            {"hora_inicio": None, "hora_fin": None, "fecha_fin": date(2020, 1, 25)},
            date(2020, 1, 23),
            date(2020, 1, 26),
        ),
        (
            {"hora_fin": None, "fecha_fin": date(2020, 1, 25)},
            date(2020, 1, 23),
            date(2020, 1, 26),
        ),
        (
            {"fecha_fin": date(2020, 1, 25), "hora_fin": time(8)},
            datetime(2020, 1, 23, 9, tzinfo=BOGOTA),
            datetime(2020, 1, 25, 8, tzinfo=BOGOTA),
        ),
        ({"hora_fin": None}, datetime(2020, 1, 23, 9, tzinfo=BOGOTA), None),
    ],
    ids=["un día", "varios días", "varios días sin hora final", "varios días con horas", "sin fin"],
)
def test_cuando_empieza_y_cuando_termina(client, datos, empieza, termina):
    una_abierta(fecha=date(2020, 1, 23), **datos)

    cita = citas(client.get(PUBLICO))["Abierta"]

    assert cita.decoded("dtstart") == empieza
    assert cita.decoded("dtend", None) == termina


def test_cambiar_la_fecha_conserva_el_uid_y_sube_la_secuencia(client):
    sesion = una_abierta(fecha=date(2020, 11, 3), convocadas=[una_entidad()])
    antes = citas(client.get(PUBLICO))["Abierta"]

    editar_sesion(sesion=sesion, por=un_usuario(), temas=[], fecha=date(2020, 11, 13))

    despues = citas(client.get(PUBLICO))["Abierta"]
    assert despues["uid"] == antes["uid"]
    assert (antes["sequence"], despues["sequence"]) == (0, 1)
    assert despues.decoded("dtstart").date() == date(2020, 11, 13)


def test_lo_cancelado_sigue_en_el_calendario_como_cancelado(client):
    sesion = una_abierta()
    cambiar_estado(sesion=sesion, a="cancelada", por=un_usuario(), motivo="No hubo quórum.")

    cita = citas(client.get(PUBLICO))["Cancelada: Abierta"]

    assert (str(cita["status"]), cita["sequence"]) == ("CANCELLED", 1)


# ── El público ────────────────────────────────────────────────────────────────────────────────


def test_el_publico_trae_solo_las_abiertas_y_nunca_el_enlace(client):
    una_abierta(enlace=ENLACE)
    una_sesion("De equipos", convocadas=[una_entidad()])
    una_abierta("Borrador", estado="borrador")
    client.force_login(un_usuario())

    respuesta = client.get(PUBLICO)

    assert set(citas(respuesta)) == {"Abierta"}
    assert ENLACE not in respuesta.content.decode().replace("\r\n ", "")


def test_el_publico_se_puede_guardar_y_quien_vuelve_sabe_que_no_cambio(client):
    una_abierta()

    primera = client.get(PUBLICO)
    segunda = client.get(PUBLICO, headers={"if-none-match": primera["ETag"]})

    assert primera["Cache-Control"] == "public, max-age=900"
    assert (segunda.status_code, segunda.content) == (304, b"")


# ── El privado ────────────────────────────────────────────────────────────────────────────────


def test_el_privado_se_lee_sin_haber_entrado_y_trae_lo_de_esa_persona(client):
    huila = una_entidad("Huila")
    una_abierta()
    una_sesion("De Huila", convocadas=[huila], enlace=ENLACE, estado="convocada")
    una_sesion("De Meta", convocadas=[una_entidad("Meta")])
    direccion = privado(un_usuario("equipo_secretaria", entidad=huila))

    respuesta = client.get(direccion)

    suyas = citas(respuesta)
    assert set(suyas) == {"Abierta", "De Huila"}
    assert ENLACE in str(suyas["De Huila"]["description"])
    assert respuesta["Cache-Control"] == "private, no-cache"


def test_el_enlace_de_la_reunion_desaparece_cuando_ya_se_hizo(client):
    una_abierta(enlace=ENLACE, estado="realizada")

    cita = citas(client.get(privado(un_usuario())))["Abierta"]

    assert ENLACE not in str(cita["description"])


def test_al_ministerio_tampoco_le_llegan_los_borradores(client):
    una_sesion("Borrador", estado="borrador")
    una_sesion("Para equipos", estado="convocada")

    assert set(citas(client.get(privado(un_usuario())))) == {"Para equipos"}


def test_cambiar_el_enlace_anula_el_anterior(client):
    persona = un_usuario()
    anterior = privado(persona)
    nuevo = privado(persona)

    assert [client.get(d).status_code for d in (anterior, nuevo)] == [404, 200]


def test_una_cuenta_inactiva_no_tiene_calendario(client):
    persona = un_usuario()
    direccion = privado(persona)
    persona.is_active = False
    persona.save()

    assert client.get(direccion).status_code == 404


def test_quien_cambia_de_secretaria_deja_de_leer_lo_de_la_anterior(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    una_sesion("De Huila", convocadas=[huila])
    persona = un_usuario("secretario", entidad=huila)
    direccion = privado(persona)
    persona.entidad = meta
    persona.save()

    assert citas(client.get(direccion)) == {}


def test_un_testigo_inventado_cambiado_o_sin_suscripcion_no_abre_nada(client):
    persona, otra = un_usuario(), un_usuario()
    bueno = MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=persona))
    ajeno = bueno.replace(f"{persona.pk}-", f"{otra.pk}-", 1)
    sin_filas = MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=otra))
    otra.suscripcion_al_calendario.delete()

    malos = [ajeno, sin_filas, bueno[:-1], bueno + "x", "x", "1-1", "-.-", f"{persona.pk}-1", "ñ.ñ"]

    assert {client.get(f"/conectate/calendario/{malo}.ics").status_code for malo in malos} == {404}


def test_con_una_y_con_tres_sesiones_el_privado_hace_las_mismas_consultas(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    direccion = privado(un_usuario(Rol.SECRETARIO))
    una_abierta()
    with django_assert_max_num_queries(3) as con_una:
        client.get(direccion)
    for _ in range(2):
        una_abierta()

    with django_assert_num_queries(len(con_una)):
        client.get(direccion)


# ── La página del enlace ──────────────────────────────────────────────────────────────────────


def test_mirar_la_pagina_no_crea_el_enlace(client):
    persona = un_usuario()
    client.force_login(persona)

    pagina = client.get(PAGINA).content.decode()

    assert "Crear mi enlace" in pagina
    assert not hasattr(persona, "suscripcion_al_calendario")


def test_se_crea_se_copia_y_al_cambiarlo_deja_de_servir(client):
    client.force_login(un_usuario())

    creado = client.post(PAGINA, follow=True).context["enlace"]
    assert client.get(creado).status_code == 200
    cambiado = client.post(PAGINA, follow=True)

    assert "El anterior ya no sirve." in cambiado.content.decode()
    assert [client.get(d).status_code for d in (creado, cambiado.context["enlace"])] == [404, 200]


# ── El de una sesión ──────────────────────────────────────────────────────────────────────────


def test_el_de_una_sesion_se_baja_con_su_nombre(client):
    sesion = una_abierta(enlace=ENLACE)

    respuesta = client.get(f"/conectate/sesiones/{sesion.pk}/calendario.ics")

    assert respuesta["Content-Disposition"] == f'attachment; filename="sesion-{sesion.pk}.ics"'
    assert ENLACE not in str(citas(respuesta)["Abierta"]["description"])


def test_quien_puede_asistir_lo_recibe_con_el_enlace_de_la_reunion(client):
    huila = una_entidad("Huila")
    sesion = una_sesion("De Huila", convocadas=[huila], enlace=ENLACE, estado="convocada")
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = client.get(f"/conectate/sesiones/{sesion.pk}/calendario.ics")

    assert ENLACE in str(citas(respuesta)["De Huila"]["description"])


def test_el_de_una_sesion_ajena_no_existe_y_a_quien_no_ha_entrado_se_le_pide_entrar(client):
    direccion = f"/conectate/sesiones/{una_sesion(convocadas=[una_entidad()]).pk}/calendario.ics"

    sin_entrar = client.get(direccion)
    client.force_login(un_usuario("secretario"))

    assert (sin_entrar.status_code, client.get(direccion).status_code) == (302, 404)


def test_dice_cuando_cambio_por_ultima_vez(client, time_machine):
    time_machine.move_to("2026-03-02T10:00:00-05:00", tick=False)
    sesion = una_abierta(convocadas=[una_entidad()])
    time_machine.move_to("2026-03-05T16:30:00-05:00", tick=False)

    editar_sesion(sesion=sesion, por=un_usuario(), temas=[], lugar="Auditorio")

    cita = citas(client.get(PUBLICO))["Abierta"]
    assert cita["last-modified"].to_ical() == cita["dtstamp"].to_ical() == b"20260305T213000Z"
    assert cita["created"].to_ical() == b"20260302T150000Z"
