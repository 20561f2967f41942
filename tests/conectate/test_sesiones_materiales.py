"""Los archivos que se suben a una sesión: qué entra, qué no y quién lo baja."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from conectate.acciones import materiales
from conectate.acciones.materiales import agregar_material, exigir_archivo_permitido
from tests.fabricas import un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def un_zip(*nombres, contenido=b"x"):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre in nombres:
            paquete.writestr(nombre, contenido)
    return salida.getvalue()


def motivo(nombre, contenido):
    try:
        exigir_archivo_permitido(SimpleUploadedFile(nombre, contenido))
    except ValidationError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("Presentación.PDF", PDF),
        ("foto.png", PNG),
        ("rutas.pptx", un_zip("[Content_Types].xml", "ppt/presentation.xml")),
        ("acta.docx", un_zip("[Content_Types].xml", "word/document.xml")),
        ("datos.xlsx", un_zip("[Content_Types].xml", "xl/workbook.xml")),
        ("rutas.odp", un_zip("mimetype", "content.xml")),
    ],
)
def test_entra_lo_que_es_lo_que_dice_ser(nombre, contenido):
    assert motivo(nombre, contenido) is None


@pytest.mark.parametrize(
    ("nombre", "contenido", "codigo"),
    [
        ("pagina.html", b"<script>", "extension_no_permitida"),
        ("dibujo.svg", b"<svg/>", "extension_no_permitida"),
        ("video.mp4", b"\x00", "extension_no_permitida"),
        ("sin_extension", PDF, "extension_no_permitida"),
        ("presentacion.pdf", PNG, "contenido_no_corresponde"),
        ("presentacion.pdf", b"<html>", "contenido_no_corresponde"),
        ("rutas.pptx", un_zip("xl/workbook.xml"), "contenido_no_corresponde"),
        ("rutas.pptx", b"PK\x03\x04roto", "contenido_no_corresponde"),
        (
            "macro.docx",
            un_zip("word/document.xml", "word/vbaProject.bin"),
            "contenido_no_corresponde",
        ),
        ("vacio.pdf", b"", "archivo_vacio"),
    ],
)
def test_no_entra_lo_demas(nombre, contenido, codigo):
    assert motivo(nombre, contenido) == codigo


def test_no_entra_un_paquete_que_crece_demasiado_al_abrirlo(monkeypatch):
    monkeypatch.setattr("trabajos.archivos.EXPANSION_MAXIMA", 1000)
    bomba = un_zip("ppt/presentation.xml", contenido=b"0" * 100_000)

    assert motivo("bomba.pptx", bomba) == "contenido_no_corresponde"


def test_no_entra_un_archivo_demasiado_grande(monkeypatch):
    monkeypatch.setattr(materiales, "TAMANO_MAXIMO", 10)

    assert motivo("grande.pdf", PDF) == "archivo_muy_grande"


def test_el_archivo_se_guarda_con_un_nombre_nuestro_y_se_ofrece_con_el_suyo():
    material = agregar_material(
        sesion=una_sesion(),
        titulo="Presentación",
        por=un_usuario(),
        archivo=SimpleUploadedFile("Año 2020; niñez.pdf", PDF),
    )

    version = material.contenido.version_actual
    assert version.archivo.name.endswith(".pdf")
    assert "2020" not in version.archivo.name
    assert (version.nombre_del_archivo, version.tamano) == ("Año 2020; niñez.pdf", len(PDF))


def test_un_material_es_un_archivo_o_un_enlace_no_los_dos():
    with pytest.raises(ValidationError, match="uno de los dos"):
        agregar_material(
            sesion=una_sesion(),
            titulo="X",
            por=un_usuario(),
            archivo=SimpleUploadedFile("a.pdf", PDF),
            enlace="https://ejemplo.test/",
        )


# ── Páginas ───────────────────────────────────────────────────────────────────────────────────


def un_material(sesion, **datos):
    return agregar_material(
        sesion=sesion,
        titulo="Presentación",
        por=un_usuario(),
        **(datos or {"archivo": SimpleUploadedFile("Rutas año.pdf", PDF)}),
    )


def test_el_material_baja_como_descarga_y_nunca_para_mostrarse(client):
    material = un_material(una_sesion(audiencia="comunidad"))

    respuesta = client.get(f"/conectate/materiales/{material.pk}/")

    assert b"".join(respuesta.streaming_content) == PDF
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"].startswith("attachment;")
    assert respuesta["X-Content-Type-Options"] == "nosniff"


def test_el_material_de_una_sesion_ajena_no_existe(client):
    material = un_material(una_sesion(convocadas=[una_entidad("Huila")]))
    client.force_login(un_usuario("equipo_secretaria", entidad=una_entidad("Meta")))

    assert client.get(f"/conectate/materiales/{material.pk}/").status_code == 404


def test_a_quien_no_ha_entrado_se_le_pide_entrar_antes_de_bajar_un_material(client):
    material = un_material(una_sesion())

    respuesta = client.get(f"/conectate/materiales/{material.pk}/")

    assert respuesta["Location"].startswith("/cuentas/")


def test_una_secretaria_convocada_baja_el_material(client):
    huila = una_entidad("Huila")
    material = un_material(una_sesion(convocadas=[huila]))
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = client.get(f"/conectate/materiales/{material.pk}/")
    b"".join(respuesta.streaming_content)

    assert respuesta.status_code == 200


def test_el_ministerio_agrega_un_material_desde_la_pagina(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    respuesta = client.post(
        f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/",
        {"titulo": "Presentación", "archivo": SimpleUploadedFile("a.pdf", PDF)},
    )

    assert respuesta["Location"] == sesion.get_absolute_url()
    assert sesion.materiales.get().contenido.titulo == "Presentación"


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"titulo": "X"}, "Suba un archivo o escriba un enlace: uno de los dos."),
        (
            {"titulo": "X", "archivo": SimpleUploadedFile("a.exe", b"MZ")},
            "No se reciben archivos .exe.",
        ),
    ],
)
def test_el_formulario_de_material_dice_que_falta(client, datos, mensaje):
    client.force_login(un_usuario())

    pagina = client.post(f"/conectate/sesiones/{una_sesion().pk}/materiales/nuevo/", datos)

    assert mensaje in pagina.content.decode()


def test_una_secretaria_no_agrega_materiales(client):
    huila = una_entidad("Huila")
    sesion = una_sesion(convocadas=[huila])
    client.force_login(un_usuario("secretario", entidad=huila))

    respuesta = client.get(f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/")

    assert respuesta.status_code == 403


def test_quitar_un_material_borra_tambien_su_archivo(client, django_capture_on_commit_callbacks):
    material = un_material(una_sesion())
    archivo = material.contenido.version_actual.archivo
    client.force_login(un_usuario())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/conectate/materiales/{material.pk}/quitar/")

    assert not archivo.storage.exists(archivo.name)


def test_un_get_no_quita_nada(client):
    material = un_material(una_sesion())
    client.force_login(un_usuario())

    pagina = client.get(f"/conectate/materiales/{material.pk}/quitar/")

    material.refresh_from_db()
    assert "Quitar «Presentación»" in pagina.content.decode()


def test_una_grabacion_sin_subtitulos_no_se_publica(client):
    sesion = una_sesion()
    client.force_login(un_usuario())
    direccion = f"/conectate/sesiones/{sesion.pk}/grabacion/"

    pagina = client.post(direccion, {"enlace": "https://ejemplo.test/video"})
    client.post(direccion, {"enlace": "https://ejemplo.test/video", "tiene_subtitulos": "on"})

    sesion.refresh_from_db()
    assert "Un video sin subtítulos no se puede publicar." in pagina.content.decode()
    assert sesion.grabacion == "https://ejemplo.test/video"


def test_un_enlace_que_no_es_web_no_entra(client):
    sesion = una_sesion()
    client.force_login(un_usuario())

    client.post(
        f"/conectate/sesiones/{sesion.pk}/materiales/nuevo/",
        {"titulo": "X", "enlace": "javascript:alert(1)"},
    )

    assert sesion.materiales.count() == 0
