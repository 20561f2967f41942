"""La encuesta de satisfacción: una respuesta por asistente, sin su nombre, y qué se muestra."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from conectate.acciones.satisfaccion import moderar, responder
from conectate.consultas.satisfaccion import firmar_testigo, huella_de, resultados_de
from conectate.models import Asistencia, Satisfaccion
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad, una_opinion, una_participacion, una_sesion

pytestmark = pytest.mark.django_db

BUENA = {"utilidad": 5, "claridad": 4, "pertinencia": 3, "comentario": "Más ejemplos."}


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def una_de_hoy(**datos):
    return una_sesion(fecha=timezone.localdate(), **datos)


def con_enlace(sesion, quien="correo:ana@ejemplo.test"):
    return reverse("conectate:satisfaccion", args=[firmar_testigo(sesion, quien)])


def de(nombre, sesion):
    return reverse(f"conectate:{nombre}", args=[sesion.pk])


# ── Responder con el enlace ───────────────────────────────────────────────────────────────────


def test_quien_tiene_el_enlace_responde_sin_cuenta(client):
    sesion = una_de_hoy()

    formulario = client.get(con_enlace(sesion))
    gracias = client.post(con_enlace(sesion), BUENA)

    respuesta = Satisfaccion.objects.get()
    assert "¿Qué tan útil fue?" in texto(formulario)
    assert "Gracias por responder" in texto(gracias)
    assert (respuesta.utilidad, respuesta.claridad, respuesta.pertinencia) == (5, 4, 3)


def test_de_quien_responde_solo_queda_una_huella(client):
    sesion = una_de_hoy()
    persona = un_usuario(email="ana@ejemplo.test")
    client.force_login(persona)  # aunque haya entrado al portal
    antes = LogEntry.objects.count()

    client.post(con_enlace(sesion), BUENA)

    respuesta = Satisfaccion.objects.get()
    assert respuesta.testigo == huella_de(sesion, "correo:ana@ejemplo.test")
    assert LogEntry.objects.count() == antes
    assert "ana" not in firmar_testigo(sesion, "correo:ana@ejemplo.test").rpartition(".")[0]


def test_cada_asistente_responde_una_vez(client):
    sesion = una_de_hoy()
    client.post(con_enlace(sesion), BUENA)

    otra_vez = client.get(con_enlace(sesion))
    enviada = client.post(con_enlace(sesion), {**BUENA, "utilidad": 1})

    assert "Ya recibimos una respuesta" in texto(otra_vez)
    assert "Ya se respondió con este enlace." in texto(enviada)
    assert Satisfaccion.objects.get().utilidad == 5


def test_el_enlace_de_una_sesion_no_sirve_para_otra(client):
    primera, segunda = una_de_hoy(), una_de_hoy()
    client.post(con_enlace(primera), BUENA)

    client.post(con_enlace(segunda), BUENA)

    assert primera.satisfacciones.count() == segunda.satisfacciones.count() == 1


def test_un_enlace_cambiado_no_sirve(client):
    sesion = una_de_hoy()
    ajena = firmar_testigo(sesion, "correo:otra@ejemplo.test").partition(".")[0]
    firma = firmar_testigo(sesion, "correo:ana@ejemplo.test").partition(".")[2]

    for testigo in ("nada", f"{ajena}.{firma}", f"{sesion.pk}-.{firma}"):
        pagina = client.get(reverse("conectate:satisfaccion", args=[testigo]))

        assert pagina.status_code == 404
        assert "Este enlace no sirve" in texto(pagina)


def test_el_enlace_de_una_sesion_que_ya_no_existe_no_sirve(client):
    sesion = una_de_hoy()
    enlace = con_enlace(sesion)
    sesion.delete()

    assert client.get(enlace).status_code == 404


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        ({"estado": "cancelada"}, "La sesión se canceló"),
        ({"fecha": -1}, "La encuesta ya se cerró"),
        ({"fecha": 1}, "Todavía no se puede responder"),
        ({"estado": "borrador"}, "Todavía no se puede responder"),
    ],
)
def test_fuera_de_su_tiempo_la_encuesta_no_se_responde(client, datos, dice):
    hoy = timezone.localdate()
    dias = {-1: -settings.SATISFACCION_DIAS - 1, 1: 1, None: 0}[datos.get("fecha")]
    sesion = una_sesion(**{**datos, "fecha": hoy + timedelta(days=dias)})

    pagina = client.post(con_enlace(sesion), BUENA)

    assert dice in texto(pagina)
    assert Satisfaccion.objects.count() == 0


def test_el_plazo_corre_desde_el_ultimo_dia():
    hoy = timezone.localdate()
    sesion = una_sesion(
        fecha=hoy - timedelta(days=settings.SATISFACCION_DIAS + 1),
        fecha_fin=hoy - timedelta(days=settings.SATISFACCION_DIAS),
    )

    respuesta = responder(sesion=sesion, huella="a" * 64, **BUENA)

    assert respuesta.sesion == sesion


@pytest.mark.parametrize("valor", ["", "0", "6", "cinco"])
def test_cada_pregunta_pide_un_valor_del_uno_al_cinco(client, valor):
    pagina = client.post(con_enlace(una_de_hoy()), {**BUENA, "claridad": valor})

    assert "¿Qué tan clara fue?" in texto(pagina)
    assert list(pagina.context["form"].errors) == ["claridad"]
    assert Satisfaccion.objects.count() == 0


def test_dos_envios_a_la_vez_dejan_una_respuesta():
    sesion = una_de_hoy()
    responder(sesion=sesion, huella="a" * 64, **BUENA)

    with pytest.raises(ValidationError) as error:
        responder(sesion=sesion, huella="a" * 64, **BUENA)

    assert error.value.code == "ya_respondio"


# ── Con el código de la pantalla ──────────────────────────────────────────────────────────────


def test_con_cuenta_responde_quien_esta_en_la_lista_y_vale_por_su_enlace(client):
    sesion = una_de_hoy(audiencia="comunidad")
    suya = una_participacion(sesion, correo="ana@ejemplo.test")
    client.force_login(un_usuario(email="ana@ejemplo.test"))

    client.post(de("opinar", sesion), BUENA)
    con_su_enlace = client.post(con_enlace(sesion, suya.clave), BUENA)

    assert "Ya recibimos una respuesta" in texto(con_su_enlace)
    assert sesion.satisfacciones.count() == 1


def test_sin_lista_responde_la_cuenta_de_una_secretaria_presente(client):
    huila = una_entidad()
    sesion = una_de_hoy(convocadas=[huila])
    Asistencia.objects.create(sesion=sesion, entidad=huila, ventana_en=timezone.now())
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    for _ in range(2):
        client.post(de("opinar", sesion), BUENA)

    assert sesion.satisfacciones.count() == 1


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_MEN])
def test_quien_no_asistio_no_responde(client, rol):
    huila = una_entidad()
    sesion = una_de_hoy(convocadas=[huila])
    una_participacion(sesion, una_entidad())
    client.force_login(un_usuario(rol, entidad=huila if rol == Rol.SECRETARIO else None))

    pagina = client.post(de("opinar", sesion), BUENA)

    assert "La encuesta es de quienes asistieron" in texto(pagina)
    assert Satisfaccion.objects.count() == 0


# ── Los resultados ────────────────────────────────────────────────────────────────────────────


def test_los_resultados_dicen_cuantas_respuestas_de_cuantos_asistentes(client):
    sesion = una_de_hoy()
    for valores in ((5, 4, 3), (5, 5, 3), (4, 5, 1)):
        una_participacion(sesion)
        una_opinion(sesion, *valores)
    una_participacion(sesion)
    client.force_login(un_usuario())

    pagina = texto(client.get(de("resultados-de-satisfaccion", sesion)))

    assert "3 respuestas de 4 asistentes." in pagina
    assert "4,7 <small>de 5</small>" in pagina
    assert "2,3 <small>de 5</small>" in pagina


def test_cada_secretaria_presente_sin_lista_es_un_asistente():
    sesion = una_de_hoy()
    una_participacion(sesion, una_entidad())
    Asistencia.objects.create(sesion=sesion, entidad=una_entidad(), ventana_en=timezone.now())

    assert resultados_de(sesion).m == 2


def test_los_promedios_llevan_una_decima_y_la_distribucion_su_cuenta():
    sesion = una_de_hoy()
    for valor in (5, 5, 4, 1):
        una_opinion(sesion, utilidad=valor)

    utilidad = resultados_de(sesion).preguntas[0]

    assert str(utilidad.promedio) == "3.8"
    assert utilidad.cuentas == {5: 2, 4: 1, 3: 0, 2: 0, 1: 1}


def test_con_menos_de_tres_respuestas_no_hay_cifras_y_se_dice(client):
    sesion = una_de_hoy()
    for _ in range(2):
        una_opinion(sesion, 5)
    client.force_login(un_usuario())

    pagina = texto(client.get(de("resultados-de-satisfaccion", sesion)))

    assert resultados_de(sesion).preguntas[0].promedio is None
    assert "Con menos de 3 respuestas" in pagina
    assert "de 5</small>" not in pagina


def test_la_secretaria_convocada_ve_solo_los_comentarios_que_se_muestran(client):
    huila = una_entidad()
    sesion = una_de_hoy(convocadas=[huila])
    for moderacion in Satisfaccion.Moderacion:
        una_opinion(sesion, comentario=f"Comentario {moderacion}", moderacion=moderacion)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = texto(client.get(de("resultados-de-satisfaccion", sesion)))

    vistos = [m.value for m in Satisfaccion.Moderacion if f"Comentario {m.value}" in pagina]
    assert vistos == ["visible"]
    assert "Pedir la opinión" not in pagina


def test_a_la_que_no_se_convoco_los_resultados_no_existen_aunque_la_sesion_sea_publica(client):
    sesion = una_de_hoy(audiencia="comunidad", convocadas=[una_entidad()])
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert client.get(sesion.get_absolute_url()).status_code == 200
    assert client.get(de("resultados-de-satisfaccion", sesion)).status_code == 404


def test_el_ministerio_decide_que_se_muestra_y_puede_cambiarlo(client):
    respuesta = una_opinion(una_de_hoy(), comentario="Más ejemplos.")
    direccion = reverse("conectate:moderar-satisfaccion", args=[respuesta.pk])
    client.force_login(un_usuario())

    decisiones = []
    for moderacion in ("visible", "oculta"):
        client.post(direccion, {"moderacion": moderacion})
        respuesta.refresh_from_db()
        decisiones.append(respuesta.moderacion)

    assert decisiones == ["visible", "oculta"]
    assert client.post(direccion, {"moderacion": "pendiente"}).status_code == 400


def test_una_secretaria_no_modera(client):
    huila = una_entidad()
    respuesta = una_opinion(una_de_hoy(convocadas=[huila]), comentario="Más ejemplos.")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    direccion = reverse("conectate:moderar-satisfaccion", args=[respuesta.pk])

    assert client.post(direccion, {"moderacion": "visible"}).status_code == 403


def test_moderar_queda_en_la_bitacora_sin_lo_escrito():
    respuesta = una_opinion(una_de_hoy(), comentario="Un secreto.")

    moderar(respuesta=respuesta, moderacion="oculta", por=un_usuario())

    entrada = LogEntry.objects.filter(additional_data__verbo__startswith="moderó").get()
    assert "secreto" not in f"{entrada.changes} {entrada.additional_data} {entrada.object_repr}"


def test_la_pantalla_tiene_su_codigo_mientras_se_pueda_responder(client):
    client.force_login(un_usuario())
    vigente, vencida = una_de_hoy(), una_sesion()

    paginas = [texto(client.get(de("resultados-de-satisfaccion", s))) for s in (vigente, vencida)]

    assert ["data:image/svg+xml" in pagina for pagina in paginas] == [True, False]
    assert de("opinar", vigente) in paginas[0]
    assert "La encuesta se abre el día de la sesión y se cierra el" in paginas[1]


def test_los_resultados_cuestan_lo_mismo_con_una_respuesta_que_con_tres(
    client, django_assert_max_num_queries
):
    sesion = una_de_hoy()
    client.force_login(un_usuario())

    def cuanto_cuesta():
        with django_assert_max_num_queries(25) as consultas:
            client.get(de("resultados-de-satisfaccion", sesion))
        return len(consultas)

    una_opinion(sesion, comentario="Una.")
    cuanto_cuesta()
    con_una = cuanto_cuesta()
    for n in range(2):
        una_participacion(sesion, una_entidad())
        una_opinion(sesion, comentario=f"Otra {n}.")

    assert cuanto_cuesta() == con_una
