"""La administración del acompañamiento: los catálogos se extienden; lo registrado se mira."""

from datetime import date

import pytest

from acompanamiento.models import PapelEnLaEntidad, ReglaDeContacto
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_grupo,
    un_integrante,
    un_papel,
    una_actividad,
    una_necesidad,
    una_visita,
)

pytestmark = pytest.mark.django_db

RAIZ = "/administracion/acompanamiento/"
SE_MIRAN = [
    *("grupo", "pertenencia", "integrante", "padrinazgo", "relevo", "contacto", "envio"),
    *("compromiso", "necesidad", "programa", "actividad", "producto", "presencialidad"),
    *("listadodegrupos", "listadodeinstituciones"),
]


@pytest.fixture
def quien_administra(client):
    client.force_login(un_usuario("administracion"))
    return client


def test_quien_administra_anade_un_papel(quien_administra):
    quien_administra.post(
        f"{RAIZ}papelenlaentidad/add/", {"nombre": "Rectoría", "orden": "5", "activo": "on"}
    )

    assert PapelEnLaEntidad.objects.get().nombre == "Rectoría"


def test_cambiar_la_regla_de_contacto_es_anadir_otra(quien_administra):
    antes = ReglaDeContacto.objects.create(desde=date(2020, 1, 1))
    datos = {"desde": "2026-01-01", "dias": "5", "dias_de_alerta": "10"}

    quien_administra.post(f"{RAIZ}regladecontacto/add/", datos)
    cambiar_la_anterior = quien_administra.post(
        f"{RAIZ}regladecontacto/{antes.pk}/change/", {**datos, "desde": "2020-01-01"}
    )

    assert cambiar_la_anterior.status_code == 403
    assert list(ReglaDeContacto.objects.order_by("desde").values_list("dias", flat=True)) == [7, 5]


@pytest.mark.parametrize("modelo", SE_MIRAN)
def test_lo_registrado_no_se_crea_por_la_puerta_de_atras(quien_administra, modelo):
    respuestas = [
        quien_administra.get(f"{RAIZ}{modelo}/", {"q": "ñandú"}).status_code,
        quien_administra.get(f"{RAIZ}{modelo}/add/").status_code,
    ]

    assert respuestas == [200, 403]


@pytest.mark.parametrize(
    ("modelo", "fabrica"),
    [
        ("grupo", un_grupo),
        ("contacto", lambda: una_visita().contacto),
        ("compromiso", un_compromiso),
        ("necesidad", una_necesidad),
        ("actividad", una_actividad),
        ("papelenlaentidad", un_papel),
    ],
)
def test_nada_se_borra(quien_administra, modelo, fabrica):
    objeto = fabrica()

    respuestas = [
        quien_administra.get(f"{RAIZ}{modelo}/{objeto.pk}/change/").status_code,
        quien_administra.post(f"{RAIZ}{modelo}/{objeto.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert respuestas == [200, 403]


def test_las_notas_del_equipo_no_se_leen_desde_la_administracion(quien_administra):
    contacto = una_visita(notas="Solo para el equipo").contacto

    pagina = quien_administra.get(f"{RAIZ}contacto/{contacto.pk}/change/").content.decode()

    assert (contacto.asunto in pagina, "Solo para el equipo" in pagina) == (True, False)


def test_se_busca_sin_tildes(quien_administra):
    buscado = un_compromiso(una_entidad("Nariño"))
    un_compromiso(una_entidad("Huila"))

    pagina = quien_administra.get(f"{RAIZ}compromiso/", {"q": "NARINO"})

    assert list(pagina.context["cl"].result_list) == [buscado]


@pytest.mark.parametrize("modelo", ["compromiso", "contacto", "pertenencia"])
def test_con_muchas_filas_hace_las_mismas_consultas(
    quien_administra, django_assert_max_num_queries, modelo
):
    for _ in range(12):
        entidad = una_entidad()
        un_compromiso(entidad, contacto=una_visita(entidad, grupo=un_grupo(entidad)).contacto)

    with django_assert_max_num_queries(16):
        quien_administra.get(f"{RAIZ}{modelo}/")


def hacer(cliente, modelo, accion, objeto, **datos):
    pagina = cliente.post(
        f"{RAIZ}{modelo}/",
        {"action": accion, "_selected_action": [objeto.pk], **datos},
        follow=True,
    )
    objeto.refresh_from_db()
    return [str(mensaje) for mensaje in pagina.context["messages"]]


def test_dejar_sin_efecto_y_cancelar_son_las_acciones_de_sus_paginas(quien_administra):
    compromiso, contacto = un_compromiso(texto="Enviar la guía"), una_visita(asunto="Ir").contacto

    sin_efecto = hacer(
        quien_administra, "compromiso", "dejar_sin_efecto", compromiso, motivo="Ya no hace falta."
    )
    cancelado = hacer(quien_administra, "contacto", "cancelar", contacto, motivo="Hubo lluvia.")

    assert (sin_efecto, cancelado) == (["Enviar la guía: quedó sin efecto."], ["Ir: cancelado."])
    assert (compromiso.estado, contacto.estado) == ("sin_efecto", "cancelado")
    assert compromiso.seguimientos.get().texto == "Ya no hace falta."


def test_sin_motivo_se_dice_y_no_cambia(quien_administra):
    contacto = una_visita(asunto="Ir").contacto

    mensajes = hacer(quien_administra, "contacto", "cancelar", contacto)

    assert mensajes == ["Ir: Escriba por qué se cancela."]
    assert contacto.estado == "completo"


def test_retirar_a_alguien_de_su_grupo_lo_cierra_y_no_lo_borra(quien_administra):
    integrante = un_integrante(un_grupo())

    hacer(quien_administra, "integrante", "retirar", integrante)

    assert integrante.hasta is not None
