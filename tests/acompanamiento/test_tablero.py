"""El tablero de lo vencido: cómo se reparte y a dónde lleva cada cifra."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acompanamiento.models import Lado
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import un_compromiso

pytestmark = pytest.mark.django_db

TABLERO, LISTA = reverse("acompanamiento:tablero"), reverse("acompanamiento:compromisos")


def hace(dias):
    return timezone.localdate() - timedelta(days=dias)


def test_el_tablero_reparte_lo_vencido_y_cada_cifra_lleva_a_su_lista(client, lider, huila):
    calidad = una_direccion("Dirección de Calidad")
    persona = un_usuario(Rol.PROFESIONAL, direccion=calidad, nombre="Profesional de prueba")
    un_compromiso(huila, lado=Lado.MINISTERIO, direccion=calidad, persona=persona, vence_el=hace(3))
    un_compromiso(huila, vence_el=hace(1))
    un_compromiso(una_entidad("Meta"), vence_el=hace(1))
    un_compromiso(huila)

    tablero = client.get(TABLERO).context["tablero"]

    assert tablero.vencidos == 3
    assert [(uno.nombre, uno.vencidos) for uno in tablero.por_grupo] == [
        ("Grupo 7", 2),
        ("Sin grupo", 1),
    ]
    assert [(uno.nombre, uno.vencidos) for uno in tablero.por_entidad] == [
        ("Huila", 2),
        ("Meta", 1),
    ]
    assert [(uno.nombre, uno.vencidos) for uno in tablero.por_direccion] == [
        ("Las secretarías", 2),
        ("Dirección de Calidad", 1),
    ]
    for renglon in (*tablero.por_grupo, *tablero.por_direccion, *tablero.por_persona):
        lista = client.get(f"{LISTA}?{renglon.consulta}")
        assert lista.context["pagina"].paginator.count == renglon.vencidos


def test_del_tablero_se_ven_los_primeros_y_aparte_todos(client, lider, huila):
    for n in range(9):
        un_compromiso(una_entidad(f"Secretaría {n}"), vence_el=hace(1))

    entero = client.get(TABLERO)
    aparte = client.get(TABLERO, {"por": "secretaria"})

    assert 'href="/acompanamiento/compromisos/tablero/?por=secretaria"' in entero.content.decode()
    assert (texto(entero).count("Secretaría 8"), texto(aparte).count("Secretaría 8")) == (0, 1)
    assert "Por persona" not in texto(aparte)


def test_el_tablero_pregunta_lo_mismo_con_pocos_que_con_muchos(
    client, lider, huila, django_assert_max_num_queries
):
    def cuantas():
        with django_assert_max_num_queries(30) as preguntas:
            client.get(TABLERO, {"grupo": 7})
        return len(preguntas)

    un_compromiso(huila, vence_el=hace(1), persona=un_usuario(Rol.SECRETARIO, entidad=huila))
    cuantas()  # lo que se guarda en memoria la primera vez
    con_uno = cuantas()
    for dias in range(1, 6):
        un_compromiso(huila, vence_el=hace(dias), persona=un_usuario(Rol.SECRETARIO, entidad=huila))

    assert cuantas() == con_uno


def test_el_tablero_es_del_ministerio(client):
    client.force_login(un_usuario(Rol.SECRETARIO))

    assert client.get(TABLERO).status_code == 403
