"""Un archivo municipal como el publicado: 13.461 filas × 34 indicadores, inventado y verosímil."""

import csv
import io
import random

from indicadores.cargas.catalogo import filas_de

FILAS, VIGENCIAS = 13_461, range(2011, 2023)
LLAVES = ["anio", "cod_departamento", "departamento", "cod_municipio", "municipio"]
NIVELES = ("", "_transicion", "_primaria", "_secundaria", "_media")
SOLO_HASTA = {"tamano_promedio_de_grupo": 2017, "sedes_conectadas_a_internet": 2017}


def en_csv(municipios: list[tuple[str, str]]) -> bytes:
    """Las tasas de un municipio cambian poco de un año a otro: que ninguna regla se rompa."""
    azar = random.Random(2022)
    codigos = [fila["codigo"] for fila in filas_de("indicadores")]
    base = {codigo: {c: azar.uniform(40, 95) for c in codigos} for codigo, _ in municipios}
    texto = io.StringIO()
    hoja = csv.writer(texto, lineterminator="\n")
    hoja.writerow([*LLAVES, *codigos])
    filas = (
        [vigencia, codigo[:2], "", codigo, nombre, *_celdas(azar, base[codigo], codigos, vigencia)]
        for vigencia in VIGENCIAS
        for codigo, nombre in municipios
    )
    for _, fila in zip(range(FILAS), filas, strict=False):
        hoja.writerow(fila)
    return texto.getvalue().encode()


def _celdas(azar, base, codigos, vigencia):
    celdas = {codigo: round(base[codigo] + azar.uniform(-2, 2), 2) for codigo in codigos}
    celdas["poblacion_5_16"] = int(base["poblacion_5_16"] * 100)
    celdas["tamano_promedio_de_grupo"] = round(celdas["tamano_promedio_de_grupo"] / 4, 2)
    for nivel in NIVELES:
        celdas["desercion" + nivel] = round(azar.uniform(1, 6), 2)
        celdas["reprobacion" + nivel] = round(azar.uniform(1, 9), 2)
        celdas["aprobacion" + nivel] = round(
            100 - celdas["desercion" + nivel] - celdas["reprobacion" + nivel], 2
        )
    for codigo, hasta in SOLO_HASTA.items():
        if vigencia > hasta:
            celdas[codigo] = ""
    return [celdas[codigo] for codigo in codigos]
