"""Importar una lista de 70.000 filas, de extremo a extremo, contra el suelo.

El suelo es lo mínimo que costaría: leer el mismo archivo e insertar sus filas como lo haga más
rápido la base (COPY en PostgreSQL, executemany en SQLite). Cada medida va en un proceso propio.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import listas
from bench.escenario import cronometro, decir, memoria_maxima_mb, preparar, resumen

FILAS, PERSONAS, VUELTAS = 70_000, 30_000, 5
ESCRIBIR = {"csv": listas.en_csv, "xlsx": listas.en_xlsx}


def suelo(ruta: Path) -> float:
    """Leer e insertar, sin entender nada: ni de quién es cada fila ni a qué entidad va."""
    from django.db import connection

    es_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS suelo")
        cursor.execute(TABLA_DEL_SUELO[connection.vendor])
    with cronometro() as tiempo:
        filas = _filas_de(ruta)
        with connection.cursor() as cursor:
            (_copiar if es_postgresql else _insertar)(cursor, filas)
    return tiempo.segundos


COLUMNAS_DEL_SUELO = "nombre, correo, entrada, salida, minutos, invitado, espera"
TABLA_DEL_SUELO = {
    "postgresql": "CREATE TABLE suelo (id bigserial PRIMARY KEY, nombre text, correo text, "
    "entrada timestamp, salida timestamp, minutos numeric, invitado text, espera text)",
    "sqlite": "CREATE TABLE suelo (id integer PRIMARY KEY, nombre text, correo text, "
    "entrada text, salida text, minutos real, invitado text, espera text)",
}


def _copiar(cursor, filas):
    import csv
    import io

    texto = io.StringIO()
    csv.writer(texto).writerows(filas)
    texto.seek(0)
    cursor.execute("SET datestyle TO 'ISO, DMY'")
    cursor.copy_expert(f"COPY suelo ({COLUMNAS_DEL_SUELO}) FROM STDIN WITH (FORMAT csv)", texto)


def _insertar(cursor, filas):
    cursor.execute("BEGIN")
    cursor.executemany(
        f"INSERT INTO suelo ({COLUMNAS_DEL_SUELO}) VALUES ({','.join(['%s'] * 7)})", filas
    )
    cursor.execute("COMMIT")


def _filas_de(ruta):
    if ruta.suffix == ".csv":
        import csv

        with open(ruta, encoding="utf-8-sig", newline="") as archivo:
            return list(csv.reader(archivo))[1:]
    from python_calamine import CalamineWorkbook

    libro = CalamineWorkbook.from_path(str(ruta))
    filas = libro.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    return [[str(celda) for celda in fila] for fila in filas]


def portal(ruta: Path) -> float:
    """Lo mismo que hace la página: recibir, leer, resolver, guardar y contar."""
    from django.core.files import File

    from conectate.acciones import importaciones, lecturas
    from conectate.acciones.sesiones import crear_sesion
    from conectate.models import Importacion, Participacion, Sesion, TipoSesion

    Importacion.objects.filter(sesion__fecha=listas.FECHA).delete()
    sesion = crear_sesion(
        por=None,
        titulo="Medida",
        tipo=TipoSesion.objects.get(clave="informativa"),
        fecha=listas.FECHA,
        estado=Sesion.Estado.REALIZADA,
    )
    with cronometro() as tiempo, open(ruta, "rb") as archivo:
        importacion, _ = importaciones.recibir(
            sesion=sesion, archivo=File(archivo), nombre=ruta.name, por=None
        )
        with importacion.archivo.open("rb") as guardado:
            leido = lecturas.interpretar(guardado.read(), nombre=ruta.name, fecha=listas.FECHA)
        lecturas.guardar_lectura(importacion, leido, lecturas.preparar(importacion, leido))
        importaciones.confirmar(importacion=importacion, por=None)
    personas = Participacion.objects.filter(sesion=sesion).count()
    assert personas == PERSONAS, f"se contaron {personas} personas y eran {PERSONAS}"
    sesion.delete()
    return tiempo.segundos


def una(que: str, ruta: Path) -> None:
    preparar()
    segundos = {"suelo": suelo, "portal": portal}[que](ruta)
    print(json.dumps({"segundos": segundos, "memoria": memoria_maxima_mb()}))


def en_otro_proceso(que, ruta):
    orden = [sys.executable, "-m", "bench.importacion", "--una", que, str(ruta)]
    hecho = subprocess.run(orden, capture_output=True, text=True)
    if hecho.returncode:
        sys.exit(hecho.stderr)
    return json.loads(hecho.stdout)


def medir(formato, vueltas):
    preparar()
    from django.db import connection

    from territorio.models import EntidadTerritorial

    dominios = [f"e{codigo}.example" for codigo in _codigos(EntidadTerritorial)]
    _ensenar(dominios)
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / f"lista.{formato}"
        ruta.write_bytes(ESCRIBIR[formato](FILAS, PERSONAS, dominios))
        parejas = [
            (en_otro_proceso("suelo", ruta), en_otro_proceso("portal", ruta))
            for _ in range(vueltas)
        ]
    razones = [portal["segundos"] / suelo["segundos"] for suelo, portal in parejas]
    decir(
        f"importar {FILAS} filas en {formato.upper()} ({PERSONAS} personas), {connection.vendor}",
        suelo_s=resumen([suelo["segundos"] for suelo, _ in parejas]),
        portal_s=resumen([portal["segundos"] for _, portal in parejas]),
        veces_el_suelo=resumen(razones),
        memoria_mb=resumen([portal["memoria"] for _, portal in parejas]),
        cumple=bool(statistics.median(razones) <= 3),
    )


def _codigos(modelo):
    return modelo.objects.order_by("codigo_dane").values_list("codigo_dane", flat=True)


def _ensenar(dominios):
    from territorio.models import Dominio, EntidadTerritorial

    entidades = EntidadTerritorial.objects.order_by("codigo_dane")
    Dominio.objects.bulk_create(
        [
            Dominio(dominio=dominio, entidad=entidad, clase=Dominio.Clase.ENTIDAD)
            for dominio, entidad in zip(dominios, entidades, strict=True)
        ],
        ignore_conflicts=True,
    )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("formatos", nargs="*", default=["csv", "xlsx"])
    opciones.add_argument("--vueltas", type=int, default=VUELTAS)
    opciones.add_argument("--una", choices=["suelo", "portal"], help=argparse.SUPPRESS)
    dado = opciones.parse_args()
    if dado.una:
        una(dado.una, Path(dado.formatos[0]))
    else:
        for formato in dado.formatos:
            medir(formato, dado.vueltas)
