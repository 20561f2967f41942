"""Convocar en el navegador: qué se ve, qué se escribe y qué se lee cuando algo no se puede."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from conectate.acciones.convocatoria import enviar_propuesta, responder
from conectate.models import Entrega, Mensaje, Sesion
from tests.fabricas import un_usuario, una_entidad, una_sesion
from trabajos.acciones import ejecutar_pendientes
from trabajos.correo import EN_DUDA
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def en_la_oficina(settings, time_machine):
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    time_machine.move_to("2026-11-23T10:00:00-05:00", tick=False)
    return time_machine


@pytest.fixture
def equipo(client):
    """Alguien del Ministerio, que ya entró."""
    equipo = un_usuario(nombre="Coordinación de Prueba")
    client.force_login(equipo)
    return equipo


@pytest.fixture
def huila():
    huila = una_entidad("Huila")
    un_usuario("secretario", entidad=huila, email="ana@huila.test")
    return huila


def por_venir(titulo="Rutas", **datos):
    return una_sesion(titulo, **{"estado": "convocada", "fecha": date(2026, 11, 27), **datos})


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def pagina_de(sesion, resto=""):
    return f"/conectate/sesiones/{sesion.pk}/convocatoria/{resto}"


def lo_escrito(pagina, **cambios):
    """Lo que el navegador mandaría desde esa página."""
    form = pagina.context["form"]
    return {campo.name: campo.value() or "" for campo in form} | cambios


def escribir(client, sesion, clase="convocatoria", **cambios):
    pagina = client.get(pagina_de(sesion, f"escribir/{clase}/"))
    datos = lo_escrito(pagina, **cambios)
    return client.post(pagina_de(sesion, f"escribir/{clase}/"), datos, follow=True)


# ── la página de la convocatoria ──────────────────────────────────────────────────────────────


def test_dice_que_respondieron_y_a_quien_no_hay_como_escribirle(client, equipo, huila):
    meta, cauca = una_entidad("Meta"), una_entidad("Cauca")
    sesion = por_venir(convocadas=[huila, meta, cauca])
    ana = huila.usuarios.get()
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=12, por=ana)
    responder(sesion=sesion, entidad=meta, respuesta="no", medio="llamada", por=equipo)

    respuesta = client.get(pagina_de(sesion))

    pagina = texto(respuesta)
    convocadas = respuesta.context["convocadas"]
    assert [len(convocadas.asistiran), convocadas.personas] == [1, 12]
    assert [fila.entidad for fila in convocadas.no_podran] == [meta]
    assert [fila.entidad for fila in convocadas.sin_destinatario] == [cauca, meta]
    assert f'En el portal<span class="nota renglon">{ana}, 23 de noviembre' in pagina
    assert 'Por llamada<span class="nota renglon">Coordinación de Prueba' in pagina
    assert "2 no tienen a quién escribirle" in pagina


@pytest.mark.parametrize(
    ("ver", "salen"),
    [
        ("asistiran", ["Huila"]),
        ("sin-respuesta", ["Meta"]),
        ("sin-correo", ["Meta"]),
        ("", ["Huila", "Meta"]),
        ("otra-cosa", ["Huila", "Meta"]),
    ],
)
def test_las_secretarias_se_filtran_por_lo_que_respondieron(client, equipo, huila, ver, salen):
    sesion = por_venir(convocadas=[huila, una_entidad("Meta")])
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=1, por=equipo)

    filas = client.get(pagina_de(sesion), {"ver": ver}).context["filas"]

    assert [fila.entidad.nombre for fila in filas] == salen


def test_lo_respondido_antes_de_un_cambio_se_senala(client, equipo, huila, en_la_oficina):
    sesion = por_venir(convocadas=[huila])
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=1, por=equipo)
    en_la_oficina.move_to("2026-11-23T10:20:00-05:00", tick=False)
    enviar_propuesta(sesion=sesion, clase="cambio", por=equipo)

    assert "Antes del cambio" in texto(client.get(pagina_de(sesion)))


def test_en_borrador_no_se_escribe_y_se_dice_que_hacer(client, equipo, huila):
    sesion = por_venir(convocadas=[huila], estado="borrador")

    pagina = client.get(pagina_de(sesion))
    intento = client.get(pagina_de(sesion, "escribir/convocatoria/"), follow=True)

    assert "Convóquela y después escríbales." in texto(pagina)
    assert "convóquela antes de escribirles" in texto(intento)


def test_la_del_publico_no_tiene_a_quien_escribirle(client, equipo):
    sesion = por_venir(audiencia="comunidad")

    assert "no convoca a ninguna secretaría, así que no hay a quién escribirle" in texto(
        client.get(pagina_de(sesion))
    )


def test_ver_quienes_respondieron_queda_en_la_bitacora(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])
    responder(sesion=sesion, entidad=huila, respuesta="si", personas=1, por=equipo)

    client.get(pagina_de(sesion))

    assert (
        LogEntry.objects.filter(
            additional_data__verbo="vio una lista de personas", actor=equipo
        ).count()
        == 1
    )


def test_con_noventa_y_seis_secretarias_son_las_mismas_consultas(
    client, equipo, django_assert_num_queries
):
    def con(n):
        sesion = por_venir(convocadas=[una_entidad() for _ in range(n)])
        for convocada in sesion.convocadas.all():
            un_usuario("secretario", entidad=convocada)
            responder(sesion=sesion, entidad=convocada, respuesta="si", personas=2, por=equipo)
        enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)
        ejecutar_pendientes()
        return sesion

    client.get(pagina_de(con(1)))
    for sesion in (con(1), con(96)):
        with django_assert_num_queries(9):
            client.get(pagina_de(sesion))
        with django_assert_num_queries(10):
            client.get(f"/conectate/mensajes/{sesion.mensajes.get().pk}/")


# ── escribir ──────────────────────────────────────────────────────────────────────────────────


def test_se_propone_un_texto_se_mira_como_llega_y_se_envia(client, equipo, huila):
    sesion = por_venir(convocadas=[huila, una_entidad("Meta")])

    previa = escribir(client, sesion)
    enviado = client.post(
        pagina_de(sesion, "escribir/convocatoria/"),
        lo_escrito(previa, enviar="1"),
        follow=True,
    )
    ejecutar_pendientes()

    pagina = texto(previa)
    assert "Va a 1 persona. Sale el lunes 23 de noviembre, 10:00 a.m. (hora de Colombia)." in pagina
    assert "1 secretaría sin a quién escribirle." in pagina
    assert "Viernes 27 de noviembre de 2026, de 9:00 a.m. a 11:00 a.m. (hora de Colombia)" in pagina
    assert "El mensaje quedó guardado y saldrá solo." in texto(enviado)
    assert [correo.subject for correo in mail.outbox] == ["Convocatoria: Rutas"]


def test_pulsar_enviar_dos_veces_lleva_al_mismo_mensaje(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])
    datos = lo_escrito(escribir(client, sesion), enviar="1")

    destinos = [
        client.post(pagina_de(sesion, "escribir/convocatoria/"), datos)["Location"]
        for _ in range(2)
    ]

    assert destinos == [f"/conectate/mensajes/{Mensaje.objects.get().pk}/"] * 2


def test_corregir_vuelve_al_formulario_con_lo_escrito(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])

    vuelta = escribir(client, sesion, cuerpo="Otro texto", corregir="1")

    assert (vuelta.context["form"]["cuerpo"].value(), Mensaje.objects.count()) == ("Otro texto", 0)


def test_de_los_correos_pegados_se_dice_cuales_estan_mal_y_nada_se_pierde(client, equipo, huila):
    pegado = "Ana Ruiz <ana@oei.test>; luz@oei.test\nmal@, sin-arroba  otra@oei.test"

    pagina = escribir(client, por_venir(convocadas=[huila]), otros_correos=pegado)

    [error] = pagina.context["form"].errors["otros_correos"]
    assert error == (
        "No son direcciones de correo: «mal@», «sin-arroba». Corríjalas o quítelas. Las demás "
        "están bien."
    )
    assert pagina.context["form"]["otros_correos"].value() == pegado


def test_los_correos_buenos_se_cuentan_una_vez(client, equipo, huila):
    pegado = "luz@oei.test, LUZ@oei.test\nana@huila.test;otra@oei.test"

    previa = escribir(client, por_venir(convocadas=[huila]), otros_correos=pegado)

    assert [uno.para for uno in previa.context["destinatarios"]] == [
        "ana@huila.test",
        "luz@oei.test",
        "otra@oei.test",
    ]


@pytest.mark.parametrize("campo", ["asunto", "cuerpo"])
def test_sin_asunto_o_sin_texto_no_hay_mensaje(client, equipo, huila, campo):
    pagina = escribir(client, por_venir(convocadas=[huila]), **{campo: " "}, enviar="1")

    assert pagina.context["form"].errors == {campo: ["Este campo es obligatorio."]}
    assert Mensaje.objects.count() == 0


def test_si_se_cancela_mientras_se_escribe_no_se_envia(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])
    datos = lo_escrito(escribir(client, sesion), enviar="1")

    Sesion.objects.update(estado="cancelada")
    vuelta = client.post(pagina_de(sesion, "escribir/convocatoria/"), datos, follow=True)

    assert "ya no se les puede enviar ese mensaje" in texto(vuelta)
    assert Mensaje.objects.count() == 0


# ── un mensaje ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def fallido(equipo, huila, monkeypatch):
    """Un mensaje que el servidor de correo no aceptó."""
    sesion = por_venir(convocadas=[huila])
    mensaje = enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)
    ejecutar_pendientes(tipo="conectate.enviar_mensaje")
    Trabajo.objects.filter(tipo="trabajos.entregar_correo").update(
        estado="fallido", mensaje="El servidor no respondió.", terminado_en="2026-11-23T15:00Z"
    )
    return mensaje


def test_lo_que_no_se_pudo_entregar_dice_por_que_y_se_reintenta(client, fallido):
    pagina = f"/conectate/mensajes/{fallido.pk}/"

    antes = texto(client.get(pagina))
    client.post(f"{pagina}reintentar/")
    ejecutar_pendientes()
    despues = texto(client.get(pagina))

    assert "ana@huila.test" in antes
    assert "El servidor no respondió." in antes
    assert "0 de 1 entregado; en 1 no se pudo." in antes
    assert "1 de 1 entregado." in despues
    assert len(mail.outbox) == 1


def test_lo_dudoso_solo_se_reintenta_uno_por_uno(client, fallido):
    Trabajo.objects.filter(estado="fallido").update(mensaje=EN_DUDA)
    pagina = f"/conectate/mensajes/{fallido.pk}/reintentar/"

    todas = client.post(pagina, follow=True)
    una = client.post(pagina, {"entrega": Entrega.objects.get().pk}, follow=True)

    assert "No hay ninguno que reintentar." in texto(todas)
    assert "Se intentará de nuevo." in texto(una)


@pytest.mark.parametrize("entrega", ["9" * 30, "²", "x"])
def test_una_entrega_que_no_es_de_ese_mensaje_no_existe(client, fallido, entrega):
    respuesta = client.post(f"/conectate/mensajes/{fallido.pk}/reintentar/", {"entrega": entrega})

    assert respuesta.status_code == 404


def test_con_el_servidor_caido_se_ve_que_se_reintenta(client, equipo, huila, monkeypatch):
    def caido(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", caido)
    sesion = por_venir(convocadas=[huila])
    mensaje = enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)
    ejecutar_pendientes()

    pagina = texto(client.get(f"/conectate/mensajes/{mensaje.pk}/"))

    assert 'Se reintenta</span> <span class="nota renglon">1 intento.' in pagina
    assert Correo.objects.get().entregado_en is None


# ── después de convocar ───────────────────────────────────────────────────────────────────────


def datos_de(sesion, **cambios):
    return {
        "titulo": sesion.titulo,
        "tipo": sesion.tipo_id,
        "fecha": "2026-11-27",
        "hora_inicio": "09:00",
        "hora_fin": "11:00",
        "modalidad": "virtual",
        "audiencia": "equipos",
        "minutos_minimos": "0",
        "tolerancia": "15",
        "convocar": "todas",
        **cambios,
    }


def test_cambiar_la_fecha_despues_de_convocar_propone_avisar(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])
    enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)

    vuelta = client.post(
        f"/conectate/sesiones/{sesion.pk}/editar/",
        datos_de(sesion, fecha="2026-11-30"),
        follow=True,
    )
    propuesta = client.get(pagina_de(sesion, "escribir/cambio/"))

    assert "La sesión cambió y no se ha avisado." in texto(vuelta)
    assert "Desde el último mensaje cambió la fecha." in texto(vuelta)
    assert "cambió: la fecha. Será el lunes 30" in propuesta.context["form"]["cuerpo"].value()
    assert Mensaje.objects.count() == 1


def test_cambiar_lo_que_no_se_anuncia_no_propone_nada(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])
    enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)

    vuelta = client.post(
        f"/conectate/sesiones/{sesion.pk}/editar/", datos_de(sesion, descripcion="Más.")
    )

    assert vuelta["Location"] == sesion.get_absolute_url()


@pytest.mark.parametrize(("avisar", "clases"), [("on", ["cancelacion"]), ("", [])])
def test_al_cancelar_se_propone_avisar_en_el_mismo_paso(client, equipo, huila, avisar, clases):
    sesion = por_venir(convocadas=[huila])
    enviar_propuesta(sesion=sesion, clase="convocatoria", por=equipo)
    cancelar = f"/conectate/sesiones/{sesion.pk}/estado/cancelada/"

    propuesto = client.get(cancelar).context["form"]["avisar"].value()
    client.post(cancelar, {"motivo": "Paro", "avisar": avisar})

    assert propuesto is True
    assert list(Mensaje.objects.exclude(clase="convocatoria").values_list("clase", flat=True)) == (
        clases
    )


def test_sin_haberles_escrito_avisar_la_cancelacion_no_viene_marcado(client, equipo, huila):
    sesion = por_venir(convocadas=[huila])

    form = client.get(f"/conectate/sesiones/{sesion.pk}/estado/cancelada/").context["form"]

    assert form["avisar"].value() is False
