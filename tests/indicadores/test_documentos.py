"""Los documentos estratégicos y los enlaces: se listan, se filtran y se descargan sin riesgo."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cuentas.models import Rol
from indicadores.cargas.recursos_catalogo import anadir_recursos_y_enlaces
from indicadores.forms import documentos as formulario
from indicadores.forms.documentos import DocumentoEstrategicoForm
from indicadores.models import DocumentoEstrategico, EnlaceAliado
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_recursos import un_documento

pytestmark = pytest.mark.django_db
RAIZ = Path(__file__).parents[2]
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nPrueba\n%%EOF"


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def un_zip(*nombres):
    memoria = io.BytesIO()
    with zipfile.ZipFile(memoria, "w") as paquete:
        for nombre in nombres:
            paquete.writestr(nombre, "x")
    return memoria.getvalue()


def enviar(nombre, datos, *, documento=None, **cambios):
    form = DocumentoEstrategicoForm(
        {
            "titulo": "Análisis de permanencia",
            "resumen": "Qué pasó.",
            "autor": "Dirección de prueba",
            "fecha": "2026-01-15",
            "publicado": "on",
            **cambios,
        },
        {"archivo": SimpleUploadedFile(nombre, datos)} if nombre else None,
        instance=documento,
    )
    form.is_valid()
    return form


def lista(client, **filtros):
    respuesta = client.get(reverse("indicadores:documentos"), filtros)
    return [documento.titulo for documento, _ in respuesta.context["documentos"]]


# ── Publicar ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nombre", "datos"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.xlsx", un_zip("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", un_zip("[Content_Types].xml", "word/document.xml")),
        ("a.pptx", un_zip("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.csv", "código;valor\n05;3".encode()),
    ],
)
def test_entran_los_documentos_de_oficina(nombre, datos):
    form = enviar(nombre, datos)

    assert form.errors == {}
    documento = form.save()

    assert (documento.slug, documento.nombre_del_archivo, documento.tamano) == (
        "analisis-de-permanencia",
        nombre,
        len(datos),
    )


@pytest.mark.parametrize(
    ("nombre", "datos", "motivo"),
    [
        ("a.exe", b"MZ", "No se reciben archivos .exe"),
        ("a.xlsm", un_zip("xl/workbook.xml"), "No se reciben archivos .xlsm"),
        ("a.svg", b"<svg/>", "No se reciben archivos .svg"),
        ("sin-extension", b"x", "sin extensión"),
        ("a.pdf", b"<html>", "dice ser PDF y por dentro no lo es"),
        ("a.xlsx", un_zip("word/document.xml"), "dice ser Excel"),
        ("a.docx", un_zip("word/document.xml", "word/vbaProject.bin"), "o trae macros"),
        ("a.csv", PDF, "dice ser CSV"),
        ("a.csv", b" <script>alert(1)</script>", "dice ser CSV"),
        ("a.csv", b"a\x00b", "dice ser CSV"),
    ],
)
def test_lo_demas_no_entra_y_dice_que_hacer(nombre, datos, motivo):
    form = enviar(nombre, datos)

    assert motivo in form.errors["archivo"][0]


def test_no_entra_un_archivo_demasiado_pesado(monkeypatch):
    monkeypatch.setattr(formulario, "TAMANO_MAXIMO", 10)

    assert "pesa más de" in enviar("a.pdf", PDF).errors["archivo"][0]


def test_dos_documentos_no_comparten_direccion():
    enviar("a.pdf", PDF).save()

    assert "slug" in enviar("b.pdf", PDF).errors


def test_se_edita_sin_volver_a_subir_el_archivo():
    documento = enviar("a.pdf", PDF).save()

    enviar("", b"", documento=documento, titulo="Otro título", slug=documento.slug).save()

    documento.refresh_from_db()
    assert (documento.titulo, documento.nombre_del_archivo) == ("Otro título", "a.pdf")


def test_al_cambiar_el_archivo_se_va_el_anterior(settings, django_capture_on_commit_callbacks):
    documento = enviar("a.pdf", PDF).save()

    with django_capture_on_commit_callbacks(execute=True):
        documento = DocumentoEstrategico.objects.get()
        enviar("b.csv", b"a;b", documento=documento, slug=documento.slug).save()

    guardados = [uno for uno in settings.MEDIA_ROOT.rglob("*") if uno.is_file()]
    assert [uno.suffix for uno in guardados] == [".csv"]


# ── Ver y descargar ───────────────────────────────────────────────────────────────────────────


def test_la_lista_dice_tipo_y_tamano_antes_del_clic(client):
    un_documento("Análisis", datos=PDF * 100)

    pagina = client.get(reverse("indicadores:documentos")).content.decode()

    assert re.search(r"Descargar «Análisis» \(PDF, \d,\d\sKB\)", pagina)


def test_se_filtra_por_tema_tipo_y_palabras(client):
    tema = un_tema("Permanencia")
    un_documento("Uno", temas=[tema], fecha=date(2026, 1, 2))
    un_documento("Educación rural", nombre="b.csv", datos=b"a;b")

    assert lista(client) == ["Uno", "Educación rural"]
    assert lista(client, tema="permanencia") == ["Uno"]
    assert lista(client, tipo="csv") == ["Educación rural"]
    assert lista(client, q="EDUCACION") == ["Educación rural"]
    assert lista(client, tema="no-existe") == ["Uno", "Educación rural"]


def test_la_lista_vacia_lo_dice_con_y_sin_filtros(client):
    direccion = reverse("indicadores:documentos")

    assert b"A\xc3\xban no hay documentos publicados." in client.get(direccion).content
    assert "Ningún documento" in client.get(direccion, {"q": "nada"}).content.decode()


def test_la_lista_son_las_mismas_consultas_con_mas_documentos(client, django_assert_num_queries):
    for n in range(3):
        un_documento(f"Documento {n}", temas=[un_tema()])

    with django_assert_num_queries(4):
        client.get(reverse("indicadores:documentos"))


def test_la_ficha_trae_el_resumen_y_sus_temas(client):
    documento = un_documento("Uno", resumen="Qué se encontró.", temas=[un_tema("Permanencia")])

    pagina = client.get(documento.get_absolute_url()).content.decode()

    assert "Qué se encontró." in pagina
    assert "?tema=permanencia" in pagina


def test_el_archivo_se_entrega_como_descarga_y_con_etiqueta(client):
    documento = un_documento("Uno", nombre="Análisis ñ.pdf", datos=PDF)
    direccion = reverse("indicadores:archivo-del-documento", args=[documento.slug])

    primera = client.get(direccion)
    segunda = client.get(direccion, headers={"if-none-match": primera["ETag"]})

    assert b"".join(primera.streaming_content) == PDF
    assert primera["Content-Disposition"].startswith("attachment")
    assert primera["Content-Type"] == "application/pdf"
    assert primera["X-Content-Type-Options"] == "nosniff"
    assert segunda.status_code == 304


@pytest.mark.parametrize("rol", [None, Rol.SECRETARIO, Rol.EQUIPO_MEN])
def test_lo_que_no_se_ha_publicado_no_existe(client, rol):
    documento = un_documento("Borrador", publicado=False)
    if rol:
        client.force_login(un_usuario(rol))

    assert lista(client) == []
    for nombre in ("documento", "archivo-del-documento"):
        direccion = reverse(f"indicadores:{nombre}", args=[documento.slug])
        assert client.get(direccion).status_code == 404


def test_quien_administra_lo_mira_antes_de_publicarlo(client):
    documento = un_documento("Borrador", publicado=False)
    client.force_login(un_usuario(Rol.ADMINISTRACION))

    assert "sin publicar" in client.get(documento.get_absolute_url()).content.decode().lower()


# ── Enlaces ───────────────────────────────────────────────────────────────────────────────────


def test_los_enlaces_dicen_que_salen_del_portal(client):
    anadir_recursos_y_enlaces()
    EnlaceAliado.objects.filter(orden=50).update(activo=False)

    pagina = client.get(reverse("indicadores:enlaces")).content.decode()

    for conjunto in ("nudc-7mev", "ji8i-4anb", "cfw5-qzt5"):
        assert f'<a href="https://www.datos.gov.co/d/{conjunto}" rel="noopener noreferrer">' in (
            pagina
        )
    assert "normas, trámites y noticias" not in pagina


def test_sin_enlaces_la_pagina_lo_dice(client):
    assert "Aún no hay enlaces." in client.get(reverse("indicadores:enlaces")).content.decode()


# ── La costura ────────────────────────────────────────────────────────────────────────────────

LOS_SUYOS = {
    "apps.py",
    "admin/__init__.py",
    "admin/documentos.py",
    "models/__init__.py",
    "models/documentos.py",
    "consultas/documentos.py",
    "forms/documentos.py",
    "views/documentos.py",
    "cargas/recursos_catalogo.py",
}


def test_nadie_mas_de_la_app_conoce_los_documentos_ni_los_enlaces():
    """La biblioteca de contenidos se los llevará: que no haya que desatarlos."""
    app = RAIZ / "indicadores"
    conocen = {
        archivo.relative_to(app).as_posix()
        for archivo in app.rglob("*.py")
        if re.search(r"DocumentoEstrategico|EnlaceAliado", archivo.read_text(encoding="utf-8"))
        and "migrations" not in archivo.parts
    }

    assert sorted(conocen - LOS_SUYOS) == []


def test_se_publica_desde_la_administracion(client):
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    nuevo = reverse("admin:indicadores_documentoestrategico_add")
    datos = {
        "titulo": "Análisis",
        "slug": "",
        "resumen": "Qué pasó.",
        "autor": "Dirección de prueba",
        "fecha": "2026-01-15",
        "publicado": "on",
    }

    mal = client.post(nuevo, {**datos, "archivo": SimpleUploadedFile("a.pdf", b"<html>")})
    bien = client.post(nuevo, {**datos, "archivo": SimpleUploadedFile("a.pdf", PDF)})

    assert "dice ser PDF" in mal.content.decode()
    assert bien.status_code == 302
    assert lista(client) == ["Análisis"]
