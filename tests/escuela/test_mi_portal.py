"""Mi portal: lo primero que ve cada quien al entrar."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from conectate.models import Asistencia, Convocatoria, PuestaAlDia, Reclamo, Sesion
from cuentas.models import Rol
from tests.fabricas import (
    un_usuario,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

HOY = date(2026, 11, 23)
CONVOCADA = Sesion.Estado.CONVOCADA


@pytest.fixture(autouse=True)
def un_lunes_por_la_manana():
    with time_machine.travel("2026-11-23T09:00:00-05:00", tick=False):
        yield


def leer(client, persona):
    client.force_login(persona)
    return client.get(reverse("mi-portal")).content.decode()


def seccion(html, titulo):
    """Lo que va de un título al siguiente."""
    return html.split(f'id="{titulo}"')[1].split("</section>")[0]


def test_sin_haber_entrado_se_pide_entrar(client):
    respuesta = client.get(reverse("mi-portal"))

    assert respuesta.status_code == 302
    assert respuesta.url.startswith(reverse("account_login"))


def test_a_la_secretaria_le_muestra_lo_de_hoy_y_lo_de_la_semana(client):
    huila = una_entidad("Huila")
    una_sesion("La de hoy", fecha=HOY, estado=CONVOCADA, convocadas=[huila])
    una_sesion("La del jueves", fecha=date(2026, 11, 26), estado=CONVOCADA, convocadas=[huila])
    una_sesion("La del otro mes", fecha=date(2026, 12, 20), estado=CONVOCADA, convocadas=[huila])
    una_sesion("La de otra secretaría", fecha=HOY, estado=CONVOCADA, convocadas=[una_entidad()])

    html = leer(client, un_usuario(Rol.SECRETARIO, entidad=huila))

    assert "La de hoy" in seccion(html, "hoy-titulo")
    assert "La del jueves" in seccion(html, "semana-titulo")
    assert "La del jueves" not in seccion(html, "hoy-titulo")
    assert "La de otra secretaría" not in html
    assert "(hora de Colombia)" in seccion(html, "hoy-titulo")


def test_un_encuentro_de_varios_dias_es_de_hoy_mientras_dure(client):
    huila = una_entidad("Huila")
    ayer = HOY - timedelta(days=1)
    una_sesion("Encuentro", fecha=ayer, fecha_fin=HOY, estado=CONVOCADA, convocadas=[huila])

    html = leer(client, un_usuario(Rol.SECRETARIO, entidad=huila))

    assert "Encuentro" in seccion(html, "hoy-titulo")


def test_a_la_secretaria_le_recuerda_responder(client):
    huila = una_entidad("Huila")
    una_sesion("Sin responder", fecha=date(2026, 12, 9), estado=CONVOCADA, convocadas=[huila])
    respondida = una_sesion("Respondida", fecha=HOY, estado=CONVOCADA, convocadas=[huila])
    Convocatoria.objects.filter(sesion=respondida).update(respuesta="si", personas_anunciadas=3)

    html = leer(client, un_usuario(Rol.EQUIPO_SECRETARIA, entidad=huila))

    assert "Responder: Sin responder" in html
    assert "Responder: Respondida" not in html
    assert "Respondió: asistiremos, 3 personas" in html


def test_lo_que_se_perdio_descuenta_lo_que_ya_reviso(client):
    huila, cauca = una_entidad("Huila"), una_entidad("Cauca")
    sesiones = [una_sesion(f"Sesión {n}", convocadas=[huila, cauca]) for n in range(3)]
    for sesion in sesiones:
        una_participacion(sesion, cauca)
    una_sesion("Sin dato", convocadas=[huila])
    PuestaAlDia.objects.create(sesion=sesiones[0], entidad=huila)

    html = leer(client, un_usuario(Rol.SECRETARIO, entidad=huila))

    assert "Ponerse al día: 2 sesiones a las que no asistió" in html
    assert "ya revisó 1" in html


def test_al_ministerio_le_muestra_lo_que_espera_y_nada_que_este_en_cero(client):
    huila = una_entidad("Huila")
    sesion = una_sesion("Sin cerrar", convocadas=[huila])
    Asistencia.objects.create(sesion=sesion, entidad=huila, importadas=1)
    Reclamo.objects.create(
        sesion=sesion,
        entidad=una_entidad(),
        personas=2,
        explicacion="Estuvimos",
        creado_por=un_usuario(Rol.SECRETARIO),
    )
    hoy = una_sesion("La de hoy", fecha=HOY, estado=CONVOCADA, convocadas=[huila, una_entidad()])
    Convocatoria.objects.filter(sesion=hoy, entidad=huila).update(respuesta="si")

    html = leer(client, un_usuario(Rol.EQUIPO_MEN))

    assert "reclamo de asistencia por responder" in html
    assert "sesión con asistencia, sin cerrar" in html
    assert "realizada sin asistencia" not in html
    assert "<b>1 de 2</b> dicen que asistirán" in html


def test_sin_pendientes_lo_dice(client):
    assert "Está al día: no hay nada pendiente." in leer(client, un_usuario(Rol.PROFESIONAL))
    assert "Está al día: nada espera respuesta." in leer(client, un_usuario(Rol.SECRETARIO))


def test_solo_quien_administra_ve_la_cola(client):
    assert "El portal por dentro" in leer(client, un_usuario(Rol.ADMINISTRACION))
    assert "El portal por dentro" not in leer(client, un_usuario(Rol.EQUIPO_MEN))


def test_al_entrar_se_llega_aqui(client):
    persona = un_usuario(Rol.SECRETARIO, password="una-clave-larga-y-rara")

    respuesta = client.post(
        reverse("account_login"),
        {"login": persona.email, "password": "una-clave-larga-y-rara"},
    )

    assert respuesta.url == reverse("mi-portal")


@pytest.mark.parametrize("rol", [Rol.SECRETARIO, Rol.EQUIPO_MEN, Rol.ADMINISTRACION])
def test_con_una_sesion_o_con_tres_pregunta_lo_mismo(
    client, rol, django_assert_num_queries, django_assert_max_num_queries
):
    huila = una_entidad("Huila")
    persona = un_usuario(rol, **({"entidad": huila} if rol == Rol.SECRETARIO else {}))
    client.force_login(persona)

    def preparar():
        una_sesion(fecha=HOY, hora_inicio=time(8), estado=CONVOCADA, convocadas=[huila])
        una_participacion(una_sesion(convocadas=[huila]), una_entidad())

    preparar()
    client.get(reverse("mi-portal"))
    with django_assert_max_num_queries(40) as una:
        client.get(reverse("mi-portal"))
    preparar()
    preparar()

    with django_assert_num_queries(len(una)):
        client.get(reverse("mi-portal"))
