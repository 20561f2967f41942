"""El boletín mensual: qué dice, en la página, en el PDF y en el correo, y que llega una vez."""

from datetime import date, time, timedelta
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from conectate.acciones.boletin import pedir_boletin, pedir_los_del_mes, toca_enviar
from conectate.acciones.despues import ponerse_al_dia
from conectate.consultas.boletin import boletin_de, mes_reciente
from conectate.tasks.boletin import enviar_boletines
from cuentas.models import Rol
from escuela.agenda import AGENDA
from tests.conectate.paginas import texto
from tests.fabricas import (
    un_tipo,
    un_usuario,
    una_asistencia,
    una_entidad,
    una_participacion,
    una_sesion,
)
from tests.fabricas_de_contenidos import un_material
from trabajos import correo
from trabajos.acciones import ejecutar, ejecutar_pendientes
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db

NOVIEMBRE = date(2026, 11, 1)
PRIMER_HABIL = "2026-12-01T09:00:00-05:00"
PESO_MAXIMO = 200_000


@pytest.fixture
def primero_de_diciembre(settings, time_machine):
    """Martes, en horas de oficina, con el buzón de verdad."""
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    settings.DIRECCION_DEL_PORTAL = "https://portal.test"
    time_machine.move_to(PRIMER_HABIL, tick=False)
    return time_machine


def manizales_en_noviembre():
    """Asistió a una, se perdió otra, de una no hay dato y viene una; en octubre, dos más."""
    entidad = una_entidad("Manizales", codigo_dane="17001")
    for dia in (6, 20):
        una_participacion(una_sesion(fecha=date(2026, 10, dia), convocadas=[entidad]), entidad)
    asistio = una_sesion("Alternancia", fecha=date(2026, 11, 5), convocadas=[entidad])
    for _ in range(2):
        una_participacion(asistio, entidad)
    perdida = una_sesion(
        "Bioseguridad", fecha=date(2026, 11, 12), convocadas=[entidad], estado="cerrada"
    )
    un_material(perdida, "Guía", enlace="https://ejemplo.test/guia")
    una_participacion(perdida, una_entidad("Huila", codigo_dane="41"))
    una_sesion("Conectividad", fecha=date(2026, 11, 19), convocadas=[entidad])
    una_sesion(
        "Permanencia",
        fecha=date(2026, 12, 10),
        hora_inicio=time(9),
        hora_fin=time(11),
        estado="convocada",
        convocadas=[entidad],
    )
    return entidad


def pagina_de(entidad, vigencia=2026, mes=11):
    return reverse("conectate:boletin", args=[vigencia, mes, entidad.codigo_dane])


def leido(contenido):
    lector = PdfReader(BytesIO(contenido))
    return lector, " ".join(" ".join(p.extract_text() for p in lector.pages).split())


def abierto(enviado):
    """Lo que salió, por partes: {"text/plain": …, "text/html": …, "application/pdf": …}."""
    partes = message_from_bytes(enviado.as_bytes(), policy=policy.default).walk()
    return {p.get_content_type(): p.get_content() for p in partes if not p.is_multipart()}


def solo_el_primero(guardar):
    """El segundo correo se rompe, como si el trabajador cayera a la mitad."""
    hechos = []

    def guardar_o_romperse(*args):
        hechos.append(args)
        if len(hechos) > 1:
            raise OSError
        guardar(*args)

    return guardar_o_romperse


def enviar():
    """Lo que pasa en la mañana: la agenda pide, los trabajos dejan los correos y estos salen."""
    pedir_los_del_mes()
    ejecutar_pendientes()


# ── Qué dice ──────────────────────────────────────────────────────────────────────────────────


def test_el_año_se_cuenta_por_tipo_hasta_el_fin_del_mes_y_lo_sin_dato_no_es_cero():
    entidad = manizales_en_noviembre()
    dialogo = un_tipo("dialogo", orden=200)
    una_sesion("De diálogo", tipo=dialogo, fecha=date(2026, 3, 3), convocadas=[entidad])
    una_participacion(una_sesion(fecha=date(2026, 12, 2), convocadas=[entidad]), entidad)

    boletin = boletin_de(entidad, NOVIEMBRE, hoy=date(2026, 12, 15))

    assert [(str(una.cuenta), una.sin_dato) for una in boletin.por_tipo] == [
        ("3 de 4", 1),
        ("0 de 0", 1),
    ]


def test_cada_sesion_del_mes_va_en_un_solo_lugar():
    entidad = manizales_en_noviembre()

    boletin = boletin_de(entidad, NOVIEMBRE, hoy=date(2026, 12, 1))

    assert [fila.sesion.titulo for fila in boletin.asistio] == ["Alternancia"]
    assert [una.sesion.titulo for una in boletin.perdidas] == ["Bioseguridad"]
    assert [sesion.titulo for sesion in boletin.sin_dato] == ["Conectividad"]
    assert [una.sesion.titulo for una in boletin.por_venir] == ["Permanencia"]


def test_ni_lo_cancelado_ni_lo_de_otra_secretaria_sale():
    entidad = una_entidad()
    una_sesion(fecha=date(2026, 11, 5), convocadas=[entidad], estado="cancelada")
    una_sesion(fecha=date(2026, 12, 5), convocadas=[entidad], estado="borrador")
    una_participacion(una_sesion(fecha=date(2026, 11, 6), convocadas=[una_entidad()]))

    boletin = boletin_de(entidad, NOVIEMBRE, hoy=date(2026, 12, 1))

    assert (boletin.hay_que_contar, boletin.resumen) == (False, "")


def test_en_el_mes_que_corre_lo_que_falta_de_el_tambien_viene():
    entidad = una_entidad()
    for titulo, dia in (("Hoy", 10), ("Mañana", 11), ("Ayer", 9)):
        una_sesion(titulo, fecha=date(2026, 11, dia), convocadas=[entidad], estado="convocada")

    boletin = boletin_de(entidad, NOVIEMBRE, hoy=date(2026, 11, 10))

    assert [una.sesion.titulo for una in boletin.por_venir] == ["Hoy", "Mañana"]
    assert [sesion.titulo for sesion in boletin.sin_dato] == ["Ayer"]


@pytest.mark.parametrize(
    ("hoy", "mes"),
    [(date(2026, 12, 20), date(2026, 11, 1)), (date(2027, 3, 1), date(2026, 12, 1))],
)
def test_el_reciente_es_el_ultimo_terminado_en_que_hubo_algo(hoy, mes):
    assert mes_reciente(manizales_en_noviembre(), hoy=hoy) == mes


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_lee_su_mes(client, primero_de_diciembre):
    entidad = manizales_en_noviembre()
    persona = un_usuario(Rol.SECRETARIO, entidad=entidad, nombre="Ana de Prueba")
    ponerse_al_dia(
        sesion=entidad.sesiones_convocadas.get(titulo="Bioseguridad"), entidad=entidad, por=persona
    )
    client.force_login(persona)

    pagina = texto(client.get(pagina_de(entidad)))

    for escrito in (
        "Asistió a 1 sesión. Se perdió 1 sesión. Sin dato todavía: 1 sesión. Por venir: 1 sesión.",
        "3 de 4 Informativas 75,0 %; 1 sin dato",
        "2 personas Importada",
        "Dejó: acta y 1 material.",
        "Ya revisada 1 de diciembre de 2026",
        "Jueves 10 de diciembre de 2026, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)",
        "Sin responder",
    ):
        assert escrito in pagina
    assert "Ana de Prueba" not in pagina


def test_dice_el_origen_las_personas_dichas_y_si_los_datos_se_contradicen(client):
    entidad = una_entidad()
    sesion = una_sesion(fecha=date(2020, 6, 9), convocadas=[entidad])
    una_asistencia(
        sesion, entidad, registro="ausente", ventana_en=timezone.now(), ventana_personas=3
    )
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    pagina = texto(client.get(pagina_de(entidad, 2020, 6)))

    assert "3 personas, según la secretaría En la ventana. Los datos se contradicen" in pagina


def test_lo_de_demostracion_se_dice(client):
    entidad = una_entidad()
    una_sesion(fecha=date(2020, 6, 9), convocadas=[entidad], es_demostracion=True)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    pagina = texto(client.get(pagina_de(entidad, 2020, 6)))

    assert "Datos de demostración" in pagina


def test_manizales_no_ve_el_de_huila_ni_lo_puede_pedir(client):
    manizales, huila = una_entidad("Manizales"), una_entidad("Huila")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=manizales))

    respuestas = [
        client.get(pagina_de(huila, 2020, 6)),
        client.get(reverse("conectate:boletin-reciente", args=[2020, huila.codigo_dane])),
        client.post(reverse("conectate:descargar-boletin", args=[2020, 6, huila.codigo_dane])),
        client.get(pagina_de(manizales, 2020, 6)),
    ]

    assert [una.status_code for una in respuestas] == [404, 404, 404, 200]
    assert Trabajo.objects.count() == 0


def test_el_ministerio_los_ve_todos_y_no_responde_por_ella(client, primero_de_diciembre):
    entidad = manizales_en_noviembre()
    client.force_login(un_usuario())

    pagina = texto(client.get(pagina_de(entidad)))

    assert "Sin responder" in pagina
    assert "Responder a la convocatoria" not in pagina


def test_un_mes_que_no_ha_llegado_no_existe_y_el_de_ahora_avisa(client, primero_de_diciembre):
    entidad = una_entidad()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    futuro = client.get(pagina_de(entidad, 2027, 1))
    pedido = client.post(
        reverse("conectate:descargar-boletin", args=[2027, 1, entidad.codigo_dane])
    )
    de_ahora = client.get(pagina_de(entidad, 2026, 12))

    assert (futuro.status_code, pedido.status_code) == (404, 404)
    assert "El mes no ha terminado." in texto(de_ahora)


def test_de_antes_del_portal_no_hay_boletin(client):
    huila = una_entidad("Huila")
    client.force_login(un_usuario())

    assert [client.get(pagina_de(huila, 1900, mes)).status_code for mes in (1, 12)] == [404, 404]


def test_desde_mi_portal_y_desde_la_ficha_se_llega_al_ultimo(client, primero_de_diciembre):
    entidad = manizales_en_noviembre()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))
    ficha = reverse("conectate:participacion-entidad", args=[2026, entidad.codigo_dane])

    de_mi_portal = client.get(reverse("conectate:mi-boletin"))
    de_la_ficha = reverse("conectate:boletin-reciente", args=[2026, entidad.codigo_dane])

    assert reverse("conectate:mi-boletin") in client.get("/mi-portal/").content.decode()
    assert de_la_ficha in client.get(ficha).content.decode()
    assert de_mi_portal["Location"] == client.get(de_la_ficha)["Location"] == pagina_de(entidad)


def test_la_pagina_cuesta_lo_mismo_con_una_sesion_que_con_tres(
    client, django_assert_max_num_queries
):
    entidad = una_entidad()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    def cuanto_cuesta():
        with django_assert_max_num_queries(30) as consultas:
            client.get(pagina_de(entidad, 2020, 6))
        return len(consultas)

    def otras():
        una_participacion(una_sesion(convocadas=[entidad]), entidad)
        una_participacion(una_sesion(convocadas=[entidad]), una_entidad())
        una_sesion(convocadas=[entidad])
        una_sesion(fecha=date(2020, 7, 3), convocadas=[entidad])

    otras()
    cuanto_cuesta()
    con_una = cuanto_cuesta()
    for _ in range(2):
        otras()

    assert cuanto_cuesta() == con_una


# ── El PDF ────────────────────────────────────────────────────────────────────────────────────


def test_el_pdf_dice_lo_mismo_es_accesible_y_pesa_poco(client, primero_de_diciembre):
    entidad = manizales_en_noviembre()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=entidad))

    client.post(reverse("conectate:descargar-boletin", args=[2026, 11, entidad.codigo_dane]))
    ejecutar_pendientes()

    trabajo = Trabajo.objects.get(tipo="conectate.boletin")
    assert (trabajo.estado, trabajo.nombre_del_archivo) == (
        "terminado",
        "Boletín 2026-11 Manizales.pdf",
    )
    with trabajo.archivo.open("rb") as archivo:
        lector, escrito = leido(archivo.read())
    assert lector.metadata.title == "Boletín de noviembre de 2026: Manizales"
    assert "/StructTreeRoot" in lector.trailer["/Root"]
    for dicho in (
        "Secretaría de Educación de Manizales Noviembre de 2026",
        "El año, hasta el 30 de noviembre",
        "3 de 4 Informativas 75,0 %; 1 sin dato",
        "2 personas Importada",
        "Acta y 1 material No",
        "Sin dato todavía",
        "Lo que viene en diciembre",
        "(hora de Colombia)",
        "Sin responder",
    ):
        assert dicho in escrito
    assert trabajo.bytes_del_archivo < PESO_MAXIMO


def test_un_mes_lleno_cabe_en_el_peso(primero_de_diciembre):
    entidad = una_entidad("San Andrés, Providencia y Santa Catalina")
    for dia in range(1, 29):
        titulo = f"Sesión con un título largo, de los que ocupan dos renglones, número {dia}"
        sesion = una_sesion(titulo, fecha=date(2026, 11, dia), convocadas=[entidad])
        una_participacion(sesion, entidad if dia % 3 else una_entidad())

    pedir_boletin(entidad=entidad, vigencia=2026, mes=11, por=un_usuario())
    ejecutar_pendientes()

    assert Trabajo.objects.get().bytes_del_archivo < PESO_MAXIMO


def test_quien_dejo_de_ser_de_la_secretaria_no_se_lleva_el_pdf():
    entidad = una_entidad()
    persona = un_usuario(Rol.SECRETARIO, entidad=entidad)
    trabajo = pedir_boletin(entidad=entidad, vigencia=2020, mes=6, por=persona)
    persona.entidad = una_entidad()
    persona.save()

    ejecutar(trabajo.pk)

    trabajo.refresh_from_db()
    assert (trabajo.estado, trabajo.mensaje, bool(trabajo.archivo)) == (
        "fallido",
        "Ya no tiene permiso para ver este boletín.",
        False,
    )


# ── El envío ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hoy", "toca"),
    [
        (date(2026, 12, 1), True),  # martes
        (date(2026, 11, 1), False),  # domingo
        (date(2026, 11, 2), False),  # lunes, festivo de Todos los Santos
        (date(2026, 11, 3), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
        (date(2026, 12, 3), True),  # por si el primero estuvo caído
        (date(2026, 12, 4), False),
        (date(2026, 11, 30), False),
    ],
)
def test_se_manda_en_los_primeros_dias_habiles_del_mes(hoy, toca):
    assert toca_enviar(hoy) == toca


def test_a_cada_persona_activa_de_la_secretaria_le_llega_con_su_pdf(primero_de_diciembre):
    entidad = manizales_en_noviembre()
    un_usuario(Rol.SECRETARIO, entidad=entidad, email="ana@ejemplo.test")
    un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad, email="luis@ejemplo.test")
    un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad, email="ya.no@ejemplo.test", is_active=False)
    un_usuario()

    enviar()

    assert sorted(enviado.to[0] for enviado in mail.outbox) == [
        "ana@ejemplo.test",
        "luis@ejemplo.test",
    ]
    recibido = abierto(mail.outbox[0])
    assert mail.outbox[0].subject == "Boletín de noviembre de 2026: Manizales"
    assert "Informativas: 3 de 4 (75,0\xa0%); 1 sin dato" in recibido["text/plain"]
    assert "Por revisar: acta y 1 material." in recibido["text/plain"]
    for tipo in ("text/plain", "text/html"):
        assert "de 9:00 a.m. a 11:00 a.m. (hora de Colombia)" in recibido[tipo]
        assert f"https://portal.test{pagina_de(entidad)}" in recibido[tipo]
    assert "3 de 4 Informativas" in leido(recibido["application/pdf"])[1]
    assert len(recibido["application/pdf"]) < PESO_MAXIMO


def test_la_tarea_dos_veces_y_el_trabajo_revivido_mandan_un_correo(primero_de_diciembre):
    entidad = manizales_en_noviembre()
    un_usuario(Rol.SECRETARIO, entidad=entidad, email="ana@ejemplo.test")

    enviar()
    enviar()
    primero_de_diciembre.shift(timedelta(days=1))
    enviar()
    Trabajo.objects.filter(tipo="conectate.enviar_boletin").update(
        estado="pendiente", terminado_en=None
    )
    ejecutar_pendientes()

    assert [enviado.to for enviado in mail.outbox] == [["ana@ejemplo.test"]]
    assert Correo.objects.get().clave_unica == "boletin:17001:2026-11:ana@ejemplo.test"


def test_si_el_trabajador_muere_al_dejarlos_ninguno_queda_y_se_repite(
    primero_de_diciembre, monkeypatch
):
    entidad = manizales_en_noviembre()
    un_usuario(Rol.SECRETARIO, entidad=entidad)
    un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad)

    with monkeypatch.context() as roto:
        roto.setattr(correo, "_guardar", solo_el_primero(correo._guardar))
        enviar()
    a_medias = Correo.objects.count()
    primero_de_diciembre.shift(timedelta(minutes=1))
    ejecutar_pendientes()

    assert (a_medias, Correo.objects.count(), len(mail.outbox)) == (0, 2, 2)


def test_sin_sesiones_en_el_mes_ni_por_venir_no_se_manda(primero_de_diciembre):
    un_usuario(Rol.SECRETARIO)

    enviar()

    trabajo = Trabajo.objects.get(tipo="conectate.enviar_boletin")
    assert (trabajo.estado, trabajo.mensaje, Correo.objects.count()) == (
        "terminado",
        "No tuvo sesiones en el mes ni las tiene por venir. No se envió.",
        0,
    )


def test_a_una_secretaria_sin_cuentas_o_que_ya_no_existe_no_se_le_pide(primero_de_diciembre):
    una_entidad()
    un_usuario(Rol.SECRETARIO, entidad=una_entidad(hasta=date(2025, 12, 31)))
    un_usuario(Rol.SECRETARIO, is_active=False)

    assert pedir_los_del_mes() == 0


def test_lo_que_se_atrasa_hasta_la_noche_sale_a_la_manana_siguiente(primero_de_diciembre):
    un_usuario(Rol.SECRETARIO, entidad=manizales_en_noviembre())
    pedir_los_del_mes()
    primero_de_diciembre.shift(timedelta(hours=12))

    ejecutar_pendientes()

    trabajo = Trabajo.objects.get(tipo="conectate.enviar_boletin")
    assert (trabajo.estado, trabajo.mensaje, Correo.objects.count()) == (
        "pendiente",
        "Sale el 2 de diciembre, 7:00 a.m. (hora de Colombia).",
        0,
    )


def test_la_agenda_lo_mira_cada_manana():
    assert AGENDA["mandar el boletín del mes"]["task"] == enviar_boletines.name
