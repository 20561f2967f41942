"""Lo pintado de una versión se vuelve a dar tal cual, y nunca lo de una persona a otra."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cuentas.models import Rol
from indicadores.models import NotaDeSerie
from indicadores.tasks.pintado import pintar_lo_publicado
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import la_nacion, un_valor, una_unidad, una_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def con_memoria(settings, tmp_path):
    settings.CACHES = {
        **settings.CACHES,
        "pintado": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "pintado",
        },
    }


@pytest.fixture
def palmira():
    la_nacion()
    palmira = una_entidad("Palmira", codigo_dane="76520")
    un_valor(5.6, unidad=una_unidad(palmira))
    return palmira


def leer(client, direccion="/indicadores/entidades/76520/"):
    """Lo de la página, sin el marco, que lleva la ficha del formulario de cada petición."""
    return client.get(direccion).content.decode().partition("<main")[2]


def test_la_segunda_vez_se_da_lo_mismo_sin_volver_a_leer_las_cifras(client, palmira):
    primera = leer(client)

    with CaptureQueriesContext(connection) as hechas:
        segunda = leer(client)

    assert "5,6 %" in primera
    assert segunda == primera
    assert not any("indicadores_valor" in consulta["sql"] for consulta in hechas)


@pytest.mark.parametrize(
    "direccion",
    [
        "/indicadores/",
        "/indicadores/entidades/76520/",
        "/indicadores/mapa/",
        "/indicadores/catalogo/desercion/",
    ],
)
def test_una_version_nueva_se_ve_en_seguida(client, palmira, direccion):
    antes = leer(client, direccion)

    otra = una_version()
    valor = palmira.unidad.valores.get()
    valor.hasta = otra
    valor.save()
    un_valor(7.2, unidad=palmira.unidad, version=otra)
    un_valor(4.1, unidad=la_nacion(), version=otra)
    despues = leer(client, direccion)

    assert antes != despues
    assert "7,2" in despues or "4,1" in despues


def test_los_botones_de_una_secretaria_no_quedan_para_los_demas(client, palmira):
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=palmira))
    suya = leer(client)
    client.logout()

    ajena = leer(client)

    assert "Programar informe mensual" in suya
    assert "Programar informe mensual" not in ajena


def test_un_ano_que_no_existe_muestra_el_de_siempre(client, palmira):
    assert "5,6 %" in leer(client, "/indicadores/catalogo/desercion/?vigencia=99999&orden=x")


def test_lo_publicado_se_pinta_antes_de_la_primera_visita(client, palmira):
    pintar_lo_publicado()

    with CaptureQueriesContext(connection) as hechas:
        fichas = [leer(client), leer(client, "/indicadores/mapa/?indicador=desercion")]

    assert all("5,6 %" in ficha for ficha in fichas)
    assert not any("indicadores_valor" in consulta["sql"] for consulta in hechas)


def test_si_cambia_una_nota_de_la_serie_se_vuelve_a_pintar(
    client, palmira, django_capture_on_commit_callbacks
):
    nota = NotaDeSerie.objects.create(
        clave="nota", clase="advertencia", familia="desercion", desde=2020, texto="Se mide así."
    )
    antes = leer(client)
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    direccion = f"/administracion/indicadores/notadeserie/{nota.pk}/change/"
    campos = {"clase": "advertencia", "familia": "desercion", "ambito": "todos", "desde": 2020}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(direccion, {**campos, "texto": "Se mide de otro modo."})
    client.logout()

    assert "Se mide así." in antes
    assert "Se mide de otro modo." in leer(client)
