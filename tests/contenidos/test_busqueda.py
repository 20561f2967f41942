"""Buscar: se entiende lo escrito, se encuentra y se ordena igual en las dos bases."""

import pytest
from django.contrib.auth.models import AnonymousUser

from contenidos.acciones.indice import poner_al_dia
from contenidos.consultas.busqueda import contenidos_que, encontrar, fragmentos, interpretar
from contenidos.models import Termino
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_version

pytestmark = pytest.mark.django_db
ANONIMO = AnonymousUser()


@pytest.fixture(autouse=True)
def direcciones(monkeypatch):
    monkeypatch.setattr(
        "contenidos.models.Contenido.get_absolute_url", lambda self: f"/c/{self.slug}/"
    )


def titulos(texto, usuario=ANONIMO):
    return [contenido.titulo for contenido in contenidos_que(texto, usuario)[0]]


def publicar(titulo, *, textos=(), **datos):
    contenido = un_contenido(titulo, **datos)
    if textos:
        una_version(contenido, textos=textos)
    poner_al_dia(contenido)
    return contenido


def test_se_encuentra_sin_tildes_en_mayusculas_y_en_singular():
    publicar("Guía de evaluación de los aprendizajes")
    publicar("Otra cosa")

    for texto in ("guias EVALUACIÓN", "evaluacion aprendizaje", "Evaluaciones"):
        assert titulos(texto) == ["Guía de evaluación de los aprendizajes"]


def test_se_encuentra_lo_de_adentro_del_archivo_y_se_dice_en_que_pagina():
    contenido = publicar(
        "Anexo", textos=["Portada", "El refrigerio reforzado se entrega en la jornada única."]
    )

    hallados, consulta = contenidos_que("refrigerios", ANONIMO)
    trozo = fragmentos(hallados, consulta)[contenido.pk]

    assert [uno.puntos for uno in hallados] == [0]
    assert trozo.pagina == 2
    assert trozo == (
        ("El ", False),
        ("refrigerio", True),
        (" reforzado se entrega en la jornada única.", False),
    )


def test_la_pagina_se_halla_aunque_la_raiz_no_sea_el_comienzo_de_la_palabra():
    contenido = publicar("Anexo", textos=["Portada", "Un plan de permanencia escolar."])

    hallados, consulta = contenidos_que("permanencia", ANONIMO)

    assert fragmentos(hallados, consulta)[contenido.pk].pagina == 2


def test_va_primero_lo_que_lo_dice_en_el_titulo_y_despues_en_el_resumen():
    publicar("Cartilla", textos=["sobre matrícula"])
    publicar("Boletín", resumen="Las cifras de matrícula.")
    publicar("La matrícula")

    assert titulos("matrícula") == ["La matrícula", "Boletín", "Cartilla"]


def test_una_sigla_del_glosario_es_lo_mismo_que_lo_que_abrevia():
    Termino.objects.create(
        nombre="Plan de mejoramiento institucional", slug="pmi", siglas="PMI", definicion="…"
    )
    publicar("Cómo hacer el plan de mejoramiento institucional")
    publicar("El PMI paso a paso")

    assert set(titulos("pmi")) == set(titulos("planes de mejoramiento institucional"))
    assert len(titulos("pmi")) == 2


def test_un_error_al_teclear_se_perdona_y_se_dice():
    publicar("Deserción escolar")

    hallados, consulta = contenidos_que("desercoin", ANONIMO)

    assert [uno.titulo for uno in hallados] == ["Deserción escolar"]
    assert [str(una) for una in consulta.correcciones] == [
        "Se buscó también «desercion», porque «desercoin» no está en ningún texto."
    ]


def test_lo_que_esta_en_preparacion_no_lo_encuentra_cualquiera():
    borrador = un_borrador("Borrador de deserción")
    poner_al_dia(borrador)

    assert titulos("deserción") == []
    assert encontrar(interpretar("deserción"), ANONIMO) == []


@pytest.mark.parametrize(
    "texto", ["", "   ", "a", "¿?", "' OR 1=1", "a" * 900, "%_\\\0'\"", "x" * 41]
)
def test_nada_de_lo_que_se_escriba_hace_fallar_la_busqueda(texto):
    publicar("Guía")

    hallados, consulta = contenidos_que(texto, ANONIMO)

    assert list(hallados) == [] or consulta.texto == ""
    assert fragmentos(hallados, consulta) is not None
