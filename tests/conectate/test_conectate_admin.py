"""La administración: los catálogos se extienden; las sesiones se miran."""

import pytest

from conectate.models import Constancia, TipoSesion
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

RAIZ = "/administracion/conectate/"


@pytest.fixture
def quien_administra(client):
    client.force_login(un_usuario("administracion"))
    return client


def test_quien_administra_crea_un_tipo_con_su_regla(quien_administra):
    quien_administra.post(
        f"{RAIZ}tiposesion/add/",
        {
            "clave": "conversatorio",
            "nombre": "Conversatorio",
            "plural": "Conversatorios",
            "descripcion": "",
            "conteo": "aparte",
            "orden": "70",
            "activo": "on",
        },
    )

    assert TipoSesion.objects.get().conteo == "aparte"


def test_quien_administra_busca_sesiones_sin_tildes(quien_administra):
    buscada = una_sesion("Alimentación escolar")
    una_sesion("Ruralidad")

    pagina = quien_administra.get(f"{RAIZ}sesion/", {"q": "ALIMENTACION"})

    assert list(pagina.context["cl"].result_list) == [buscada]


@pytest.mark.parametrize(
    "modelo",
    [
        *("sesion", "importacion", "decision", "emparejamiento"),
        *("asistencia", "reclamo", "cierre", "constancia", "mensaje"),
    ],
)
def test_nada_de_esto_se_crea_por_la_puerta_de_atras(quien_administra, modelo):
    respuestas = [
        quien_administra.get(f"{RAIZ}{modelo}/").status_code,
        quien_administra.get(f"{RAIZ}{modelo}/add/").status_code,
    ]

    assert respuestas == [200, 403]


def test_una_sesion_no_se_cambia_ni_se_borra_desde_la_administracion(quien_administra):
    sesion = una_sesion()
    direccion = f"{RAIZ}sesion/{sesion.pk}"

    respuestas = [
        quien_administra.post(f"{direccion}/change/", {"titulo": "Otro"}).status_code,
        quien_administra.post(f"{direccion}/delete/", {"post": "yes"}).status_code,
    ]

    assert respuestas == [403, 403]


def test_la_constancia_no_dice_de_quien_es_en_la_administracion(quien_administra):
    constancia = Constancia.objects.create(
        codigo="EVS-A", sesion=una_sesion(), entidad=una_entidad(), clave="c:a@b.co", nombre="Rosa"
    )

    paginas = [
        quien_administra.get(f"{RAIZ}constancia/").content.decode(),
        quien_administra.get(f"{RAIZ}constancia/{constancia.pk}/change/").content.decode(),
    ]

    assert ["EVS-A" in pagina for pagina in paginas] == [True, True]
    assert ["Rosa" in pagina for pagina in paginas] == [False, False]
