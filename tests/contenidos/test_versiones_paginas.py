"""Subir un archivo desde su página: qué lee la persona cuando no sirve, y qué queda."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cuentas.models import Rol
from tests.archivos_de_prueba import MP4, VTT, un_docx, un_pdf
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_contenidos import un_borrador, una_clase, una_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def editora(client):
    persona = un_usuario(Rol.EQUIPO_MEN)
    client.force_login(persona)
    return persona


def subir(client, contenido, archivo, **mas):
    url = reverse("contenidos:nueva-version", args=[contenido.slug])
    return client.post(url, {"archivo": SimpleUploadedFile(*archivo), **mas})


def errores(respuesta):
    form = respuesta.context["form"]
    return {
        campo: [error.code for error in lista.as_data()] for campo, lista in form.errors.items()
    }


def test_lo_subido_queda_y_se_dice_que_se_va_a_leer(client, editora):
    contenido = un_borrador()

    respuesta = subir(client, contenido, ("Guía «uno» y 'dos'.pdf", un_pdf()))

    contenido.refresh_from_db()
    assert respuesta.status_code == 302
    assert contenido.version_actual.nombre_del_archivo == "Guía «uno» y 'dos'.pdf"
    assert contenido.version_actual.creado_por == editora


def test_el_limite_se_dice_antes_y_el_navegador_lo_conoce(client, editora, settings):
    settings.CONTENIDOS_TAMANO_MAXIMO = 3 * 1024 * 1024

    pagina = client.get(reverse("contenidos:nueva-version", args=[un_borrador().slug]))

    assert "Hasta 3\xa0MB." in pagina.content.decode()
    assert 'data-maximo="3145728"' in pagina.content.decode()


@pytest.mark.parametrize("peso", [2_000, 200_000], ids=["por poco", "por mucho"])
def test_lo_que_pasa_del_limite_se_rechaza_y_no_se_guarda(client, editora, settings, peso):
    settings.CONTENIDOS_TAMANO_MAXIMO = 1_000
    contenido = un_borrador()

    respuesta = subir(client, contenido, ("enorme.pdf", un_pdf() + b" " * peso))

    assert errores(respuesta) == {"archivo": ["archivo_muy_grande"]}
    assert contenido.versiones.count() == 0


def test_el_que_ya_esta_sigue_siendo_el_que_se_entrega_si_el_nuevo_no_sirve(client, editora):
    contenido = un_borrador()
    version = una_version(contenido)

    respuesta = subir(client, contenido, ("acta.docx", un_docx(**{"word/vbaProject.bin": b"x"})))

    contenido.refresh_from_db()
    assert errores(respuesta) == {"archivo": ["con_macros"]}
    assert contenido.version_actual == version


@pytest.mark.parametrize("es_video", [True, False])
def test_quien_sube_un_video_ve_donde_poner_los_subtitulos(client, editora, es_video):
    contenido = un_borrador(clase=una_clase(f"clase-{es_video}", es_video=es_video))

    sin_ellos = subir(client, contenido, ("clase.mp4", MP4))
    con_ellos = subir(
        client, contenido, ("clase.mp4", MP4), subtitulos=SimpleUploadedFile("clase.vtt", VTT)
    )

    assert errores(sin_ellos) == {"subtitulos": ["sin_subtitulos"]}
    assert re.search(r'<input[^>]*type="file"[^>]*name="subtitulos"', sin_ellos.content.decode())
    assert con_ellos.status_code == 302


def test_subir_lo_mismo_dos_veces_se_explica_junto_al_archivo(client, editora):
    contenido = un_borrador()
    subir(client, contenido, ("guia.pdf", un_pdf()))

    assert errores(subir(client, contenido, ("guia.pdf", un_pdf()))) == {
        "archivo": ["archivo_repetido"]
    }


def test_una_secretaria_no_sube_archivos(client):
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=una_entidad()))
    contenido = un_borrador()

    assert subir(client, contenido, ("guia.pdf", un_pdf())).status_code in (403, 404)
    assert contenido.versiones.count() == 0
