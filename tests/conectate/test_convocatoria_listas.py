"""A quiénes se convoca de una vez: las listas guardadas y el público."""

from datetime import date

import pytest

from conectate.models import ListaDeConvocadas, Sesion
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

LISTAS = "/conectate/listas/"


@pytest.fixture(autouse=True)
def equipo(client, time_machine):
    time_machine.move_to("2026-11-23T10:00:00-05:00", tick=False)
    client.force_login(un_usuario())


def una_lista(nombre="Andina", *entidades):
    lista = ListaDeConvocadas.objects.create(nombre=nombre)
    lista.entidades.set(entidades)
    return lista


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def crear_sesion(client, **cambios):
    datos = {
        "titulo": "Rutas",
        "tipo": un_tipo().pk,
        "fecha": "2026-11-27",
        "modalidad": "virtual",
        "audiencia": "equipos",
        "minutos_minimos": "0",
        "tolerancia": "15",
        "estado": "convocada",
        **cambios,
    }
    return client.post("/conectate/sesiones/nueva/", datos)


# ── las listas ────────────────────────────────────────────────────────────────────────────────


def test_se_crea_se_cambia_y_se_borra(client):
    huila, meta = una_entidad("Huila"), una_entidad("Meta")

    client.post(f"{LISTAS}nueva/", {"nombre": "Andina", "entidades": [huila.pk]})
    lista = ListaDeConvocadas.objects.get()
    creada = list(lista.entidades.all())
    client.post(f"{LISTAS}{lista.pk}/", {"nombre": "Llanos", "entidades": [meta.pk]})
    lista.refresh_from_db()
    cambiada = (lista.nombre, list(lista.entidades.all()))
    client.post(f"{LISTAS}{lista.pk}/borrar/")

    assert (creada, cambiada, ListaDeConvocadas.objects.count()) == (
        [huila],
        ("Llanos", [meta]),
        0,
    )


def test_una_lista_necesita_nombre_propio_y_secretarias(client):
    una_lista("Andina", una_entidad())

    pagina = client.post(f"{LISTAS}nueva/", {"nombre": "Andina"})

    assert pagina.context["form"].errors == {
        "nombre": ["Ya hay una lista con ese nombre. Póngale otro."],
        "entidades": ["Marque al menos una secretaría."],
    }


def test_borrar_una_lista_no_cambia_las_sesiones_que_la_usaron(client):
    lista = una_lista("Andina", una_entidad("Huila"))
    crear_sesion(client, convocar="lista", lista=lista.pk)

    client.post(f"{LISTAS}{lista.pk}/borrar/")

    assert [e.nombre for e in Sesion.objects.get().convocadas.all()] == ["Huila"]


def test_una_que_ya_no_esta_certificada_sigue_a_la_vista_para_quitarla(client):
    lista = una_lista("Andina", una_entidad("Vieja", hasta=date(2020, 12, 31)))

    assert "Vieja" in texto(client.get(f"{LISTAS}{lista.pk}/"))


def test_la_pagina_de_listas_consulta_lo_mismo_con_una_que_con_tres(
    client, django_assert_num_queries
):
    una_lista("Andina", una_entidad())
    client.get(LISTAS)
    for n in range(2):
        with django_assert_num_queries(4):
            client.get(LISTAS)
        una_lista(f"Otra {n}", una_entidad())
        una_lista(f"Otra más {n}", una_entidad())


# ── escogerlas en una sesión ──────────────────────────────────────────────────────────────────


def test_se_convoca_a_las_de_una_lista(client):
    huila = una_entidad("Huila")
    una_entidad("Meta")

    crear_sesion(client, convocar="lista", lista=una_lista("Andina", huila).pk)

    assert list(Sesion.objects.get().convocadas.all()) == [huila]


def test_sin_listas_no_se_ofrece(client):
    form = client.get("/conectate/sesiones/nueva/").context["form"]

    assert ("lista" in form.fields, dict(form.fields["convocar"].choices).get("lista")) == (
        False,
        None,
    )


def test_hay_que_decir_cual_lista(client):
    una_lista("Andina", una_entidad())

    pagina = crear_sesion(client, convocar="lista")

    assert pagina.context["form"].errors == {
        "lista": ["Escoja una lista con al menos una secretaría."]
    }


def test_una_lista_con_quien_no_estaba_certificada_lo_dice(client):
    lista = una_lista("Andina", una_entidad("Vieja", hasta=date(2020, 12, 31)))

    pagina = crear_sesion(client, convocar="lista", lista=lista.pk)

    assert pagina.context["form"].errors["lista"] == [
        "No eran entidades certificadas en esa fecha: Vieja. Quítelas o corrija la fecha."
    ]


# ── el público ────────────────────────────────────────────────────────────────────────────────


def test_una_sesion_para_el_publico_no_convoca_a_ninguna(client):
    una_entidad()

    crear_sesion(client, convocar="publico", audiencia="comunidad")

    sesion = Sesion.objects.get()
    assert (sesion.estado, sesion.convocatorias.count()) == ("convocada", 0)
    assert client.get(sesion.get_absolute_url()).status_code == 200


def test_solo_la_de_la_comunidad_puede_no_convocar(client):
    pagina = crear_sesion(client, convocar="publico")

    assert list(pagina.context["form"].errors) == ["convocar"]


def test_al_editarla_sigue_siendo_para_el_publico(client):
    una_entidad()
    sesion = una_sesion(estado="convocada", fecha=date(2026, 11, 27), audiencia="comunidad")

    form = client.get(f"/conectate/sesiones/{sesion.pk}/editar/").context["form"]

    assert form["convocar"].value() == "publico"
