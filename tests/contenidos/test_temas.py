"""El vocabulario de temas: se carga las veces que sea y no se repite."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from contenidos.acciones.temas import TEMAS, cargar_temas
from contenidos.models import Tema
from tests.fabricas import un_tema, un_usuario

pytestmark = pytest.mark.django_db


def test_cargar_los_temas_dos_veces_no_los_duplica():
    primera, segunda = cargar_temas(), cargar_temas()

    assert primera == Tema.objects.count() == sum(1 + len(hijos) for hijos in TEMAS.values())
    assert segunda == 0


def test_cargar_los_temas_respeta_lo_que_cambio_quien_administra():
    cargar_temas()
    Tema.objects.filter(nombre="Permanencia").update(activo=False, padre=None)

    cargar_temas()

    permanencia = Tema.objects.get(nombre="Permanencia")
    assert (permanencia.activo, permanencia.padre) == (False, None)


def test_un_tema_se_agrupa_bajo_otro():
    cargar_temas()

    hijos = Tema.objects.get(nombre="Trayectorias educativas").hijos

    assert list(hijos.values_list("nombre", flat=True)) == [
        "Deserción escolar",
        "Migrantes",
        "Permanencia",
    ]


def test_la_orden_dice_cuantos_temas_creo(capsys):
    call_command("cargar_temas")
    call_command("cargar_temas")

    assert capsys.readouterr().out.splitlines()[1] == "Temas: 0 nuevos."


def test_dos_temas_que_solo_difieren_en_tildes_son_el_mismo():
    un_tema("Educación media")
    otro = Tema(nombre="educacion MEDIA", slug="otra-media")

    with pytest.raises(ValidationError, match="Ya hay un tema con ese nombre"):
        otro.full_clean()


def test_el_vocabulario_no_pasa_de_dos_pisos():
    hijo = un_tema("Doble titulación", padre=un_tema("Educación media"))
    nieto = Tema(nombre="Doble titulación rural", padre=hijo)

    with pytest.raises(ValidationError, match="solo dos pisos"):
        nieto.clean()


def test_quien_administra_busca_temas_sin_escribir_tildes(client):
    un_tema("Deserción escolar")
    un_tema("Ruralidad")
    client.force_login(un_usuario("administracion"))

    pagina = client.get("/administracion/contenidos/tema/", {"q": "DESERCION"})

    assert [tema.nombre for tema in pagina.context["cl"].result_list] == ["Deserción escolar"]


def test_quien_administra_crea_un_tema_y_queda_listo_para_buscarse(client):
    client.force_login(un_usuario("administracion"))

    client.post(
        "/administracion/contenidos/tema/add/",
        {"nombre": "Niñez migrante", "slug": "ninez-migrante", "padre": "", "activo": "on"},
    )

    assert Tema.objects.get().nombre_norm == "ninez migrante"


def test_renombrar_desde_la_administracion_tambien_deja_la_direccion_de_antes(client):
    tema = un_tema("Alternancia")
    client.force_login(un_usuario("administracion"))

    client.post(
        f"/administracion/contenidos/tema/{tema.pk}/change/",
        {"nombre": "Retorno gradual", "padre": "", "descripcion": "", "activo": "on"},
    )

    tema.refresh_from_db()
    anteriores = list(tema.direcciones_anteriores.values_list("slug", flat=True))
    assert (tema.slug, anteriores) == ("retorno-gradual", ["alternancia"])
