"""El libro en blanco que una persona llena y devuelve."""

import openpyxl
import pytest

from trabajos.hojas.plantilla import ColumnaPorLlenar, plantilla_para_llenar

COLUMNAS = [
    ColumnaPorLlenar("Nombre", "Nombres y apellidos.", "Ana de Prueba", obligatoria=True),
    ColumnaPorLlenar("Secretaría", "Escójala de la lista.", opciones=["Antioquia", "Huila"]),
    ColumnaPorLlenar("Minutos", "Los que estuvo.", "60", clase="entero"),
]


@pytest.fixture
def libro(tmp_path):
    ruta = tmp_path / "plantilla.xlsx"
    plantilla_para_llenar(
        ruta,
        titulo="Lista de asistencia",
        columnas=COLUMNAS,
        instrucciones=["Escriba una persona por fila."],
        filas=[["=Ana", "Huila", 45]],
        filas_en_blanco=10,
    )
    return openpyxl.load_workbook(ruta)


def test_trae_la_hoja_por_llenar_la_ayuda_y_ocultas_las_listas(libro):
    estados = [(hoja.title, hoja.sheet_state) for hoja in libro]

    assert estados == [
        ("Lista de asistencia", "visible"),
        ("Ayuda", "visible"),
        ("Listas", "hidden"),
    ]


def test_las_opciones_son_una_lista_desplegable_en_todas_las_filas(libro):
    reglas = {
        str(regla.sqref): (regla.type, regla.formula1, regla.prompt)
        for regla in libro["Lista de asistencia"].data_validations.dataValidation
    }

    assert reglas == {
        "A2:A12": (None, None, "Nombres y apellidos."),
        "B2:B12": ("list", "Listas!$B$1:$B$2", "Escójala de la lista."),
        "C2:C12": ("whole", "0", "Los que estuvo."),
    }


def test_lo_que_ya_se_sabe_viene_escrito_y_sin_formulas(libro):
    fila = libro["Lista de asistencia"][2]

    assert [(celda.value, celda.data_type) for celda in fila] == [
        ("=Ana", "s"),
        ("Huila", "s"),
        (45, "n"),
    ]


def test_lo_que_se_escriba_en_una_celda_de_texto_no_se_vuelve_numero(libro):
    hoja = libro["Lista de asistencia"]

    assert [hoja.cell(12, n).number_format for n in (1, 2, 3)] == ["@", "@", "#,##0"]
    assert (hoja.freeze_panes, hoja["A1"].value) == ("A2", "Nombre *")


def test_la_ayuda_explica_cada_columna(libro):
    renglones = [fila for fila in libro["Ayuda"].values if any(fila)]

    assert renglones == [
        ("Cómo llenar: Lista de asistencia", None, None),
        ("1. Escriba una persona por fila.", None, None),
        ("Columna", "Qué se escribe", "Ejemplo"),
        ("Nombre", "Obligatoria. Nombres y apellidos.", "Ana de Prueba"),
        ("Secretaría", "Escójala de la lista.", None),
        ("Minutos", "Los que estuvo.", "60"),
    ]
