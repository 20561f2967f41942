"""Cargar muchas filas: el único módulo con SQL propio para escribir, con sus dos variantes.

PostgreSQL recibe un COPY y SQLite un executemany. Una misma prueba vale para las dos. Las filas
son tuplas ya listas para la base: los JSON, escritos; los nulos, None.
"""

import csv
import io
from collections.abc import Iterable
from itertools import islice

from django.db import connection, models

POR_TANDA = 20_000


def insertar(modelo: type[models.Model], columnas: list[str], filas: Iterable[tuple]) -> None:
    """Añade filas nuevas. Lo que no esté en `columnas` lo pone la base."""
    insertar_en = _copiar if _es_postgresql() else _insertar_una_a_una
    with connection.cursor() as cursor:
        insertar_en(cursor, modelo._meta.db_table, _campos(modelo, columnas), filas)


def actualizar(modelo: type[models.Model], columnas: list[str], filas: Iterable[tuple]) -> None:
    """Cambia filas que ya están. Cada tupla trae de primero su `id`."""
    actualizar_en = _actualizar_desde_copia if _es_postgresql() else _actualizar_una_a_una
    with connection.cursor() as cursor:
        actualizar_en(cursor, modelo._meta.db_table, _campos(modelo, ["id", *columnas]), filas)


def _es_postgresql():
    return connection.vendor == "postgresql"


def _citado(nombre):
    return connection.ops.quote_name(nombre)


def _campos(modelo, columnas):
    return {columna: modelo._meta.get_field(columna.removesuffix("_id")) for columna in columnas}


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────


def _copiar(cursor, tabla, campos, filas):
    # En CSV el vacío es nulo, salvo en las columnas que no lo admiten: ahí es texto vacío.
    llenas = [_citado(columna) for columna, campo in campos.items() if not campo.null]
    orden = (
        f"COPY {_citado(tabla)} ({', '.join(map(_citado, campos))}) FROM STDIN "
        f"WITH (FORMAT csv, FORCE_NOT_NULL ({', '.join(llenas)}))"
    )
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        texto = io.StringIO()
        csv.writer(texto, lineterminator="\n").writerows(tanda)
        texto.seek(0)
        cursor.copy_expert(orden, texto, size=1 << 18)


def _actualizar_desde_copia(cursor, tabla, campos, filas):
    columnas = [_citado(columna) for columna in campos]
    cursor.execute(
        f"CREATE TEMPORARY TABLE por_cambiar ON COMMIT DROP AS "
        f"SELECT {', '.join(columnas)} FROM {_citado(tabla)} WITH NO DATA"
    )
    _copiar(cursor, "por_cambiar", campos, filas)
    nuevos = ", ".join(f"{columna} = nueva.{columna}" for columna in columnas[1:])
    cursor.execute(
        f"UPDATE {_citado(tabla)} AS vieja SET {nuevos} "
        "FROM por_cambiar AS nueva WHERE vieja.id = nueva.id"
    )
    cursor.execute("DROP TABLE por_cambiar")


# ── SQLite ────────────────────────────────────────────────────────────────────────────────────


def _insertar_una_a_una(cursor, tabla, campos, filas):
    cursor.executemany(
        f"INSERT INTO {_citado(tabla)} ({', '.join(map(_citado, campos))}) "
        f"VALUES ({', '.join(['%s'] * len(campos))})",
        filas,
    )


def _actualizar_una_a_una(cursor, tabla, campos, filas):
    _, *columnas = campos
    cursor.executemany(
        f"UPDATE {_citado(tabla)} SET {', '.join(f'{_citado(c)} = %s' for c in columnas)} "
        "WHERE id = %s",
        ((*resto, uno) for uno, *resto in filas),
    )
