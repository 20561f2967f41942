"""Renombrar y fundir temas: todo sigue rotulado y ningún enlace se rompe."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError

from contenidos.acciones.suscripciones import seguir
from contenidos.acciones.temas import cargar_temas, crear_tema, fundir, renombrar_tema
from contenidos.consultas.temas import (
    lo_que_se_mueve,
    relaciones_con_los_temas,
    slug_vigente,
    tema_con_direccion,
)
from contenidos.models import Contenido, DireccionAnteriorDeTema, Suscripcion, Tema
from tests.fabricas import un_tema, un_usuario, una_sesion
from tests.fabricas_de_contenidos import un_contenido

pytestmark = pytest.mark.django_db


@pytest.fixture
def administra():
    return un_usuario("administracion")


def test_un_tema_renombrado_cambia_de_direccion_y_la_de_antes_llega(administra):
    tema = un_tema("Alternancia")

    renombrar_tema(tema=tema, nombre="Planes de alternancia", por=administra)

    assert (tema.slug, tema.nombre_norm) == ("planes-de-alternancia", "planes de alternancia")
    assert tema_con_direccion("alternancia") == tema
    assert slug_vigente("alternancia") == "planes-de-alternancia"


def test_corregir_una_tilde_no_cambia_la_direccion(administra):
    tema = un_tema("Desercion escolar")

    renombrar_tema(tema=tema, nombre="Deserción escolar", por=administra)

    assert (tema.nombre, tema.slug) == ("Deserción escolar", "desercion-escolar")
    assert not tema.direcciones_anteriores.exists()


def test_un_tema_que_vuelve_a_su_nombre_recupera_su_direccion(administra):
    tema = un_tema("Alternancia")

    renombrar_tema(tema=tema, nombre="Retorno gradual", por=administra)
    renombrar_tema(tema=tema, nombre="Alternancia", por=administra)

    anteriores = list(tema.direcciones_anteriores.values_list("slug", flat=True))
    assert (tema.slug, anteriores) == ("alternancia", ["retorno-gradual"])


def test_un_tema_nuevo_no_le_quita_la_direccion_anterior_a_otro(administra):
    tema = un_tema("Alternancia")
    renombrar_tema(tema=tema, nombre="Retorno gradual", por=administra)

    nuevo = crear_tema(nombre="Alternancia", por=administra)

    assert nuevo.slug == "alternancia-2"
    assert tema_con_direccion("alternancia") == tema


def test_renombrarlo_como_otro_que_ya_hay_dice_que_hacer(administra):
    un_tema("Educación media")
    tema = un_tema("Media")

    with pytest.raises(ValidationError, match="Ya hay un tema con ese nombre"):
        renombrar_tema(tema=tema, nombre="EDUCACION media", por=administra)


def test_fundir_lleva_lo_de_cualquier_app_sin_duplicar(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    de_los_dos = un_contenido(temas=[origen, destino])
    suyo = un_contenido(temas=[origen])
    sesion = una_sesion(temas=[origen])

    fundir(origen=origen, destino=destino, por=administra)

    assert set(destino.contenidos.all()) == {de_los_dos, suyo}
    assert list(de_los_dos.temas.all()) == [destino]
    assert list(sesion.temas.all()) == [destino]
    assert not Tema.objects.filter(nombre="Deserción").exists()


def test_fundir_recorre_todas_las_relaciones_que_apuntan_a_un_tema():
    modelos = {relacion.modelo.__name__ for relacion in relaciones_con_los_temas()}

    assert {
        "Contenido_temas",
        "Sesion_temas",
        "Buscable_temas",
        "Suscripcion",
        "Tema",
        "DireccionAnteriorDeTema",
    } <= modelos


def test_antes_de_fundir_se_sabe_cuanto_se_mueve(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    un_contenido(temas=[origen, destino])
    un_contenido(temas=[origen])
    un_tema("Deserción rural", padre=origen)
    seguir(tema=origen, por=administra)

    movimientos = lo_que_se_mueve(origen, destino)

    assert movimientos == [
        ("contenidos", 1, 1),
        ("suscripciones a temas", 1, 0),
        ("temas que agrupa", 1, 0),
    ]


def test_quien_seguia_los_dos_temas_sigue_uno(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    seguir(tema=origen, por=administra)
    seguir(tema=destino, por=administra)

    fundir(origen=origen, destino=destino, por=administra)

    assert list(Suscripcion.objects.values_list("tema", flat=True)) == [destino.pk]


def test_la_direccion_del_fundido_y_las_que_tuvo_llevan_al_que_queda(administra):
    origen, destino = un_tema("Alternancia"), un_tema("Presencialidad")
    renombrar_tema(tema=origen, nombre="Retorno", por=administra)

    fundir(origen=origen, destino=destino, por=administra)

    assert [tema_con_direccion(slug) for slug in ("alternancia", "retorno")] == [destino, destino]


def test_fundir_el_mayor_en_uno_de_los_suyos_lo_deja_de_mayor(administra):
    origen = un_tema("Trayectorias")
    destino, hermano = un_tema("Permanencia", padre=origen), un_tema("Migrantes", padre=origen)

    fundir(origen=origen, destino=destino, por=administra)

    destino.refresh_from_db()
    hermano.refresh_from_db()
    assert (destino.padre, hermano.padre) == (None, destino)


def test_fundir_no_deja_tres_pisos(administra):
    origen, destino = un_tema("Calidad"), un_tema("Permanencia", padre=un_tema("Trayectorias"))
    un_tema("Evaluación", padre=origen)

    with pytest.raises(ValidationError, match="quedarían tres pisos"):
        fundir(origen=origen, destino=destino, por=administra)

    assert Tema.objects.filter(pk=origen.pk).exists()


def test_un_tema_no_se_funde_consigo_mismo(administra):
    tema = un_tema()

    with pytest.raises(ValidationError, match="consigo mismo"):
        fundir(origen=tema, destino=tema, por=administra)


def test_fundir_otra_vez_lo_que_ya_no_esta_lo_dice(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    fundir(origen=Tema.objects.get(pk=origen.pk), destino=destino, por=administra)

    with pytest.raises(ValidationError, match="ya no está"):
        fundir(origen=origen, destino=destino, por=administra)


def test_fundir_queda_en_la_bitacora_con_cuanto_se_movio(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    un_contenido(temas=[origen])

    fundir(origen=origen, destino=destino, por=administra)

    entrada = LogEntry.objects.get(additional_data__verbo="fundió dos temas")
    assert entrada.additional_data["detalle"] == {
        "desaparece": "Deserción",
        "se_movieron": {"contenidos": 1},
    }


def test_cargar_el_vocabulario_no_revive_lo_fundido(administra):
    cargar_temas()
    origen = Tema.objects.get(nombre="Conectividad")
    fundir(origen=origen, destino=Tema.objects.get(nombre="Ruralidad"), por=administra)

    creados = cargar_temas()

    assert (creados, Tema.objects.filter(nombre="Conectividad").exists()) == (0, False)


def test_lo_fundido_deja_de_verse_en_el_contenido(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    contenido = un_contenido(temas=[origen])

    fundir(origen=origen, destino=destino, por=administra)

    assert list(Contenido.objects.filter(temas=destino)) == [contenido]
    assert DireccionAnteriorDeTema.objects.get().slug == "desercion"
