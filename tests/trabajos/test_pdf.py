"""Los PDF: accesibles, con su letra, y con los datos tal como son."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from trabajos.hojas.escribir import Columna, Hoja, Metadatos
from trabajos.pdf import PLANTILLAS, componer_pdf, escribir_pdf
from trabajos.registro import TrabajoRechazado

COLUMNAS = [
    Columna("Código DANE"),
    Columna("Entidad"),
    Columna("Sesiones", "entero"),
    Columna("Porcentaje", "porcentaje"),
    Columna("Última", "fecha"),
]


def documento(filas, *, tmp_path, columnas=COLUMNAS, titulo="Participación 2020"):
    ruta = tmp_path / "informe.pdf"
    escribir_pdf(ruta, Hoja("X", columnas, filas), Metadatos(titulo, "Sesiones por secretaría."))
    return PdfReader(BytesIO(ruta.read_bytes()))


def texto(documento):
    return " ".join(" ".join(pagina.extract_text() for pagina in documento.pages).split())


def test_se_declara_pdf_ua_con_titulo_idioma_y_etiquetas(tmp_path):
    pdf = documento([["05001", "Medellín", 44, 97.8, date(2020, 6, 9)]], tmp_path=tmp_path)

    raiz = pdf.trailer["/Root"]
    assert (pdf.metadata.title, raiz["/Lang"]) == ("Participación 2020", "es-CO")
    assert "/StructTreeRoot" in raiz
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raiz["/Metadata"].get_data()


def test_los_numeros_van_como_se_escriben_en_colombia(tmp_path):
    pdf = documento([["05001", "Medellín", 1234, 97.8, date(2020, 6, 9)]], tmp_path=tmp_path)

    assert "05001 Medellín 1.234 97,8 % 09/06/2020" in texto(pdf)


def test_la_cabecera_se_repite_en_cada_pagina(tmp_path):
    pdf = documento([["05001", "Medellín", 1, 1, None]] * 80, tmp_path=tmp_path)

    assert [("Código DANE" in pagina.extract_text()) for pagina in pdf.pages] == [True] * 2


@pytest.mark.parametrize(
    "hostil", ['#read("/etc/passwd")', "#strong[x] $x^2$", "<script>alert(1)</script>", "\\u{41}"]
)
def test_un_dato_nunca_corre_como_codigo(tmp_path, hostil):
    pdf = documento([["1", hostil, 1, 1, None]], tmp_path=tmp_path, titulo=hostil)

    assert texto(pdf).replace(" ", "").count(hostil.replace(" ", "")) == 2


def test_las_letras_que_la_fuente_no_tiene_no_impiden_el_documento(tmp_path):
    pdf = documento([["1", "Ana 日 😀 ﬁn\u200b\x01 Zoë", 1, 1, None]], tmp_path=tmp_path)

    assert "Ana ? ? fin Zoë" in texto(pdf)


def test_estan_todas_las_letras_que_se_anuncian():
    letras = (PLANTILLAS / "fuentes" / "letras.txt").read_text(encoding="utf-8").strip("\n")

    contenido = componer_pdf(
        "tabla", {"titulo": "Letras", "renglones": [["Todas", letras]], "columnas": [], "filas": []}
    )

    assert contenido.startswith(b"%PDF")


def test_ninguna_plantilla_evalua_texto_ni_baja_paquetes():
    for plantilla in PLANTILLAS.glob("*.typ"):
        codigo = re.sub(r"//.*", "", plantilla.read_text(encoding="utf-8"))

        assert re.findall(r"\beval\b|@preview|justify: true", codigo) == [], plantilla.name


def test_una_tabla_que_no_cabe_en_papel_se_ofrece_en_excel(tmp_path):
    with pytest.raises(TrabajoRechazado, match="Pida el mismo informe en Excel"):
        documento([["1", "X", 1, 1, None]] * 2001, tmp_path=tmp_path)
    with pytest.raises(TrabajoRechazado, match="Pida el mismo informe en Excel"):
        documento([], columnas=[Columna("X")] * 15, tmp_path=tmp_path)


def test_sin_filas_lo_dice(tmp_path):
    assert "No hay filas que mostrar." in texto(documento([], tmp_path=tmp_path))


def test_solo_se_componen_las_plantillas_propias():
    with pytest.raises(ValueError, match="No es el nombre de una plantilla"):
        componer_pdf("../otra", {})
