"""Leer libros ajenos en un proceso aparte."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from trabajos.hojas import leer as hojas
from trabajos.hojas.leer import LibroIlegible, leer_hojas, leer_libro


def libro(*hojas_con_filas):
    documento = Workbook()
    documento.remove(documento.active)
    for numero, filas in enumerate(hojas_con_filas, start=1):
        hoja = documento.create_sheet(f"Hoja {numero}")
        for fila in filas:
            hoja.append(fila)
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def test_toda_celda_llega_como_texto():
    fila = [
        *("Ana", 9990000001, 1.5, True, None),
        *(datetime(2026, 3, 5, 9, 0, 20), date(2026, 3, 5), time(9, 2), timedelta(hours=26)),
    ]

    assert leer_libro(libro([fila])) == [
        [
            *("Ana", "9990000001", "1.5", "true", ""),
            *("2026-03-05 09:00:20", "2026-03-05", "09:02:00", "26:00:00"),
        ]
    ]


def test_se_toma_la_hoja_que_tiene_la_tabla():
    datos = libro([["portada"]], [["a", "b"], ["1", "2"], ["3", "4"]])

    assert leer_libro(datos) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [nombre for nombre, _ in leer_hojas(datos)] == ["Hoja 1", "Hoja 2"]


def test_los_decimales_de_segundo_de_excel_se_redondean():
    casi = datetime(2026, 3, 5, 9, 52, 20) - timedelta(microseconds=400)

    assert leer_libro(libro([[casi, "x"]]))[0][0] == "2026-03-05 09:52:20"


def test_las_filas_y_celdas_vacias_del_final_se_quitan():
    assert leer_libro(libro([["a", None], [None, None], ["b", None], [None]])) == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    "codigo", ["con_contrasena", "binario_antiguo", "danado", "bomba", "demasiado_grande"]
)
def test_cada_motivo_tiene_su_mensaje(codigo):
    error = LibroIlegible(codigo)

    assert (error.codigo, str(error)) == (codigo, error.mensaje)
    assert len(error.mensaje) > 60


def test_si_el_hijo_muere_dos_veces_se_explica(monkeypatch):
    monkeypatch.setattr(hojas, "leer_aparte", lambda *que, **mas: None)

    with pytest.raises(LibroIlegible) as error:
        leer_hojas(libro([["a"]]))

    assert error.value.codigo == "bomba"


def test_el_que_se_demora_demasiado_se_abandona(monkeypatch):
    monkeypatch.setattr(hojas, "ESPERA", 0.001)

    with pytest.raises(LibroIlegible) as error:
        leer_hojas(libro([["a"]]))

    assert error.value.codigo == "bomba"


def test_un_libro_sin_nada_da_una_lista_vacia():
    assert leer_libro(libro([])) == []
