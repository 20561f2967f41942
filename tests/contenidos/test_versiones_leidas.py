"""Lo que queda de leer un archivo: sus páginas, su primera página, y una sola vez."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from contenidos.acciones import lectura_de_versiones
from contenidos.acciones.borrado import borrar_contenidos
from contenidos.acciones.versiones import subir_version
from contenidos.consultas.busqueda import contenidos_que
from contenidos.models import Contenido, VersionDeContenido
from tests.archivos_de_prueba import bytes_de, un_pdf, un_zip, una_imagen
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_contenido, una_version
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

Extraccion = VersionDeContenido.Extraccion


def subida(datos=None, nombre="guia.pdf", **mas):
    """Una versión recibida y ya leída."""
    version = subir_version(
        contenido=mas.pop("contenido", None) or un_contenido(),
        archivo=SimpleUploadedFile(nombre, un_pdf("Niñez", "Paz") if datos is None else datos),
        por=un_usuario(),
        **mas,
    )
    ejecutar_pendientes("contenidos.leer_version")
    version.refresh_from_db()
    return version


def textos(version):
    return list(version.textos.values_list("numero", "texto", "texto_norm"))


def test_leida_queda_con_sus_paginas_y_su_miniatura():
    version = subida()

    assert (version.extraccion, version.paginas) == (Extraccion.HECHA, 2)
    assert textos(version) == [(1, "Niñez", "ninez"), (2, "Paz", "paz")]
    assert bytes_de(version.miniatura)[8:12] == b"WEBP"


def test_leerla_otra_vez_no_duplica_nada():
    version = subida()
    miniatura = version.miniatura.name

    lectura_de_versiones.pedir_lectura(version, por=None)
    ejecutar_pendientes("contenidos.leer_version")

    version.refresh_from_db()
    carpeta = version.miniatura.storage.listdir("contenidos/miniatura")[1]
    assert len(textos(version)) == 2
    assert version.miniatura.name == miniatura
    assert [nombre for nombre in carpeta if nombre.startswith(f"{version.pk}-")] == [
        miniatura.rpartition("/")[2]
    ]


def test_lo_que_dice_adentro_se_encuentra_al_terminar():
    version = subida(un_pdf("La palabra inconfundible es tiquitoque"))

    hallados, _ = contenidos_que("tiquitoque", AnonymousUser())
    assert [contenido.pk for contenido in hallados] == [version.contenido_id]


def test_un_pdf_que_es_una_imagen_queda_advertido():
    version = subida(un_pdf("", "", ""))

    assert (version.extraccion, version.es_imagen) == (Extraccion.SIN_TEXTO, True)
    assert textos(version) == []


def test_la_ligera_de_una_foto_la_hace_el_portal():
    original = una_imagen(2000, 1500, "JPEG", ruido=True)

    version = subida(original, "foto.jpg")

    assert version.tamano_ligero == version.ligero.size < len(original) * 0.6


def test_la_ligera_que_subio_una_persona_no_se_reemplaza():
    suya = una_imagen(300, 200, "JPEG")
    pesada = una_imagen(2000, 1500, "JPEG", ruido=True)

    version = subida(pesada, "foto.jpg", ligero=SimpleUploadedFile("l.jpg", suya))

    assert bytes_de(version.ligero) == suya


def test_lo_que_no_se_puede_leer_se_dice_y_se_entrega_igual():
    roto = un_zip({"word/document.xml": "<w:document><sin cerrar"})

    version = subida(roto, "acta.docx")

    trabajo = Trabajo.objects.get(tipo="contenidos.leer_version")
    assert version.extraccion == Extraccion.FALLIDA
    assert bytes_de(version.archivo) == roto
    assert trabajo.estado == Trabajo.Estado.TERMINADO


def test_lo_que_averigua_el_portal_no_es_un_cambio_de_una_persona():
    version = subida()

    cambios = LogEntry.objects.get_for_object(version).filter(action=LogEntry.Action.UPDATE)
    assert list(cambios) == []


def test_leer_uno_que_ya_se_borro_no_es_un_error():
    version = subida()
    lectura_de_versiones.pedir_lectura(version, por=None)
    borrar_contenidos(Contenido.objects.filter(pk=version.contenido_id))

    ejecutar_pendientes("contenidos.leer_version")

    assert set(Trabajo.objects.values_list("estado", flat=True)) == {Trabajo.Estado.TERMINADO}


def test_cada_noche_se_leen_los_que_llegaron_sin_pasar_por_una_pagina():
    una_version(un_contenido(), un_pdf(), extraccion=Extraccion.PENDIENTE)
    una_version(un_contenido(), un_pdf())

    assert lectura_de_versiones.pedir_las_que_faltan() == 1
    ejecutar_pendientes("contenidos.leer_version")
    assert lectura_de_versiones.pedir_las_que_faltan() == 0
