"""Lo que se averigua de un archivo abriéndolo en otro proceso."""

import io

import pytest

from contenidos.lectura import aparte
from contenidos.lectura.aparte import ArchivoIlegible
from contenidos.lectura.limpieza import limpiar
from tests import archivos_de_prueba as archivos
from tests.archivos_de_prueba import (
    un_docx,
    un_odp,
    un_odt,
    un_pdf,
    un_pptx,
    un_xlsx,
    un_zip,
    una_imagen,
)

UN_DOCUMENTO = f'<w:document xmlns:w="{archivos.W}"><w:body>{{}}</w:body></w:document>'


@pytest.fixture
def leer(tmp_path):
    def leer(datos, extension):
        ruta = tmp_path / "archivo"
        ruta.write_bytes(datos)
        return aparte.leer(ruta, extension)

    return leer


def motivo(leer, datos, extension):
    with pytest.raises(ArchivoIlegible) as error:
        leer(datos, extension)
    return error.value.codigo


@pytest.mark.parametrize(
    ("extension", "hacer"),
    [
        (".pdf", un_pdf),
        (".docx", un_docx),
        (".pptx", un_pptx),
        (".odt", un_odt),
        (".odp", un_odp),
    ],
)
def test_cada_pagina_dice_lo_suyo_con_sus_tildes(leer, extension, hacer):
    leido = leer(hacer("Niñez y educación", "Permanencia"), extension)

    assert (leido.textos, leido.paginas) == (["Niñez y educación", "Permanencia"], 2)


def test_de_un_libro_de_excel_se_leen_los_textos_de_cada_hoja_y_no_las_cifras(leer):
    leido = leer(un_xlsx(Metas=["cobertura", "calidad"], Rutas=["zonas"]), ".xlsx")

    assert leido.textos == ["Metas\ncobertura COBERTURA\ncalidad CALIDAD", "Rutas\nzonas ZONAS"]


def test_lo_que_word_escribe_dos_veces_se_lee_una(leer):
    cuadro = (
        '<w:p><w:r><m:AlternateContent xmlns:m="m"><m:Choice><w:t>Cuadro</w:t></m:Choice>'
        "<m:Fallback><w:t>Cuadro</w:t></m:Fallback></m:AlternateContent></w:r></w:p>"
    )
    datos = un_docx(**{"word/document.xml": UN_DOCUMENTO.format(cuadro)})

    assert leer(datos, ".docx").textos == ["Cuadro"]


@pytest.mark.parametrize("codificacion", ["utf-8-sig", "cp1252"])
def test_un_texto_se_lee_con_la_codificacion_que_traiga(leer, codificacion):
    assert leer("Año de niñez".encode(codificacion), ".txt").textos == ["Año de niñez"]


def test_lo_que_no_son_letras_no_llega_a_la_base():
    assert limpiar("per\u00ad\nmanencia\x00  y ﬁn\r\n\n fuera\ud800") == "permanencia y fin\nfuera"


def test_un_pdf_escaneado_es_una_imagen_aunque_traiga_una_pagina_escrita(leer):
    assert leer(un_pdf("", "", "", "", "Esta página sí"), ".pdf").es_imagen is True


def test_una_caratula_sin_letras_no_hace_del_pdf_una_imagen(leer):
    assert leer(un_pdf("", "Capítulo primero"), ".pdf").es_imagen is False


@pytest.mark.parametrize("etiquetado", [True, False])
def test_se_sabe_si_el_pdf_esta_etiquetado(leer, etiquetado):
    assert leer(un_pdf(etiquetado=etiquetado), ".pdf").esta_etiquetado is etiquetado


def test_la_primera_pagina_queda_en_webp_de_menos_de_diez_kilobytes(leer):
    renglones = "\n".join(
        "Permanencia escolar y acompañamiento a secretarías 2020" for _ in range(40)
    )

    miniatura = leer(un_pdf(renglones), ".pdf").miniatura

    assert (miniatura[8:12], tamano(miniatura)) == (b"WEBP", (240, 311))
    assert 500 < len(miniatura) <= 10_000


def test_un_documento_presta_la_miniatura_que_ya_trae(leer):
    datos = un_docx("Uno", **{"docProps/thumbnail.jpeg": una_imagen(600, 800, "JPEG")})

    assert tamano(leer(datos, ".docx").miniatura) == (240, 320)


def test_de_una_imagen_pesada_sale_una_ligera_sin_donde_se_tomo(leer):
    from PIL import Image

    original = una_imagen(2400, 1800, "JPEG", ruido=True)

    ligero = leer(original, ".jpg").ligero

    assert tamano(ligero) == (1280, 960)
    assert len(ligero) < len(original) * 0.6
    assert not Image.open(io.BytesIO(ligero)).getexif()


def test_de_una_imagen_que_ya_es_ligera_no_sale_otra(leer):
    assert leer(una_imagen(), ".png").ligero is None


@pytest.mark.parametrize(
    ("datos", "extension", "codigo"),
    [
        (un_pdf(cifrado=True), ".pdf", "con_contrasena"),
        (un_pdf()[:200], ".pdf", "danado"),
        (b"<html></html>", ".pdf", "danado"),
        (un_zip({"word/document.xml": "<w:document><sin cerrar"}), ".docx", "danado"),
        (b"PK\x03\x04 cortado", ".pptx", "danado"),
        (una_imagen()[:60], ".png", "danado"),
    ],
)
def test_lo_que_no_se_puede_abrir_dice_por_que(leer, datos, extension, codigo):
    assert motivo(leer, datos, extension) == codigo


def test_entidades_que_se_multiplican_no_llenan_la_memoria(leer):
    niveles = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "risa">' for n in range(10)
    )
    bomba = f"<!DOCTYPE d [{niveles}]><d><t>&l9;</t></d>"

    assert motivo(leer, un_zip({"word/document.xml": bomba}), ".docx") == "danado"


def test_un_xml_que_crece_demasiado_al_abrirlo_no_se_lee(leer):
    with io.BytesIO() as salida:
        import zipfile

        with (
            zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete,
            paquete.open("word/document.xml", "w") as parte,
        ):
            for _ in range(310):
                parte.write(b" " * 1024 * 1024)
        bomba = salida.getvalue()

    assert len(bomba) < 1_000_000
    assert motivo(leer, bomba, ".docx") == "bomba"


def test_si_dibujar_la_primera_pagina_es_demasiado_al_menos_se_lee(monkeypatch, tmp_path):
    """El proceso que dibuja se muere; el que solo lee, no."""
    ruta = tmp_path / "a.pdf"
    ruta.write_bytes(un_pdf("Un plano enorme"))
    llamar = aparte._llamar

    def morir_al_dibujar(que, *resto):
        if que == "leer":
            raise ArchivoIlegible("bomba")
        return llamar(que, *resto)

    monkeypatch.setattr(aparte, "_llamar", morir_al_dibujar)

    leido = aparte.leer(ruta, ".pdf")

    assert (leido.textos, leido.miniatura) == (["Un plano enorme"], None)


def tamano(datos):
    from PIL import Image

    return Image.open(io.BytesIO(datos)).size
