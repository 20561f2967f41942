"""Qué archivos recibe la biblioteca, y cómo cada uno nuevo reemplaza al anterior sin borrarlo."""

import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from contenidos.acciones import versiones
from contenidos.acciones.versiones import exigir_archivo_permitido, poner_ligero, subir_version
from contenidos.consultas.archivos import avisos_de, formato_de, senas_de
from contenidos.lectura.formatos import FORMATOS
from contenidos.models import VersionDeContenido
from tests.archivos_de_prueba import (
    MP4,
    VTT,
    bytes_de,
    un_docx,
    un_odp,
    un_odt,
    un_pdf,
    un_pptx,
    un_xlsx,
    un_zip,
    una_imagen,
)
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, una_clase, una_version
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
OFFICE_CON_CLAVE = OLE + "EncryptedPackage".encode("utf-16-le")


def un_archivo(nombre="guia.pdf", datos=None):
    return SimpleUploadedFile(nombre, un_pdf() if datos is None else datos)


def motivo(nombre, datos, **opciones):
    try:
        exigir_archivo_permitido(un_archivo(nombre, datos), **opciones)
    except ValidationError as error:
        return error.code
    return None


def subir(contenido=None, archivo=None, **datos):
    return subir_version(
        contenido=contenido or un_borrador(),
        archivo=archivo or un_archivo(),
        por=datos.pop("por", None) or un_usuario(),
        **datos,
    )


def codigo_al_subir(**datos):
    with pytest.raises(ValidationError) as error:
        subir(**datos)
    return error.value.code


# ── Qué se recibe ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nombre", "datos"),
    [
        ("Guía de «niñez» y 'paz'.PDF", un_pdf()),
        ("acta.docx", un_docx()),
        ("rutas.pptx", un_pptx("Uno")),
        ("metas.xlsx", un_xlsx(Metas=["una"])),
        ("carta.odt", un_odt("Uno")),
        ("rutas.odp", un_odp("Uno")),
        ("notas.txt", "Educación".encode()),
        ("tabla.csv", b"codigo;nombre\n05;Antioquia\n"),
        ("afiche.png", una_imagen()),
        ("foto.jpeg", una_imagen(formato="JPEG")),
        ("foto.webp", una_imagen(formato="WEBP")),
        ("clase.mp4", MP4),
    ],
)
def test_entra_lo_que_es_lo_que_dice_ser(nombre, datos):
    assert motivo(nombre, datos) is None


@pytest.mark.parametrize(
    ("nombre", "datos", "codigo"),
    [
        ("macros.docx", un_docx(**{"word/vbaProject.bin": b"x"}), "con_macros"),
        ("macros.docm", un_docx(), "con_macros"),
        (
            "macros.odt",
            un_zip({"content.xml": "<o/>", "Basic/Standard/m.xml": "<x/>"}),
            "con_macros",
        ),
        ("viejo.doc", OLE, "formato_antiguo"),
        ("pagina.pdf", b"\n<!DOCTYPE html><script>alert(1)</script>", "contenido_no_corresponde"),
        ("pagina.html", b"<html>", "extension_no_permitida"),
        ("dibujo.svg", b"<svg onload='alert(1)'/>", "extension_no_permitida"),
        ("dibujo.png", b"<svg onload='alert(1)'/>", "contenido_no_corresponde"),
        ("nota.txt", b"<script>alert(1)</script>", "contenido_no_corresponde"),
        ("nota.txt", b"MZ\x00\x00", "contenido_no_corresponde"),
        ("foto.jpg", un_pdf(), "contenido_no_corresponde"),
        ("hoja.xlsx", un_docx(), "contenido_no_corresponde"),
        ("paquete.zip", un_zip({"a": "b"}), "extension_no_permitida"),
        ("programa.exe", b"MZ", "extension_no_permitida"),
        ("sin_extension", un_pdf(), "extension_no_permitida"),
        ("roto.docx", b"PK\x03\x04 y nada", "danado"),
        ("cortado.pdf", un_pdf()[:300], "danado"),
        ("cifrado.pdf", un_pdf(cifrado=True), "con_contrasena"),
        ("cifrado.docx", OFFICE_CON_CLAVE, "con_contrasena"),
        ("viejo.docx", OLE, "contenido_no_corresponde"),
        ("vacio.pdf", b"", "archivo_vacio"),
    ],
)
def test_lo_demas_se_devuelve_diciendo_por_que(nombre, datos, codigo):
    assert motivo(nombre, datos) == codigo


def test_no_entra_un_zip_que_crece_demasiado_al_abrirlo(monkeypatch):
    monkeypatch.setattr("trabajos.archivos.EXPANSION_MAXIMA", 10_000)

    assert motivo("bomba.docx", un_docx(**{"word/relleno.xml": b"0" * 50_000})) == "bomba"


def test_no_entra_un_paquete_con_las_partes_cifradas(monkeypatch):
    leer = zipfile.ZipFile.infolist

    def cifradas(paquete):
        for parte in leer(paquete):
            parte.flag_bits |= 0x1
        return leer(paquete)

    monkeypatch.setattr(zipfile.ZipFile, "infolist", cifradas)

    assert motivo("cifrado.docx", un_docx()) == "con_contrasena"


def test_el_tope_se_dice_con_su_medida(settings):
    settings.CONTENIDOS_TAMANO_MAXIMO = 500

    with pytest.raises(ValidationError) as error:
        exigir_archivo_permitido(un_archivo(datos=un_pdf("x" * 500)))

    assert error.value.code == "archivo_muy_grande"
    assert error.value.message.startswith("El archivo pesa más de 500\xa0bytes y no se recibió. ")


def test_donde_no_caben_videos_se_pide_el_enlace():
    with pytest.raises(ValidationError, match="Si es un video, ponga su enlace"):
        exigir_archivo_permitido(un_archivo("clase.mp4", MP4), con_video=False)


def test_un_pdf_entero_no_cuesta_abrirlo(monkeypatch):
    monkeypatch.setattr(versiones.aparte, "comprobar", None)

    assert motivo("guia.pdf", un_pdf()) is None


def test_un_archivo_grande_se_comprueba_donde_django_lo_dejo():
    with TemporaryUploadedFile("grande.pdf", "application/pdf", 0, None) as grande:
        grande.write(un_pdf(cifrado=True))
        grande.size = grande.tell()

        with pytest.raises(ValidationError, match="pide contraseña"):
            exigir_archivo_permitido(grande)


# ── Subir ─────────────────────────────────────────────────────────────────────────────────────


def test_la_nueva_version_es_la_que_se_entrega_y_la_anterior_sigue_igual():
    contenido, primero, segundo = un_borrador(), un_pdf("Uno"), un_pdf("Dos")

    for datos, nota in ((primero, ""), (segundo, " Corrige la tabla ")):
        subir(contenido, un_archivo(datos=datos), nota=nota)

    contenido.refresh_from_db()
    guardadas = [
        (version.numero, bytes_de(version.archivo), version.nota)
        for version in contenido.versiones.all()
    ]
    assert contenido.version_actual.numero == 2
    assert guardadas == [(2, segundo, "Corrige la tabla"), (1, primero, "")]


def test_subir_deja_dicho_quien_y_pide_leerlo():
    editora = un_usuario()

    version = subir(por=editora)

    trabajo = Trabajo.objects.get(tipo="contenidos.leer_version")
    assert version.creado_por == editora
    assert (trabajo.parametros, trabajo.titulo) == ({"version_id": version.pk}, "Leer «guia.pdf»")


@pytest.mark.parametrize(
    ("nombre", "queda"),
    [
        ("Año 2020; «niñez» y 'paz'.pdf", "Año 2020; «niñez» y 'paz'.pdf"),
        ('Guía "uno".pdf', 'Guía "uno".pdf'),
        (unicodedata.normalize("NFD", "Educación.pdf"), "Educación.pdf"),
        ("ñ" * 230 + ".pdf", "ñ" * 196 + ".pdf"),
    ],
)
def test_el_archivo_se_ofrece_con_su_nombre_y_se_guarda_con_uno_nuestro(nombre, queda):
    version = subir(archivo=ContentFile(un_pdf(), name=nombre))

    assert version.nombre_del_archivo == queda
    assert version.archivo.name.isascii()


def test_subir_lo_mismo_otra_vez_no_hace_una_version():
    contenido = un_borrador()
    subir(contenido)

    assert codigo_al_subir(contenido=contenido) == "archivo_repetido"
    assert contenido.versiones.count() == 1


def test_un_enlace_no_lleva_archivo():
    enlace = un_borrador(clase=una_clase("enlace", es_enlace=True))

    assert codigo_al_subir(contenido=enlace) == "es_enlace"


def test_si_la_fila_no_queda_su_archivo_tampoco(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(versiones, "pedir_lectura", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        subir(archivo=un_archivo("a.mp4", MP4), subtitulos=un_archivo("a.vtt", VTT))

    assert [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()] == []


def test_el_archivo_que_no_sirve_no_deja_nada():
    contenido = un_borrador()

    assert codigo_al_subir(contenido=contenido, archivo=un_archivo("a.svg", b"<svg/>"))
    assert (contenido.versiones.count(), contenido.version_actual) == (0, None)


# ── Videos ────────────────────────────────────────────────────────────────────────────────────


def test_un_video_se_recibe_con_sus_subtitulos_y_queda_dicho_que_los_tiene():
    contenido = un_borrador(clase=una_clase("video", es_video=True))

    version = subir(
        contenido, un_archivo("clase.mp4", MP4), subtitulos=un_archivo("clase.vtt", VTT)
    )

    contenido.refresh_from_db()
    assert (contenido.tiene_subtitulos, bytes_de(version.subtitulos)) == (True, VTT)


@pytest.mark.parametrize(
    ("archivo", "subtitulos", "codigo"),
    [
        (("clase.mp4", MP4), None, "sin_subtitulos"),
        (("clase.mp4", MP4), ("clase.srt", VTT), "subtitulos_malos"),
        (("clase.mp4", MP4), ("clase.vtt", b"Hola"), "subtitulos_malos"),
        (("guia.pdf", un_pdf()), ("clase.vtt", VTT), "subtitulos_sin_video"),
    ],
)
def test_un_video_solo_con_subtitulos_que_sirvan(archivo, subtitulos, codigo):
    subidos = {
        "archivo": un_archivo(*archivo),
        "subtitulos": subtitulos and un_archivo(*subtitulos),
    }

    assert codigo_al_subir(**subidos) == codigo


def test_corregir_los_subtitulos_es_otra_version_del_mismo_video():
    contenido = un_borrador()
    for texto in (VTT, VTT.replace(b"venidos", b"hallados")):
        subir(contenido, un_archivo("a.mp4", MP4), subtitulos=un_archivo("a.vtt", texto))

    assert contenido.versiones.count() == 2


# ── La versión ligera ─────────────────────────────────────────────────────────────────────────


def test_la_ligera_se_puede_subir_con_el_archivo_o_despues():
    pesado, ligero = un_pdf("Uno", "Dos", "Tres"), un_pdf("Uno")
    version = subir(archivo=un_archivo(datos=pesado), ligero=un_archivo("l.pdf", ligero))
    assert (bytes_de(version.ligero), version.tamano_ligero) == (ligero, len(ligero))

    otro = un_pdf("1")
    poner_ligero(version=version, ligero=un_archivo("otro.pdf", otro), por=un_usuario())

    version.refresh_from_db()
    assert (bytes_de(version.ligero), version.tamano_ligero) == (otro, len(otro))


@pytest.mark.parametrize(
    ("nombre", "datos", "codigo"),
    [
        ("l.pdf", un_pdf("Uno", "Dos"), "ligero_pesado"),
        ("l.html", b"<p>", "extension_no_permitida"),
    ],
)
def test_una_ligera_que_pesa_mas_o_no_es_un_archivo_permitido_no_se_recibe(nombre, datos, codigo):
    assert codigo_al_subir(ligero=un_archivo(nombre, datos)) == codigo


# ── Lo que se dice antes del clic ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("nombre", "paginas", "senas"),
    [
        ("guia.PDF", 12, "PDF, 12 páginas, 1,2\xa0MB"),
        ("metas.xlsx", 1, "Excel, 1 hoja, 1,2\xa0MB"),
        ("rutas.pptx", 3, "PowerPoint, 3 diapositivas, 1,2\xa0MB"),
        ("guia.pdf", None, "PDF, 1,2\xa0MB"),
        ("foto.jpg", 1, "Imagen JPG, 1,2\xa0MB"),
        ("quien-sabe.xyz", None, "Archivo, 1,2\xa0MB"),
    ],
)
def test_antes_del_clic_se_dice_que_es_y_cuanto_pesa(nombre, paginas, senas):
    version = VersionDeContenido(nombre_del_archivo=nombre, paginas=paginas, tamano=1_258_291)

    assert senas_de(version) == senas


def test_cada_formato_tiene_su_tipo_y_ninguno_lo_ejecuta_un_navegador():
    tipos = {formato.tipo for formato in FORMATOS.values()}

    assert not {tipo for tipo in tipos if "html" in tipo or "svg" in tipo or "script" in tipo}


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        ({"esta_etiquetado": True}, []),
        ({"esta_etiquetado": False}, ["no está etiquetado"]),
        ({"es_imagen": True, "extraccion": "sin_texto"}, ["Es una imagen del texto"]),
        ({"extraccion": "fallida"}, ["no pudo leer este archivo"]),
        ({"extraccion": "pendiente"}, []),
        ({"nombre": "foto.png", "es_imagen": True, "extraccion": "sin_texto"}, []),
    ],
)
def test_se_advierte_de_lo_que_no_todas_las_personas_pueden_leer(datos, dice):
    version = una_version(un_borrador(), **datos)

    avisos = avisos_de(version)

    assert [frase in aviso for frase, aviso in zip(dice, avisos, strict=True)] == [True] * len(dice)


def test_el_formato_sale_del_nombre_con_que_llego():
    assert formato_de(una_version(un_borrador(), nombre="Metas.XLSX")).nombre == "Excel"
