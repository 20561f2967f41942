"""Los archivos de verdad, como los publica el portal de datos abiertos: ni una fila sobra."""

import csv
from pathlib import Path

import pytest

from indicadores.cargas.catalogo import filas_de
from indicadores.lectura.leer import leer
from indicadores.lectura.reglas import evaluar
from indicadores.lectura.resultado import Medida

pytestmark = pytest.mark.un_motor
TERRITORIO = Path(__file__).resolve().parents[2] / "territorio" / "catalogo"


@pytest.fixture(scope="module")
def lo_publicado(compartido):
    medidas = [
        Medida(
            fila["codigo"],
            fila["familia"],
            fila["nivel"],
            *(float(fila[c]) if fila[c] else None for c in ("minimo", "maximo", "salto")),
        )
        for fila in filas_de("indicadores")
    ]
    with open(TERRITORIO / "municipios.csv", encoding="utf-8") as archivo:
        municipios = {fila["codigo"]: fila["nombre"] for fila in csv.DictReader(archivo)}
    lugares = {
        "municipio": municipios,
        "departamento": {codigo[:2]: "" for codigo in municipios},
    }

    def lectura_de(nombre, ambito="municipio"):
        ruta = compartido / "datos" / f"{nombre}.csv"
        if not ruta.exists():
            pytest.skip(f"no está {ruta.name}")
        leida = leer(ruta.read_bytes(), ambito=ambito, medidas=medidas, lugares=lugares[ambito])
        return leida, evaluar(leida, medidas=medidas, publicadas={})

    return lectura_de


def cifra(lectura, codigo, unidad, vigencia):
    claves = list(zip(lectura.codigos, lectura.vigencias, strict=True))
    return lectura.columnas[codigo][claves.index((unidad, vigencia))]


def cifras(lectura):
    return {
        (codigo, unidad, vigencia): valor
        for codigo, columna in lectura.columnas.items()
        for unidad, vigencia, valor in zip(lectura.codigos, lectura.vigencias, columna, strict=True)
    }


def test_el_municipal_completo_se_lee_sin_rechazos(lo_publicado):
    lectura, _ = lo_publicado("men_municipio_2011_2022")

    assert (len(lectura.codigos), len(lectura.columnas)) == (13_461, 34)
    assert (lectura.rechazadas, lectura.correcciones, lectura.sin_columna) == ([], [], [])
    assert cifra(lectura, "desercion", "05001", 2011) == 3.69
    assert cifra(lectura, "poblacion_5_16", "99773", 2022) == 25396
    assert cifra(lectura, "tamano_promedio_de_grupo", "05001", 2022) is None


def test_el_extracto_del_portal_dice_lo_mismo_que_el_depurado(lo_publicado):
    depurado, _ = lo_publicado("men_municipio_2011_2022")

    extracto, _ = lo_publicado("men_municipio_extracto_formato_portal")

    todas = cifras(depurado)
    assert extracto.rechazadas == []
    assert {clave: v for clave, v in cifras(extracto).items() if todas[clave] != v} == {}
    assert ("tamaños de grupo que habían perdido el punto decimal", 64) in [
        (correccion.que, correccion.celdas) for correccion in extracto.correcciones
    ]


def test_la_muestra_2023_2024_trae_una_columna_copiada_sobre_otra(lo_publicado):
    lectura, roturas = lo_publicado("men_municipio_2023_2024_muestra_formato_portal")

    assert (len(lectura.codigos), lectura.rechazadas) == (28, [])
    assert cifra(lectura, "aprobacion", "05001", 2023) == 85.37
    assert [
        (rotura.codigo, rotura.vigencia) for rotura in roturas if rotura.regla == "columna_copiada"
    ] == [("aprobacion_transicion", 2023), ("aprobacion_transicion", 2024)]


def test_el_departamental_se_lee_con_sus_celdas_anuladas_vacias(lo_publicado):
    lectura, _ = lo_publicado("men_departamento_2011_2024", "departamento")

    assert (len(lectura.codigos), lectura.rechazadas) == (462, [])
    assert cifra(lectura, "poblacion_5_16", "05", 2011) == 1_288_473
    assert cifra(lectura, "aprobacion_transicion", "99", 2024) is None


def test_el_parcial_de_2023_trae_ocho_indicadores_y_dice_que_los_demas_no(lo_publicado):
    lectura, _ = lo_publicado("men_municipio_2023_parcial")

    assert (len(lectura.columnas), len(lectura.sin_columna)) == (8, 26)
    assert (len(lectura.codigos), lectura.rechazadas) == (1_120, [])
