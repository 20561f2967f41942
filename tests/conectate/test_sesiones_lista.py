"""La lista de sesiones: qué ve cada quien y cómo se filtra."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cuentas.models import Rol
from tests.fabricas import (
    un_encuentro,
    un_tema,
    un_tipo,
    un_usuario,
    una_entidad,
    una_participacion,
    una_sesion,
)

pytestmark = pytest.mark.django_db

LISTA = "/conectate/sesiones/"
DEL_MINISTERIO = [Rol.ADMINISTRACION, Rol.EQUIPO_MEN, Rol.LIDER_GRUPO, Rol.PROFESIONAL]
MAÑANA = timezone.localdate() + timedelta(days=1)


def titulos(respuesta):
    return [sesion.titulo for sesion, _, _ in respuesta.context["filas"]]


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def test_cualquiera_ve_las_sesiones_abiertas_y_ninguna_otra(client):
    una_sesion("Abierta", audiencia="comunidad")
    una_sesion("De equipos")
    una_sesion("Borrador", audiencia="comunidad", estado="borrador")

    assert titulos(client.get(LISTA)) == ["Abierta"]


def test_una_secretaria_ve_las_suyas_y_las_abiertas(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    una_sesion("Abierta", audiencia="comunidad", fecha=date(2020, 1, 1))
    una_sesion("De Huila", convocadas=[huila])
    una_sesion("De Meta", convocadas=[meta])
    una_sesion("Borrador de Huila", convocadas=[huila], estado="borrador")
    client.force_login(un_usuario("equipo_secretaria", entidad=huila))

    assert titulos(client.get(LISTA)) == ["De Huila", "Abierta"]


@pytest.mark.parametrize("rol", DEL_MINISTERIO)
def test_el_ministerio_ve_todas_con_sus_cifras(client, rol):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    sesion = una_sesion("Reunión cerrada", convocadas=[huila, meta], estado="realizada")
    una_participacion(sesion, huila)
    una_sesion("Borrador", estado="borrador", fecha=date(2020, 1, 1))
    client.force_login(un_usuario(rol))

    pagina = client.get(LISTA)

    assert titulos(pagina) == ["Reunión cerrada", "Borrador"]
    assert "<b>1 de 2</b> secretarías" in texto(pagina)


def test_las_cifras_de_asistencia_no_salen_en_la_lista_publica(client):
    sesion = una_sesion(audiencia="comunidad", convocadas=[una_entidad()])
    una_participacion(sesion)

    pagina = client.get(LISTA)

    assert "secretarías</p>" not in texto(pagina)
    assert "asistencia" not in texto(pagina).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("filtro", "esperadas"),
    [
        ("vigencia=2019", ["Vieja"]),
        ("tipo=dialogo", ["Diálogo"]),
        ("tema=ruralidad", ["Rural"]),
        ("estado=cancelada", ["Cancelada"]),
        ("q=DIALOGO", ["Diálogo"]),
        ("q=rutas+dialogo", []),
        ("vigencia=nada&estado=otro", ["Diálogo", "Rural", "Cancelada", "Vieja"]),
        ("vigencia=2020&q=rural", ["Rural"]),
    ],
)
def test_los_filtros_de_la_lista(client, filtro, esperadas):
    ruralidad = un_tema("Ruralidad")
    una_sesion("Vieja", fecha=date(2019, 5, 1))
    una_sesion("Cancelada", estado="cancelada", fecha=date(2020, 1, 1))
    una_sesion("Rural", temas=[un_tema("Educación rural", padre=ruralidad)], fecha=date(2020, 2, 1))
    una_sesion("Diálogo", tipo=un_tipo("dialogo"), fecha=date(2020, 3, 1))
    client.force_login(un_usuario())

    assert titulos(client.get(f"{LISTA}?{filtro}")) == esperadas


@pytest.mark.parametrize(
    ("pendiente", "esperadas"),
    [("marcar", ["Ya pasó"]), ("cargar", ["Sin lista"]), ("identificar", ["Con dudas"])],
)
def test_el_ministerio_encuentra_lo_que_tiene_por_hacer(client, pendiente, esperadas):
    una_sesion("Ya pasó", estado="convocada")
    una_sesion("Por venir", estado="convocada", fecha=MAÑANA)
    una_sesion("Sin lista")
    una_participacion(una_sesion("Con dudas"))
    una_participacion(una_sesion("Lista"), una_entidad())
    client.force_login(un_usuario())

    assert titulos(client.get(f"{LISTA}?pendiente={pendiente}")) == esperadas


def test_una_secretaria_no_filtra_por_lo_que_le_falta_al_ministerio(client):
    huila = una_entidad("Huila")
    una_participacion(una_sesion("Con lista", convocadas=[huila]))
    client.force_login(un_usuario("secretario", entidad=huila))

    assert titulos(client.get(f"{LISTA}?pendiente=cargar")) == ["Con lista"]


def test_la_lista_cuesta_lo_mismo_con_tres_sesiones_que_con_veinte(
    client, django_assert_max_num_queries
):
    huila, tema = una_entidad("Huila"), un_tema("Ruralidad")
    client.force_login(un_usuario())

    def cuanto_cuesta():
        with django_assert_max_num_queries(20) as consultas:
            client.get(LISTA)
        return len(consultas)

    for _ in range(3):
        una_participacion(una_sesion(convocadas=[huila], temas=[tema]), huila)
    client.get(LISTA)
    con_tres = cuanto_cuesta()
    for _ in range(17):
        una_participacion(una_sesion(convocadas=[huila], temas=[tema]), huila)

    assert cuanto_cuesta() == con_tres


def test_la_lista_se_pagina_y_conserva_los_filtros(client):
    for _ in range(21):
        una_sesion()
    client.force_login(un_usuario())

    pagina = client.get(f"{LISTA}?vigencia=2020&page=2")

    assert len(titulos(pagina)) == 1
    assert 'href="?vigencia=2020&amp;page=1"' in texto(pagina)


def test_una_lista_vacia_dice_algo(client):
    assert "Aún no hay sesiones publicadas." in texto(client.get(LISTA))
    assert "Ninguna sesión cumple esos filtros." in texto(client.get(f"{LISTA}?q=nada"))


def test_la_lista_no_suma_a_las_sesiones_lo_que_se_cuenta_aparte(client):
    una_sesion(audiencia="comunidad")
    un_encuentro(audiencia="comunidad", fecha=date(2020, 1, 23), fecha_fin=date(2020, 1, 25))

    pagina = texto(client.get(LISTA))

    assert "1 sesión y 1 actividad que se cuenta aparte</h2>" in pagina
    assert "Encuentro (se cuenta aparte) · 23 al 25 de enero de 2020" in pagina
