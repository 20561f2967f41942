"""Publicar el archivo municipal completo, de extremo a extremo, contra el suelo.

El suelo es lo mínimo que costaría: leer el mismo archivo con `csv` e insertar sus cifras, una fila
por cada una, como lo haga más rápido la base. El portal hace lo que hace la orden: recibir, leer,
curar, comparar, revisar las reglas, publicar y calcular las entidades. Cada medida va en un
proceso propio, sobre cifras recién vaciadas.
"""

import argparse
import csv
import io
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import tabla_de_indicadores
from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar, resumen

VUELTAS, LIMITE = 5, 3
TABLA_DEL_SUELO = {
    "postgresql": "CREATE TABLE suelo (id bigserial PRIMARY KEY, vigencia smallint, "
    "unidad text, indicador smallint, valor double precision)",
    "sqlite": "CREATE TABLE suelo (id integer PRIMARY KEY, vigencia integer, unidad text, "
    "indicador integer, valor real)",
}
COLUMNAS_DEL_SUELO = "vigencia, unidad, indicador, valor"
POR_TANDA = 50_000


def suelo(ruta: Path) -> float:
    """Leer e insertar, sin entender nada: ni qué es cada columna ni si ya estaba."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS suelo")
        cursor.execute(TABLA_DEL_SUELO[connection.vendor])
    with cronometro() as tiempo:
        with open(ruta, encoding="utf-8", newline="") as archivo:
            filas = list(csv.reader(archivo))[1:]
        cifras = [
            (fila[0], fila[3], indicador, valor or None)
            for fila in filas
            for indicador, valor in enumerate(fila[5:])
        ]
        with connection.cursor() as cursor:
            (_copiar if connection.vendor == "postgresql" else _insertar)(cursor, cifras)
    return tiempo.segundos


def _copiar(cursor, cifras):
    texto = io.StringIO()
    csv.writer(texto).writerows(cifras)
    texto.seek(0)
    cursor.copy_expert(f"COPY suelo ({COLUMNAS_DEL_SUELO}) FROM STDIN WITH (FORMAT csv)", texto)


def _insertar(cursor, cifras):
    cursor.execute("BEGIN")
    cursor.executemany(f"INSERT INTO suelo ({COLUMNAS_DEL_SUELO}) VALUES (%s, %s, %s, %s)", cifras)
    cursor.execute("COMMIT")


def portal(ruta: Path) -> float:
    """Lo que hace la orden `cargar_indicadores`."""
    from indicadores.cargas.archivos import cargar

    _vaciar()
    with cronometro() as tiempo:
        cargado = cargar(ruta)
    _comprobar(cargado.como_datos(), nuevas=True)
    return tiempo.segundos


def otra_vez(ruta: Path) -> float:
    """El mismo archivo sobre lo ya publicado: nada cambia, y hay que saberlo."""
    from indicadores.cargas.archivos import cargar

    _vaciar()
    cargar(ruta)
    with cronometro() as tiempo:
        cargado = cargar(ruta)
    _comprobar(cargado.como_datos(), nuevas=False)
    return tiempo.segundos


def _comprobar(datos, *, nuevas):
    celdas = tabla_de_indicadores.FILAS * 34
    esperado = (celdas, 0, []) if nuevas else (0, celdas, [])
    obtenido = (datos["nuevas"], datos["iguales"], datos["rechazadas"])
    assert obtenido == esperado, f"se esperaba {esperado} y fue {obtenido}"


def _vaciar():
    """Sin cifras ni versiones, con el catálogo y sus unidades en su sitio."""
    from django.db import connection

    tablas = ["caso", "hallazgo", "carga", "valor", "version"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            nombres = ", ".join(f"indicadores_{tabla}" for tabla in tablas)
            cursor.execute(f"TRUNCATE {nombres} CASCADE")
        else:
            for tabla in tablas:
                cursor.execute(f"DELETE FROM indicadores_{tabla}")


MEDIDAS = {"suelo": suelo, "portal": portal, "otra_vez": otra_vez}


def una(que: str, ruta: Path) -> None:
    print(json.dumps({"segundos": MEDIDAS[que](ruta), "memoria": memoria_maxima_mb()}))


def en_otro_proceso(que, ruta):
    orden = [sys.executable, "-m", "bench.carga_de_indicadores", "--una", que, str(ruta)]
    hecho = subprocess.run(orden, capture_output=True, text=True)
    if hecho.returncode:
        sys.exit(hecho.stderr)
    return json.loads(hecho.stdout)


def medir(vueltas):
    preparar()
    from django.db import connection

    from indicadores.models import Unidad

    municipios = list(
        Unidad.objects.filter(ambito="municipio").order_by("codigo").values_list("codigo", "nombre")
    )
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "municipal.csv"
        ruta.write_bytes(tabla_de_indicadores.en_csv(municipios))
        vueltas = [{que: en_otro_proceso(que, ruta) for que in MEDIDAS} for _ in range(vueltas)]
    razones = {
        que: [vuelta[que]["segundos"] / vuelta["suelo"]["segundos"] for vuelta in vueltas]
        for que in ("portal", "otra_vez")
    }
    decir(
        f"publicar {tabla_de_indicadores.FILAS} filas × 34 indicadores, {connection.vendor}",
        **{f"{que}_s": resumen([vuelta[que]["segundos"] for vuelta in vueltas]) for que in MEDIDAS},
        veces_el_suelo=resumen(razones["portal"]),
        otra_vez_veces_el_suelo=resumen(razones["otra_vez"]),
        memoria_mb=resumen([vuelta["portal"]["memoria"] for vuelta in vueltas]),
        cumple=bool(statistics.median(razones["portal"]) <= LIMITE),
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("ruta", nargs="?", type=Path, help=argparse.SUPPRESS)
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    opciones.add_argument("--una", choices=MEDIDAS, help=argparse.SUPPRESS)
    dado = opciones.parse_args()
    if dado.una:
        una(dado.una, dado.ruta)
    else:
        medir(dado.vueltas)
