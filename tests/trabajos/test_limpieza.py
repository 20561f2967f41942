"""Lo que vence se borra y se dice."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from trabajos.acciones import ejecutar_pendientes, encolar
from trabajos.limpieza import limpiar
from trabajos.models import Correo, Trabajo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def con_archivo(declarar):
    declarar(lambda tarea: tarea.adjuntar("Informe.csv", b"uno"))
    trabajo = encolar("prueba.hacer", por=None)
    ejecutar_pendientes()
    trabajo.refresh_from_db()
    return trabajo


def test_el_archivo_vencido_se_borra_y_queda_dicho(con_archivo):
    ruta = con_archivo.archivo.name
    Trabajo.objects.update(vence_en=timezone.now() - timedelta(days=1))

    hecho = limpiar()

    con_archivo.refresh_from_db()
    assert (hecho["vencidos"], con_archivo.esta_vencido) == (1, True)
    assert (con_archivo.nombre_del_archivo, default_storage.exists(ruta)) == ("Informe.csv", False)


def test_el_archivo_que_no_ha_vencido_se_queda(con_archivo):
    hecho = limpiar()

    assert (hecho["vencidos"], default_storage.exists(con_archivo.archivo.name)) == (0, True)


def test_lo_que_dejo_suelto_un_trabajador_muerto_se_borra_al_dia_siguiente(con_archivo):
    viejo = default_storage.save("trabajos/aaaa/viejo.csv", ContentFile(b"x"))
    nuevo = default_storage.save("trabajos/bbbb/nuevo.csv", ContentFile(b"x"))
    hace_dos_dias = (timezone.now() - timedelta(days=2)).timestamp()
    for ruta in (viejo, con_archivo.archivo.name):
        os.utime(default_storage.path(ruta), (hace_dos_dias, hace_dos_dias))

    hecho = limpiar()

    quedan = [default_storage.exists(ruta) for ruta in (viejo, nuevo, con_archivo.archivo.name)]
    assert (hecho["sueltos"], quedan) == (1, [False, True, True])


def test_los_correos_entregados_hace_mucho_se_olvidan():
    hoy, hace_un_tiempo = timezone.now(), timezone.now() - timedelta(days=365)
    for entregado in (hoy, hace_un_tiempo, None):
        Correo.objects.create(
            para="ana@ejemplo.test",
            remitente="portal@ejemplo.test",
            asunto="Aviso",
            mensaje=b"",
            entregado_en=entregado,
        )

    limpiar()

    assert list(Correo.objects.order_by("pk").values_list("entregado_en", flat=True)) == [hoy, None]
