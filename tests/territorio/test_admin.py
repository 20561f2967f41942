"""Lo que quien administra puede hacer con el territorio: corregir y cerrar, no borrar."""

import pytest
from django.urls import reverse

from cuentas.models import Rol
from territorio.cargas import cargar_catalogo
from territorio.models import Alias, EntidadTerritorial, Municipio, Origen
from tests.fabricas import un_usuario

pytestmark = pytest.mark.usefixtures("territorio")
VACIO = {"desde": "", "hasta": ""}


@pytest.fixture
def administracion(client):
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    return client


@pytest.mark.parametrize(
    ("modelo", "busqueda", "hallado"),
    [
        ("entidadterritorial", "narino", "Nariño"),
        ("entidadterritorial", "Itagüí", "Itagüí"),
        ("entidadterritorial", "25286", "Funza"),
        ("municipio", "chiquinquira", "Chiquinquirá"),
        ("departamento", "guajira", "La Guajira"),
        ("alias", "islas y prov", "San Andrés Islas y Providencia"),
        ("dominio", "mineduc", "mineducacion.gov.co"),
    ],
)
def test_se_busca_sin_tildes(administracion, modelo, busqueda, hallado):
    lista = administracion.get(reverse(f"admin:territorio_{modelo}_changelist"), {"q": busqueda})

    assert hallado in lista.content.decode()
    assert lista.context["cl"].result_count < 10


def test_una_entidad_no_se_puede_borrar_desde_la_administracion(administracion):
    funza = EntidadTerritorial.objects.get(nombre="Funza")

    respuesta = administracion.post(
        reverse("admin:territorio_entidadterritorial_delete", args=[funza.pk]), {"post": "yes"}
    )

    assert respuesta.status_code == 403


def test_cerrar_una_entidad_a_mano_sobrevive_a_la_siguiente_carga(administracion):
    funza = EntidadTerritorial.objects.get(nombre="Funza")

    respuesta = administracion.post(
        reverse("admin:territorio_entidadterritorial_change", args=[funza.pk]),
        {
            "codigo_dane": "25286",
            "codigo_men": "10851",
            "nombre": "Funza",
            "tipo": "municipio",
            "departamento": funza.departamento_id,
            "desde": "2019-01-01",
            "hasta": "2024-06-30",
            "nota": "Se cerró.",
        },
    )
    cargar_catalogo()

    funza.refresh_from_db()
    assert respuesta.status_code == 302
    assert (str(funza.hasta), funza.origen) == ("2024-06-30", Origen.PERSONA)


def test_cambiar_quien_atiende_un_municipio_sobrevive_a_la_siguiente_carga(administracion):
    honda = Municipio.objects.get(codigo="73349")
    atencion = honda.atenciones.get()

    administracion.post(
        reverse("admin:territorio_municipio_change", args=[honda.pk]),
        {
            "codigo": "73349",
            "nombre": "Honda",
            "otros_nombres": "",
            "departamento": honda.departamento_id,
            "atenciones-TOTAL_FORMS": "1",
            "atenciones-INITIAL_FORMS": "1",
            "atenciones-0-id": atencion.pk,
            "atenciones-0-municipio": honda.pk,
            "atenciones-0-entidad": atencion.entidad_id,
            "atenciones-0-desde": "",
            "atenciones-0-hasta": "2030-12-31",
        },
    )
    cargar_catalogo()

    assert [str(a.hasta) for a in honda.atenciones.all()] == ["2030-12-31"]


def test_un_alias_nuevo_queda_a_nombre_de_quien_lo_escribio(administracion):
    pasto = EntidadTerritorial.objects.get(nombre="Pasto")

    administracion.post(
        reverse("admin:territorio_alias_add"),
        {"texto": "La de Pástó", "entidad": pasto.pk, "ajena": "", **VACIO},
    )

    alias = Alias.objects.get(texto_norm="la de pasto")
    assert (alias.entidad, alias.origen) == (pasto, Origen.PERSONA)
    assert alias.creado_por.rol == Rol.ADMINISTRACION


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"texto": "Sitio"}, "Elija una entidad o escriba otra organización."),
        ({"texto": "VALLE", "ajena": "x"}, "Ese texto ya está: Valle → Valle del Cauca."),
    ],
)
def test_un_alias_que_no_sirve_dice_por_que(administracion, datos, mensaje):
    respuesta = administracion.post(
        reverse("admin:territorio_alias_add"), {"entidad": "", "ajena": "", **VACIO, **datos}
    )

    assert mensaje in respuesta.content.decode()


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"clase": "entidad"}, "Elija de qué entidad es."),
        ({"clase": "ajeno"}, "Escriba de qué organización es."),
        ({"clase": "personal", "ajena": "x"}, "Un dominio de correo personal no es de nadie."),
    ],
)
def test_un_dominio_que_no_sirve_dice_por_que(administracion, datos, mensaje):
    respuesta = administracion.post(
        reverse("admin:territorio_dominio_add"),
        {"dominio": "@Nuevo.gov.co", "entidad": "", "ajena": "", **VACIO, **datos},
    )

    assert mensaje in respuesta.content.decode()
