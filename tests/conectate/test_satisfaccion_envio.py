"""El correo de la encuesta: a cada asistente su enlace, una vez y en horas de oficina."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from conectate.acciones import satisfaccion
from conectate.acciones.satisfaccion import pedir_envio
from conectate.models import Entrega, Mensaje
from tests.fabricas import un_usuario, una_entidad, una_participacion, una_sesion
from trabajos.acciones import ejecutar
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db

MARTES, DE_NOCHE = datetime(2026, 11, 24, 10), datetime(2026, 11, 24, 22)


@pytest.fixture(autouse=True)
def buzon(settings):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"


@pytest.fixture
def reloj(monkeypatch):
    """Pone la hora con que se decide si se le puede escribir a la gente."""

    def poner(momento):
        ahora = timezone.make_aware(momento)
        monkeypatch.setattr(timezone, "now", lambda: ahora)

    poner(MARTES)
    return poner


def una_con_asistentes(*correos):
    sesion = una_sesion("Rutas", fecha=timezone.localdate())
    for correo in correos:
        una_participacion(sesion, una_entidad(), correo=correo)
    return sesion


def enviar(sesion):
    """Pide el envío y hace los trabajos que deje."""
    pedir_envio(sesion=sesion, por=un_usuario())
    for tipo in ("conectate.enviar_satisfaccion", "trabajos.entregar_correo"):
        for trabajo in Trabajo.objects.filter(tipo=tipo, estado=Trabajo.Estado.PENDIENTE):
            ejecutar(trabajo.pk)


def test_un_titulo_de_dos_renglones_no_impide_enviarla(reloj):
    sesion = una_con_asistentes("ana@huila.test")
    sesion.titulo = "Rutas\r\nBcc: otra@ejemplo.test"
    sesion.save()

    enviar(sesion)

    assert [correo.subject for correo in mail.outbox] == [
        "¿Qué tal estuvo «Rutas Bcc: otra@ejemplo.test»?"
    ]


def enlaces():
    return {
        correo.to[0]: re.search(r"/conectate/satisfaccion/\S+/", correo.body)[0]
        for correo in mail.outbox
    }


def test_cada_asistente_recibe_su_enlace_y_con_el_responde(client, reloj):
    sesion = una_con_asistentes("ana@ejemplo.test", "luis@ejemplo.test")

    enviar(sesion)

    assert sorted(enlaces()) == ["ana@ejemplo.test", "luis@ejemplo.test"]
    assert len(set(enlaces().values())) == 2
    for enlace in enlaces().values():
        client.post(enlace, {"utilidad": 5, "claridad": 5, "pertinencia": 5})
    assert sesion.satisfacciones.count() == 2


def test_quienes_no_cuentan_o_no_tienen_correo_no_reciben(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")
    una_participacion(sesion, correo="poco@ejemplo.test", cuenta=False)
    una_participacion(sesion, correo="", clave="nombre:sin correo")

    enviar(sesion)

    assert sorted(enlaces()) == ["ana@ejemplo.test"]


def test_pedirlo_otra_vez_solo_alcanza_a_quienes_llegaron_despues(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")
    enviar(sesion)
    una_participacion(sesion, correo="luis@ejemplo.test")

    enviar(sesion)

    assert [correo.to[0] for correo in mail.outbox] == ["ana@ejemplo.test", "luis@ejemplo.test"]
    assert Mensaje.objects.filter(clase="satisfaccion").count() == 1


def test_cada_entrega_sabe_como_va_su_correo(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")

    enviar(sesion)

    entrega = Entrega.objects.get()
    assert entrega.correo.entregado_en is not None
    assert entrega.entidad == sesion.participaciones.get().entidad


def test_lo_que_se_guarda_del_mensaje_no_trae_el_enlace_de_nadie(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")

    enviar(sesion)

    assert "/conectate/satisfaccion/" not in Mensaje.objects.get().cuerpo


def test_de_noche_espera_a_la_manana_habil(reloj):
    reloj(DE_NOCHE)
    sesion = una_con_asistentes("ana@ejemplo.test")

    mensaje = pedir_envio(sesion=sesion, por=un_usuario())

    trabajo = Trabajo.objects.get(tipo="conectate.enviar_satisfaccion")
    assert timezone.localtime(mensaje.sale_en) == timezone.make_aware(datetime(2026, 11, 25, 7))
    assert trabajo.no_antes_de == mensaje.sale_en


def test_si_el_trabajador_llega_tarde_no_escribe_de_noche(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")
    pedir_envio(sesion=sesion, por=un_usuario())
    reloj(DE_NOCHE)

    trabajo = Trabajo.objects.get(tipo="conectate.enviar_satisfaccion")
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert (trabajo.estado, Correo.objects.count()) == (Trabajo.Estado.PENDIENTE, 0)


def test_si_la_encuesta_se_cerro_antes_de_salir_no_sale(reloj):
    sesion = una_con_asistentes("ana@ejemplo.test")
    pedir_envio(sesion=sesion, por=un_usuario())
    sesion.estado = "cancelada"
    sesion.save()

    trabajo = Trabajo.objects.get(tipo="conectate.enviar_satisfaccion")
    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert trabajo.estado == Trabajo.Estado.FALLIDO
    assert trabajo.mensaje == "Esta sesión se canceló: no hay nada que responder."


def test_cortado_a_la_mitad_sigue_donde_quedo(reloj, monkeypatch):
    monkeypatch.setattr(satisfaccion, "POR_TANDA", 1)
    sesion = una_con_asistentes("ana@ejemplo.test", "luis@ejemplo.test")
    mensaje = pedir_envio(sesion=sesion, por=un_usuario())
    ana = sesion.participaciones.get(correo="ana@ejemplo.test")
    satisfaccion._dejar_en_el_buzon(mensaje, [("ana@ejemplo.test", ana)])

    enviar(sesion)

    assert Correo.objects.count() == Entrega.objects.count() == 2


@pytest.mark.parametrize(
    ("datos", "codigo"),
    [
        ({}, "sin_correos"),
        ({"estado": "cancelada"}, "sesion_cancelada"),
        ({"fecha": timedelta(days=-60)}, "encuesta_cerrada"),
    ],
)
def test_no_se_pide_lo_que_no_se_puede_responder(reloj, datos, codigo):
    fecha = timezone.localdate() + datos.pop("fecha", timedelta())
    sesion = una_sesion(fecha=fecha, **datos)

    with pytest.raises(ValidationError) as error:
        pedir_envio(sesion=sesion, por=un_usuario())

    assert error.value.code == codigo


def test_el_ministerio_lo_pide_desde_los_resultados(client):
    sesion = una_con_asistentes("ana@ejemplo.test")
    client.force_login(un_usuario())

    pagina = client.post(reverse("conectate:enviar-satisfaccion", args=[sesion.pk]), follow=True)

    assert "El envío quedó pedido" in pagina.content.decode()
    assert "Enviar a quienes falten" in pagina.content.decode()
