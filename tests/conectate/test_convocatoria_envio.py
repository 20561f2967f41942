"""Escribirles a los convocados: a quiénes, cuándo sale, y que ni se pierda ni se repita."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from conectate.acciones.convocatoria import (
    CAMBIO_ANTES,
    SE_CANCELO,
    SE_REABRIO,
    YA_EMPEZO,
    cancelar_y_avisar,
    enviar_mensaje,
    recordar_las_de_manana,
    reintentar_fallidas,
)
from conectate.acciones.sesiones import cambiar_estado
from conectate.consultas.convocatoria import mensajes_de, sin_avisar
from conectate.models import Entrega, Mensaje
from cuentas.consultas import mis_datos
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes
from trabajos.correo import EN_DUDA
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db

LUNES_10AM = "2026-11-23T10:00:00-05:00"


@pytest.fixture(autouse=True)
def en_la_oficina(settings, time_machine):
    """Un lunes hábil a las diez de la mañana, con el buzón de verdad."""
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    time_machine.move_to(LUNES_10AM, tick=False)
    return time_machine


def por_venir(**datos):
    return una_sesion(**{"estado": "convocada", "fecha": date(2026, 11, 27), **datos})


def escribir(sesion, clase="convocatoria", **datos):
    return enviar_mensaje(
        **{
            "sesion": sesion,
            "clase": clase,
            "asunto": "Convocatoria",
            "cuerpo": "Los esperamos.",
            "por": None,
            **datos,
        }
    )


def enviados():
    return sorted(correo.to[0] for correo in mail.outbox)


def hacer_ya():
    """Lo pendiente, sin esperar a que pase el tiempo entre intentos."""
    Trabajo.objects.update(no_antes_de="2020-01-01T00:00Z")
    ejecutar_pendientes()


# ── a quiénes ─────────────────────────────────────────────────────────────────────────────────


def test_llega_a_quienes_tienen_cuenta_activa_en_las_convocadas_y_a_los_otros_correos():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    un_usuario("secretario", entidad=huila, email="secretaria@huila.test")
    un_usuario("equipo_secretaria", entidad=huila, email="equipo@huila.test")
    un_usuario("equipo_secretaria", entidad=huila, email="se-fue@huila.test", is_active=False)
    un_usuario("secretario", entidad=meta, email="secretaria@meta.test")
    un_usuario("equipo_men", email="equipo@men.test")

    escribir(por_venir(convocadas=[huila]), otros_correos=["aliada@oei.test", "EQUIPO@huila.test"])
    ejecutar_pendientes()

    assert enviados() == ["aliada@oei.test", "equipo@huila.test", "secretaria@huila.test"]
    assert list(
        Entrega.objects.order_by("para").values_list("para", "entidad__nombre", "mensaje__clase")
    ) == [
        ("aliada@oei.test", None, "convocatoria"),
        ("equipo@huila.test", "Huila", "convocatoria"),
        ("secretaria@huila.test", "Huila", "convocatoria"),
    ]


def test_quien_cambia_de_secretaria_antes_de_que_salga_recibe_por_la_nueva(en_la_oficina):
    huila, meta, cauca = una_entidad("Huila"), una_entidad("Meta"), una_entidad("Cauca")
    se_queda = un_usuario("secretario", entidad=huila, email="ana@ejemplo.test")
    se_va = un_usuario("secretario", entidad=huila, email="luz@ejemplo.test")
    en_la_oficina.move_to("2026-11-23T20:00:00-05:00", tick=False)
    escribir(por_venir(convocadas=[huila, meta]))

    se_queda.entidad, se_va.entidad = meta, cauca
    se_queda.save()
    se_va.save()
    en_la_oficina.move_to("2026-11-24T07:00:00-05:00", tick=False)
    ejecutar_pendientes()

    assert list(Entrega.objects.values_list("para", "entidad__nombre")) == [
        ("ana@ejemplo.test", "Meta")
    ]


def test_sin_nadie_con_cuenta_el_mensaje_queda_sin_destinatarios():
    sesion = por_venir(convocadas=[una_entidad()])

    escribir(sesion)
    ejecutar_pendientes()

    mensaje = mensajes_de(sesion)[0]
    assert (mensaje.n_entregas, mensaje.trabajo.mensaje, mail.outbox) == (
        0,
        "Se dejaron 0 correos.",
        [],
    )


# ── cuándo ────────────────────────────────────────────────────────────────────────────────────


def test_lo_que_se_pide_de_noche_sale_a_la_manana_habil(en_la_oficina):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    en_la_oficina.move_to("2026-11-13T21:30:00-05:00", tick=False)  # viernes; el lunes es festivo

    mensaje = escribir(por_venir(convocadas=[huila]))
    de_noche = ejecutar_pendientes()
    en_la_oficina.move_to("2026-11-17T07:00:00-05:00", tick=False)
    ejecutar_pendientes()

    assert mensaje.sale_en.isoformat() == "2026-11-17T07:00:00-05:00"
    assert (de_noche, len(mail.outbox)) == (0, 1)


def test_si_el_trabajador_despierta_de_noche_espera_a_la_manana(en_la_oficina):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    escribir(por_venir(convocadas=[huila]))

    en_la_oficina.move_to("2026-11-23T22:00:00-05:00", tick=False)
    ejecutar_pendientes()
    trabajo = Trabajo.objects.get(tipo="conectate.enviar_mensaje")
    antes = (trabajo.estado, trabajo.intentos, trabajo.mensaje, len(mail.outbox))
    en_la_oficina.move_to("2026-11-24T07:00:00-05:00", tick=False)
    ejecutar_pendientes()

    assert antes == ("pendiente", 0, "Sale el 24 de noviembre, 7:00 a.m. (hora de Colombia).", 0)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("cambio", "motivo"),
    [
        ({"fecha": date(2026, 11, 30)}, CAMBIO_ANTES.format("la fecha")),
        ({"estado": "cancelada"}, SE_CANCELO),
        ({"estado": "realizada"}, YA_EMPEZO),
    ],
)
def test_lo_que_dejo_de_ser_cierto_antes_de_salir_no_sale_y_se_ve(en_la_oficina, cambio, motivo):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])
    en_la_oficina.move_to("2026-11-23T20:00:00-05:00", tick=False)
    escribir(sesion)

    type(sesion).objects.filter(pk=sesion.pk).update(**cambio)
    en_la_oficina.move_to("2026-11-24T07:00:00-05:00", tick=False)
    ejecutar_pendientes()

    mensaje = mensajes_de(sesion)[0]
    assert (mensaje.trabajo.resultado, mensaje.n_entregas, mail.outbox) == (
        {"no_salio": motivo},
        0,
        [],
    )


def test_la_cancelacion_de_lo_que_se_reabrio_antes_de_salir_no_sale(en_la_oficina):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])
    en_la_oficina.move_to("2026-11-23T20:00:00-05:00", tick=False)
    cancelar_y_avisar(sesion=sesion, por=un_usuario(), motivo="Por error.")

    type(sesion).objects.filter(pk=sesion.pk).update(estado="convocada")
    en_la_oficina.move_to("2026-11-24T07:00:00-05:00", tick=False)
    ejecutar_pendientes()

    mensaje = mensajes_de(sesion)[0]
    assert (mensaje.trabajo.resultado, mail.outbox) == ({"no_salio": SE_REABRIO}, [])


# ── ni dos veces ni perdido ───────────────────────────────────────────────────────────────────


def test_pulsar_enviar_dos_veces_envia_una():
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])

    mensajes = [escribir(sesion, clave_unica="envio:1") for _ in range(2)]
    ejecutar_pendientes()

    assert mensajes[0] == mensajes[1]
    assert (Mensaje.objects.count(), len(mail.outbox)) == (1, 1)


def test_si_el_trabajo_se_repite_nadie_recibe_dos():
    huila = una_entidad()
    un_usuario("secretario", entidad=huila, email="ana@ejemplo.test")
    escribir(por_venir(convocadas=[huila]))
    ejecutar_pendientes()

    un_usuario("equipo_secretaria", entidad=huila, email="llega@ejemplo.test")
    Trabajo.objects.filter(tipo="conectate.enviar_mensaje").update(estado="pendiente")
    ejecutar_pendientes()

    assert enviados() == ["ana@ejemplo.test", "llega@ejemplo.test"]
    assert (Entrega.objects.count(), Correo.objects.count()) == (2, 2)


def test_con_el_servidor_de_correo_caido_queda_en_la_fila_y_al_final_se_reintenta(monkeypatch):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila, email="ana@ejemplo.test")
    sesion = por_venir(convocadas=[huila])
    mensaje = escribir(sesion)

    def caido(self):
        raise ConnectionRefusedError

    with monkeypatch.context() as roto:
        roto.setattr(EmailBackend, "open", caido)
        ejecutar_pendientes()
        entrega = Entrega.objects.get()
        primero = (entrega.correo.trabajo.estado, mensajes_de(sesion)[0].n_fallidas)
        for _ in range(5):
            hacer_ya()
        agotado = mensajes_de(sesion)[0]
    n = reintentar_fallidas(mensaje=mensaje, por=un_usuario())
    hacer_ya()
    despues = mensajes_de(sesion)[0]

    assert primero == ("pendiente", 0)
    assert (agotado.n_fallidas, agotado.n_entregadas) == (1, 0)
    assert (n, despues.n_fallidas, despues.n_entregadas, enviados()) == (
        1,
        0,
        1,
        ["ana@ejemplo.test"],
    )


def test_reintentar_los_que_no_salieron_no_toca_los_dudosos():
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    mensaje = escribir(por_venir(convocadas=[huila]))
    ejecutar_pendientes()
    Correo.objects.update(entregado_en=None)
    Trabajo.objects.filter(tipo="trabajos.entregar_correo").update(
        estado="fallido", mensaje=EN_DUDA
    )

    assert reintentar_fallidas(mensaje=mensaje, por=un_usuario()) == 0


# ── qué se puede escribir ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("estado", "clase", "dice"),
    [
        ("borrador", "convocatoria", "en borrador"),
        ("cancelada", "convocatoria", "solo se puede avisar de la cancelación"),
        ("convocada", "cancelacion", "no está cancelada"),
        ("realizada", "recordatorio", "ya empezó o ya pasó"),
    ],
)
def test_lo_que_no_tiene_sentido_no_se_escribe(estado, clase, dice):
    sesion = por_venir(convocadas=[una_entidad()], estado=estado)

    with pytest.raises(ValidationError, match=dice):
        escribir(sesion, clase)


def test_una_sesion_que_ya_empezo_no_se_convoca():
    sesion = por_venir(fecha=date(2026, 11, 23), hora_inicio=time(9), convocadas=[una_entidad()])

    with pytest.raises(ValidationError, match="ya empezó"):
        escribir(sesion)


# ── cambios y cancelación ─────────────────────────────────────────────────────────────────────


def test_un_cambio_despues_de_convocar_queda_sin_avisar_hasta_que_se_avise():
    sesion = por_venir(convocadas=[una_entidad()])
    antes = sin_avisar(sesion)
    escribir(sesion)
    convocada = sin_avisar(sesion)

    sesion.fecha, sesion.lugar = date(2026, 11, 30), "Auditorio"
    sesion.save()
    cambiada = sin_avisar(sesion)
    escribir(sesion, "cambio")

    assert (antes, convocada, sin_avisar(sesion)) == (None, None, None)
    assert (cambiada.clase, cambiada.cambios) == ("cambio", ["la fecha", "el lugar"])


def test_cancelar_y_avisar_es_un_solo_paso():
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])
    escribir(sesion, otros_correos=["aliada@oei.test"])
    ejecutar_pendientes()
    mail.outbox.clear()

    cancelar_y_avisar(sesion=sesion, por=un_usuario(), motivo="Paro")
    ejecutar_pendientes()

    assert (sesion.estado, sin_avisar(sesion), len(mail.outbox)) == ("cancelada", None, 2)
    assert {correo.subject for correo in mail.outbox} == {f"Sesión cancelada: {sesion.titulo}"}


def test_cancelar_sin_avisar_se_nota():
    sesion = por_venir(convocadas=[una_entidad()])
    escribir(sesion)

    cambiar_estado(sesion=sesion, a="cancelada", por=un_usuario(), motivo="Paro")

    assert sin_avisar(sesion).clase == "cancelacion"


def test_sin_tocar_la_sesion_no_hay_cambio_al_dia_siguiente(en_la_oficina):
    sesion = por_venir(convocadas=[una_entidad()])
    escribir(sesion)

    en_la_oficina.move_to(timezone.now() + timedelta(days=1), tick=False)
    sesion.refresh_from_db()

    assert sin_avisar(sesion) is None


# ── la víspera ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hoy", "sesion", "se_recuerda"),
    [
        (date(2026, 11, 26), date(2026, 11, 27), True),
        (date(2026, 11, 25), date(2026, 11, 27), False),
        (date(2026, 11, 27), date(2026, 11, 28), True),  # sábado: se recuerda el viernes
        (date(2026, 11, 13), date(2026, 11, 17), True),  # puente: el lunes 16 es festivo
        (date(2026, 11, 16), date(2026, 11, 17), False),  # el festivo no se le escribe a nadie
        (date(2026, 12, 7), date(2026, 12, 8), True),  # la sesión es en festivo
        (date(2026, 12, 7), date(2026, 12, 9), True),  # el 8 es festivo
        (date(2026, 11, 27), date(2026, 11, 27), False),
    ],
)
def test_se_recuerda_la_vispera_habil(en_la_oficina, hoy, sesion, se_recuerda):
    en_la_oficina.move_to(f"{hoy}T07:05:00-05:00", tick=False)
    por_venir(fecha=sesion, convocadas=[una_entidad()])

    assert recordar_las_de_manana() == se_recuerda


def test_recordar_varias_veces_recuerda_una(en_la_oficina):
    huila = una_entidad()
    un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])
    en_la_oficina.move_to("2026-11-26T07:05:00-05:00", tick=False)

    for _ in range(3):
        recordar_las_de_manana()
        ejecutar_pendientes()

    assert [correo.subject for correo in mail.outbox] == [f"Recordatorio: {sesion.titulo}"]
    assert Mensaje.objects.get().clave_unica == f"recordatorio:{sesion.pk}:2026-11-27"


@pytest.mark.parametrize("estado", ["borrador", "cancelada", "realizada"])
def test_solo_se_recuerda_lo_convocado(en_la_oficina, estado):
    en_la_oficina.move_to("2026-11-26T07:05:00-05:00", tick=False)
    por_venir(estado=estado, convocadas=[una_entidad()])

    assert recordar_las_de_manana() == 0


def test_a_quienes_se_les_escribio_hoy_no_se_les_recuerda(en_la_oficina):
    sesion = por_venir(convocadas=[una_entidad()])
    en_la_oficina.move_to("2026-11-25T20:00:00-05:00", tick=False)
    escribir(sesion)  # sale el 26 a las 7

    en_la_oficina.move_to("2026-11-26T07:05:00-05:00", tick=False)

    assert recordar_las_de_manana() == 0


def test_el_recordatorio_va_tambien_a_los_otros_correos_convocados(en_la_oficina):
    sesion = por_venir(convocadas=[una_entidad()])
    escribir(sesion, otros_correos=["aliada@oei.test"])
    ejecutar_pendientes()
    mail.outbox.clear()

    en_la_oficina.move_to("2026-11-26T07:05:00-05:00", tick=False)
    recordar_las_de_manana()
    ejecutar_pendientes()

    assert enviados() == ["aliada@oei.test"]


def test_cada_quien_se_lleva_lo_que_el_portal_le_escribio():
    huila = una_entidad()
    ana = un_usuario("secretario", entidad=huila)
    sesion = por_venir(convocadas=[huila])
    escribir(sesion)
    ejecutar_pendientes()

    suyos = mis_datos(ana)["mensajes_recibidos"]

    assert [(uno["asunto"], uno["clase"], uno["sesion"]) for uno in suyos] == [
        ("Convocatoria", "convocatoria", sesion.titulo)
    ]
