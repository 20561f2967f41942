"""El correo que reciben los convocados: qué dice, en texto, en HTML y en el calendario."""

from datetime import date
from email import message_from_bytes, policy

import pytest
from django.core import mail

from conectate.acciones.convocatoria import cancelar_y_avisar, enviar_mensaje, enviar_propuesta
from conectate.avisos import asunto_propuesto, contenido, cuando, cuerpo_propuesto
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def en_la_oficina(settings, time_machine):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    settings.DIRECCION_DEL_PORTAL = "https://portal.test"
    time_machine.move_to("2026-11-23T10:00:00-05:00", tick=False)


@pytest.fixture
def huila():
    huila = una_entidad("Huila")
    un_usuario("secretario", entidad=huila)
    return huila


def por_venir(**datos):
    return una_sesion(**{"estado": "convocada", "fecha": date(2026, 11, 27), **datos})


def recibidos():
    """Lo que salió, ya abierto: (texto, html, calendario)."""
    abiertos = []
    for enviado in mail.outbox:
        correo = message_from_bytes(enviado.as_bytes(), policy=policy.default)
        partes = {parte.get_content_type(): parte for parte in correo.walk()}
        tipos = ("text/plain", "text/html", "text/calendar")
        abiertos.append([partes[tipo].get_content() for tipo in tipos])
    return abiertos


def renglones(calendario):
    return dict(linea.split(":", 1) for linea in calendario.splitlines() if ":" in linea)


def test_dice_cuando_donde_y_como_responder_en_texto_y_en_html(huila):
    sesion = por_venir(
        titulo="Rutas <y> apuestas",
        convocadas=[huila],
        lugar="Auditorio",
        enlace="https://reunion.test/abc",
    )

    enviar_propuesta(sesion=sesion, clase="convocatoria", por=None)
    ejecutar_pendientes()

    texto, html, _ = recibidos()[0]
    dichos = [
        "Para la Secretaría de Educación de Huila",
        "viernes 27 de noviembre de 2026, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)",
        "Auditorio",
        "https://reunion.test/abc",
        f"https://portal.test/conectate/sesiones/{sesion.pk}/responder/",
        f"https://portal.test/conectate/sesiones/{sesion.pk}/",
    ]
    assert [dicho for dicho in dichos if dicho not in texto or dicho not in html] == []
    assert ("«Rutas <y> apuestas»" in texto, "<y>" in html, "&lt;y&gt;" in html) == (
        True,
        False,
        True,
    )


def test_la_cancelacion_no_pide_respuesta_ni_lleva_a_la_reunion(huila):
    sesion = por_venir(convocadas=[huila], enlace="https://reunion.test/abc")

    cancelar_y_avisar(sesion=sesion, por=un_usuario(), motivo="Paro")
    ejecutar_pendientes()

    texto, html, _ = recibidos()[0]
    assert "Se canceló. Iba a ser: viernes 27 de noviembre de 2026" in texto
    assert [parte for parte in ("reunion.test", "/responder/") if parte in texto + html] == []


def test_a_los_otros_correos_no_se_les_pide_entrar_a_responder():
    enviar_mensaje(
        sesion=por_venir(),
        clase="convocatoria",
        asunto="Convocatoria",
        cuerpo="Los esperamos.",
        otros_correos=["aliada@oei.test"],
        por=None,
    )
    ejecutar_pendientes()

    texto, html, _ = recibidos()[0]
    assert "el equipo del Ministerio escribió su correo" in texto
    assert "/responder/" not in texto + html


def test_cada_aviso_lleva_la_misma_cita_con_su_numero_siguiente(huila):
    sesion = por_venir(convocadas=[huila])
    enviar_propuesta(sesion=sesion, clase="convocatoria", por=None)
    ejecutar_pendientes()

    cancelar_y_avisar(sesion=sesion, por=un_usuario(), motivo="Paro")
    ejecutar_pendientes()

    primera, segunda = (renglones(calendario) for _, _, calendario in recibidos())
    assert primera["UID"] == segunda["UID"]
    assert (primera["SEQUENCE"], primera["STATUS"]) == ("0", "CONFIRMED")
    assert (segunda["SEQUENCE"], segunda["STATUS"]) == ("1", "CANCELLED")


def test_lo_que_dura_varios_dias_y_lo_que_no_tiene_todas_las_horas_se_dice():
    encuentro = por_venir(fecha_fin=date(2026, 11, 29), hora_inicio=None, hora_fin=None)

    assert [cuando(encuentro), cuando(por_venir(hora_fin=None))] == [
        "del 27 al 29 de noviembre de 2026",
        "el viernes 27 de noviembre de 2026, a las 9:00 a.m. (hora de Colombia)",
    ]


def test_el_aviso_de_cambio_dice_que_cambio():
    cuerpo = cuerpo_propuesto(por_venir(titulo="Rutas"), "cambio", ["la fecha", "el lugar"])

    assert "La sesión «Rutas» cambió: la fecha, el lugar. Será el viernes 27" in cuerpo


def test_el_asunto_propuesto_cabe_aunque_el_titulo_sea_largo():
    asunto = asunto_propuesto(por_venir(titulo="Ñ" * 250), "convocatoria")

    assert (len(asunto), asunto[-1]) == (150, "…")


def test_un_mensaje_guardado_se_lee_como_salio_aunque_la_sesion_cambie(huila):
    sesion = por_venir(convocadas=[huila], lugar="Auditorio")
    mensaje = enviar_propuesta(sesion=sesion, clase="convocatoria", por=None)

    sesion.fecha, sesion.hora_fin, sesion.lugar = date(2026, 11, 30), None, "Otro"
    sesion.save()
    mensaje.refresh_from_db()

    datos = contenido(mensaje)
    assert (datos["cuando"], datos["sesion"].lugar) == (
        "viernes 27 de noviembre de 2026, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)",
        "Auditorio",
    )
