"""Subir el archivo de un contenido, y el que lo reemplaza."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cuentas.models import Rol
from tests.archivos_de_prueba import un_pdf
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_clase

pytestmark = pytest.mark.django_db


@pytest.fixture
def editora(client):
    persona = un_usuario(Rol.EQUIPO_MEN)
    client.force_login(persona)
    return persona


def direccion(contenido):
    return reverse("contenidos:nueva-version", args=[contenido.slug])


def un_archivo(nombre="guía.pdf", datos=None):
    return SimpleUploadedFile(nombre, un_pdf("Uno") if datos is None else datos)


def test_el_primer_archivo_es_la_version_1(client, editora):
    contenido = un_borrador()

    respuesta = client.post(direccion(contenido), {"archivo": un_archivo()})

    contenido.refresh_from_db()
    version = contenido.version_actual
    assert respuesta.url == direccion(contenido)
    assert (version.numero, version.nombre_del_archivo, version.creado_por) == (
        1,
        "guía.pdf",
        editora,
    )


def test_la_siguiente_pasa_a_ser_la_que_se_baja_y_dice_que_cambio(client, editora):
    contenido = un_contenido(archivo=un_pdf("Antes"))

    client.post(direccion(contenido), {"archivo": un_archivo(), "nota": "Se corrigió el título."})

    contenido.refresh_from_db()
    assert [(v.numero, v.nota) for v in contenido.versiones.all()] == [
        (2, "Se corrigió el título."),
        (1, ""),
    ]
    assert contenido.version_actual.numero == 2


@pytest.mark.parametrize(
    ("archivo", "mensaje"),
    [
        (un_archivo("guía.exe", b"MZ"), "No se reciben archivos .exe"),
        (un_archivo("vacío.pdf", b""), "El archivo está vacío"),
        (un_archivo("web.pdf", b"<!doctype html><p>Hola"), "por dentro es una página web"),
    ],
)
def test_el_archivo_que_no_sirve_se_dice_junto_a_su_campo(client, editora, archivo, mensaje):
    contenido = un_borrador()
    archivo.seek(0)

    respuesta = client.post(direccion(contenido), {"archivo": archivo})

    assert mensaje in respuesta.context["form"].errors["archivo"][0]
    assert not contenido.versiones.exists()


def test_el_que_pasa_del_limite_no_se_guarda_y_se_dice_cuanto_cabe(client, editora, settings):
    settings.CONTENIDOS_TAMANO_MAXIMO = 1000
    contenido = un_borrador()

    respuesta = client.post(direccion(contenido), {"archivo": un_archivo(datos=b"%PDF" * 1000)})

    assert "El archivo pesa más de" in respuesta.context["form"].errors["archivo"][0]
    assert "Hasta 1000" in respuesta.context["form"].fields["archivo"].help_text


def test_una_ligera_que_no_es_mas_liviana_se_dice_en_su_campo(client, editora):
    contenido = un_borrador()

    respuesta = client.post(
        direccion(contenido),
        {"archivo": un_archivo(), "ligero": un_archivo(datos=un_pdf("Mucho " * 500))},
    )

    assert "pesa igual o más" in respuesta.context["form"].errors["ligero"][0]


def test_solo_un_video_pide_subtitulos(client, editora):
    guia, video = un_borrador(), un_borrador(clase=una_clase("video", es_video=True))

    campos = [
        "subtitulos" in client.get(direccion(c)).context["form"].fields for c in (guia, video)
    ]

    assert campos == [False, True]


def test_repetir_el_mismo_archivo_no_hace_otra_version(client, editora):
    contenido = un_contenido(archivo=un_pdf("Uno"))

    respuesta = client.post(direccion(contenido), {"archivo": un_archivo()})

    assert "es el mismo que ya está" in respuesta.context["form"].errors["archivo"][0]
    assert contenido.versiones.count() == 1


def test_sin_el_testigo_del_formulario_no_se_sube_nada(editora):
    from django.test import Client

    contenido, sin_testigo = un_borrador(), Client(enforce_csrf_checks=True)
    sin_testigo.force_login(editora)

    respuesta = sin_testigo.post(direccion(contenido), {"archivo": un_archivo()})

    assert (respuesta.status_code, contenido.versiones.count()) == (403, 0)


def test_quien_no_edita_no_sube_nada(client):
    contenido = un_contenido()
    client.force_login(un_usuario(Rol.PROFESIONAL))

    respuesta = client.post(direccion(contenido), {"archivo": un_archivo()})

    assert (respuesta.status_code, contenido.versiones.count()) == (403, 0)
