"""Los XLSX y CSV que el portal entrega, releídos como los leería otra persona."""

import csv
import zipfile
from datetime import UTC, date, datetime, time

import openpyxl
import pytest

from trabajos.hojas.escribir import (
    Columna,
    EnSuClase,
    Hoja,
    Metadatos,
    escribir_csv,
    escribir_xlsx,
    nombre_de_hoja,
)

COLUMNAS = [
    Columna("Código DANE"),
    Columna("Entidad"),
    Columna("Sesiones", "entero"),
    Columna("Minutos", "decimal"),
    Columna("Porcentaje", "porcentaje"),
    Columna("Fecha", "fecha"),
    Columna("Hora", "hora"),
    Columna("Generado", "fecha_hora"),
]
FILA = [
    "05001",
    "Medellín",
    1234,
    61.5,
    97.8,
    date(2020, 6, 9),
    time(9, 30),
    datetime(2020, 6, 9, 14, 30, tzinfo=UTC),
]
HOSTILES = ["=1+1", "+57 1", "-3 personas", "@SUM(A1)", "\t=1", "\r=1", "\x00=1"]


def metadatos(**datos):
    return Metadatos(titulo="Participación 2020", que_es="Sesiones por secretaría.", **datos)


def libro_con(filas, columnas=COLUMNAS, *, ruta, **datos):
    escribir_xlsx(ruta, [Hoja("Participación", columnas, filas)], metadatos(**datos))
    return openpyxl.load_workbook(ruta)


@pytest.fixture
def ruta(tmp_path):
    return tmp_path / "informe.xlsx"


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────


def test_los_numeros_son_numeros_los_codigos_texto_y_las_fechas_fechas(ruta):
    hoja = libro_con([FILA], ruta=ruta)["Participación"]

    assert [(celda.value, celda.number_format) for celda in hoja[2]] == [
        ("05001", "@"),
        ("Medellín", "@"),
        (1234, "#,##0"),
        (61.5, "#,##0.00"),
        (pytest.approx(0.978), "0.0%"),
        (datetime(2020, 6, 9), "dd/mm/yyyy"),
        (time(9, 30), "hh:mm"),
        (datetime(2020, 6, 9, 9, 30), "dd/mm/yyyy hh:mm"),  # la hora de Colombia
    ]


def test_el_encabezado_queda_fijo_con_filtros_y_con_el_nombre_que_buscan_los_lectores(ruta):
    hoja = libro_con([FILA, FILA], ruta=ruta)["Participación"]

    assert [celda.value for celda in hoja[1]] == [columna.titulo for columna in COLUMNAS]
    assert (hoja.freeze_panes, hoja.auto_filter.ref) == ("A2", "A1:H3")
    assert hoja.defined_names["ColumnTitle"].attr_text == "'Participación'!$A$1"
    assert (hoja.print_title_rows, hoja.merged_cells.ranges) == ("$1:$1", set())


def test_la_hoja_de_metadatos_dice_de_donde_salio_el_archivo_y_cuantas_filas_trae(ruta):
    libro = libro_con(
        (FILA for _ in range(1234)),
        ruta=ruta,
        fuente="Portal",
        corte=date(2020, 12, 31),
        por="Ana de Prueba",
        generado=datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
        mas=[("Filtro", "solo 2020")],
    )

    assert libro.sheetnames == ["Participación", "Metadatos"]
    assert [fila for fila in libro["Metadatos"].values if fila[1]] == [
        ("Título", "Participación 2020"),
        ("Qué es", "Sesiones por secretaría."),
        ("Fuente", "Portal"),
        ("Corte de los datos", "31/12/2020"),
        ("Generado", "22/11/2026 10:00"),
        ("Generado por", "Ana de Prueba"),
        ("Filtro", "solo 2020"),
        ("Filas en «Participación»", "1.234"),
    ]


@pytest.mark.parametrize("texto", HOSTILES)
def test_lo_que_parece_formula_se_queda_en_texto(ruta, texto):
    hoja = libro_con([[texto]], [Columna(texto)], ruta=ruta)["Participación"]

    encabezado, celda = hoja["A1"], hoja["A2"]

    assert (encabezado.data_type, celda.data_type) == ("s", "s")
    assert celda.value == texto.replace("\x00", "").replace("\r", "\n")
    assert (encabezado.quotePrefix, celda.quotePrefix) == (True, True)


@pytest.mark.parametrize(
    "texto", ["<r><t>x</t></r>", "<b>Ana & Luz</b>", "O'Brien «ñandú»", "  con aire  ", "日本 😀"]
)
def test_el_texto_vuelve_tal_como_se_escribio(ruta, texto):
    hoja = libro_con([[texto]], [Columna("Nombre")], ruta=ruta)["Participación"]

    assert hoja["A2"].value == texto


def test_los_caracteres_que_xml_no_admite_no_danan_el_libro(ruta):
    hoja = libro_con([["a\x01\x0b\ud800\uffffb"]], [Columna("N")], ruta=ruta)["Participación"]

    assert hoja["A2"].value == "ab"


def test_sin_dato_es_una_celda_vacia_y_no_un_cero(ruta):
    columnas = [Columna("Código"), Columna("Sesiones", "entero"), Columna("Minutos", "decimal")]

    hoja = libro_con([["05", None, float("nan")], ["08", 0, 0]], columnas, ruta=ruta)

    filas = [
        [celda or None for celda in fila] if fila[0] == "05" else list(fila)
        for fila in hoja["Participación"].iter_rows(min_row=2, values_only=True)
    ]
    assert filas == [["05", None, None], ["08", 0, 0]]


def test_lo_que_no_es_del_tipo_de_su_columna_se_escribe_como_texto(ruta):
    columnas = [Columna("Sesiones", "entero"), Columna("Fecha", "fecha")]

    hoja = libro_con([["sin dato", date(1810, 7, 20)]], columnas, ruta=ruta)["Participación"]

    assert [celda.value for celda in hoja[2]] == ["sin dato", "20/07/1810"]


def test_una_hoja_sin_filas_conserva_su_encabezado(ruta):
    hoja = libro_con([], ruta=ruta)["Participación"]

    assert (hoja.max_row, hoja["A1"].value) == (1, "Código DANE")


def test_los_nombres_de_hoja_son_los_que_excel_admite():
    usados = {"metadatos"}

    nombres = [
        nombre_de_hoja(titulo, usados)
        for titulo in ["Enero: 1/2 [x]", "Metadatos", "a" * 40, "a" * 40, "''"]
    ]

    assert nombres == ["Enero 1 2 x", "Metadatos 2", "a" * 31, "a" * 29 + " 2", "Datos"]


def test_el_libro_no_lleva_formulas_ni_enlaces(ruta):
    libro_con([["=HYPERLINK(1)"], ["https://ejemplo.test"]], [Columna("X")], ruta=ruta)

    with zipfile.ZipFile(ruta) as partes:
        hoja = partes.read("xl/worksheets/sheet1.xml")
        assert (b"<f>" in hoja, b"hyperlink" in hoja) == (False, False)


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────


def test_el_csv_estandar_lleva_comas_punto_decimal_y_fechas_iso(tmp_path):
    ruta = tmp_path / "a.csv"

    filas = escribir_csv(ruta, Hoja("X", COLUMNAS, iter([FILA])))

    assert (filas, ruta.read_bytes().decode("utf-8").splitlines()[1]) == (
        1,
        "05001,Medellín,1234,61.5,97.8,2020-06-09,09:30,2020-06-09 09:30",
    )


def test_el_csv_para_excel_lleva_marca_punto_y_coma_y_coma_decimal(tmp_path):
    ruta = tmp_path / "a.csv"

    escribir_csv(ruta, Hoja("X", COLUMNAS, [FILA]), "excel")

    assert ruta.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ruta.read_text("utf-8-sig").splitlines()[1] == (
        "05001;Medellín;1234;61,5;97,8;09/06/2020;09:30;09/06/2020 09:30"
    )


@pytest.mark.parametrize("variante", ["estandar", "excel"])
@pytest.mark.parametrize("texto", HOSTILES)
def test_en_csv_lo_que_parece_formula_lleva_un_apostrofo(tmp_path, texto, variante):
    ruta = tmp_path / "a.csv"

    escribir_csv(ruta, Hoja("X", [Columna(texto)], [[texto]]), variante)

    with open(ruta, encoding="utf-8-sig", newline="") as archivo:
        celdas = [fila[0] for fila in csv.reader(archivo)]
    assert celdas == ["'" + texto.replace("\x00", "").replace("\r", "\n")] * 2


def test_un_numero_negativo_no_es_una_formula(tmp_path):
    ruta = tmp_path / "a.csv"

    escribir_csv(ruta, Hoja("X", [Columna("N", "decimal")], [[-3.5], [1e-7]]), "excel")

    assert ruta.read_text("utf-8-sig").splitlines() == ["N", "-3,5", "0,0000001"]


# ── Una tabla larga ───────────────────────────────────────────────────────────────────────────


def test_en_una_misma_columna_cada_numero_lleva_su_formato(ruta):
    filas = [
        [EnSuClase(4.7, "porcentaje")],
        [EnSuClase(377562, "entero")],
        [EnSuClase(None, "entero")],
    ]

    libro = libro_con(filas, [Columna("Valor", "decimal")], ruta=ruta)

    celdas = [libro["Participación"].cell(fila, 1) for fila in (2, 3, 4)]
    assert [(celda.value, celda.number_format) for celda in celdas] == [
        (0.047, "0.0%"),
        (377562, "#,##0"),
        (None, "General"),
    ]


def test_las_notas_van_en_su_propia_hoja(ruta):
    notas = [("Quiebre", "=Desde 2018 cambia la población.")]

    libro = libro_con([FILA], ruta=ruta, notas=notas)

    assert libro.sheetnames == ["Participación", "Metadatos", "Notas"]
    assert [celda.value for celda in libro["Notas"][3]] == list(notas[0])


def test_en_csv_un_porcentaje_va_de_0_a_100(tmp_path):
    hoja = Hoja("X", [Columna("Valor", "decimal")], [[EnSuClase(4.7, "porcentaje")]])

    filas = escribir_csv(tmp_path / "x.csv", hoja)

    assert (filas, (tmp_path / "x.csv").read_text()) == (1, "Valor\n4.7\n")
