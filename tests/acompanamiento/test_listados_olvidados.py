"""Un listado trae datos de personas: el que nadie confirma no se guarda para siempre."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from acompanamiento.models import ListadoDeGrupos, ListadoDeInstituciones
from acompanamiento.tasks.listados import descartar_listados
from escuela.agenda import AGENDA
from tests.fabricas import un_usuario
from tests.fabricas_de_acompanamiento import un_listado

pytestmark = pytest.mark.django_db

LOS_DOS = pytest.mark.parametrize("modelo", [ListadoDeGrupos, ListadoDeInstituciones])


@pytest.fixture(autouse=True)
def carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def uno_de_hace(modelo, dias, **datos):
    datos = {"filas": [{"fila": 2, "que": "reconocida"}], "fuente": "Directorio", **datos}
    if modelo is ListadoDeGrupos:
        del datos["fuente"]
    listado = un_listado(modelo, creado_en=timezone.now() - timedelta(days=dias), **datos)
    listado.archivo.save("listado.csv", ContentFile(b"Grupo,Correo"))
    return listado


@LOS_DOS
@pytest.mark.parametrize("estado", ["recibido", "vista_previa"])
def test_al_mes_se_descarta_y_su_archivo_se_borra(
    client, django_capture_on_commit_callbacks, modelo, estado
):
    listado = uno_de_hace(modelo, 31, estado=estado)
    almacen, ruta = listado.archivo.storage, listado.archivo.name

    with django_capture_on_commit_callbacks(execute=True):
        descartar_listados()

    listado.refresh_from_db()
    client.force_login(un_usuario())
    assert (listado.estado, listado.filas, bool(listado.archivo)) == ("descartado", [], False)
    assert not almacen.exists(ruta)
    assert "Nadie lo confirmó en 30 días" in client.get(listado.get_absolute_url()).text


@LOS_DOS
def test_el_reciente_y_el_ya_decidido_no_se_tocan(modelo):
    uno_de_hace(modelo, 29)
    uno_de_hace(modelo, 90, estado="confirmado", filas=[])

    descartar_listados()

    assert list(modelo.objects.order_by("creado_en").values_list("estado", flat=True)) == [
        "confirmado",
        "vista_previa",
    ]


def test_se_hace_cada_noche():
    assert AGENDA["descartar los listados que nadie confirmó"]["task"] == descartar_listados.name
