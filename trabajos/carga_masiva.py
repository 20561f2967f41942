"""Cargar muchas filas: el único módulo con SQL propio para escribir, con sus dos variantes.

PostgreSQL recibe un COPY y SQLite un executemany. Una misma prueba vale para las dos. Las filas
son tuplas ya listas para la base: los JSON, escritos; los nulos, None.
"""

import io
import re
from collections.abc import Iterable
from itertools import islice

from django.db import connection, models

POR_TANDA = 20_000
LOGICOS = {"True": 1, "False": 0}
# El formato de texto de COPY: celdas por tabulador, filas por salto de línea.
NULO = "\\N"
ESCRITO = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
LEIDO = {escape: letra for letra, escape in ESCRITO.items()}
POR_ESCAPAR, ESCAPES = str.maketrans(ESCRITO), re.compile(r"\\[\\tnr]")


def insertar(modelo: type[models.Model], columnas: list[str], filas: Iterable[tuple]) -> None:
    """Añade filas nuevas. Lo que no esté en `columnas` lo pone la base."""
    insertar_en = _copiar if _es_postgresql() else _insertar_una_a_una
    with connection.cursor() as cursor:
        insertar_en(cursor, modelo._meta.db_table, _campos(modelo, columnas), filas)


def escribir(filas: Iterable[tuple]) -> str:
    """Las filas como las pide la base, para insertarlas otro día con `insertar_escritas`."""
    # Por columnas: preguntar por cada celda de una carga grande es lo que más cuesta.
    return pegar(*map(en_texto, zip(*filas, strict=True)))


def pegar(*columnas: Iterable[str]) -> str:
    """Lo mismo, con las columnas ya escritas. Una puede llevar varias: lo que se repite en muchas
    filas se escribe una sola vez."""
    return "".join(f"{fila}\n" for fila in map("\t".join, zip(*columnas, strict=True)))


def insertar_escritas(modelo: type[models.Model], columnas: list[str], escrito: str) -> None:
    """Lo mismo que `insertar`, con lo que dio `escribir`."""
    campos = _campos(modelo, columnas)
    with connection.cursor() as cursor:
        if _es_postgresql():
            _copiar_texto(cursor, modelo._meta.db_table, campos, escrito)
        else:
            filas = _releer(campos, escrito)
            _insertar_una_a_una(cursor, modelo._meta.db_table, campos, filas)


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


def en_texto(columna: Iterable) -> Iterable[str]:
    """Una columna como la pide la base."""
    columna = tuple(columna)
    tipos = set(map(type, columna))
    if tipos != {str}:
        escribir = _escapado if str in tipos else str
        return [NULO if valor is None else escribir(valor) for valor in columna]
    todo = "".join(columna)
    return map(_escapado, columna) if any(letra in todo for letra in ESCRITO) else columna


def _escapado(texto):
    return str(texto).translate(POR_ESCAPAR)


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────


def _copiar(cursor, tabla, campos, filas):
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        _copiar_texto(cursor, tabla, campos, escribir(tanda))


def _copiar_texto(cursor, tabla, campos, texto):
    with connection.wrap_database_errors:  # a COPY no lo envuelve Django
        cursor.copy_expert(
            f"COPY {_citado(tabla)} ({', '.join(map(_citado, campos))}) FROM STDIN",
            io.StringIO(texto),
            size=1 << 18,
        )


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


def _releer(campos, escrito):
    """Los números los convierte SQLite según su columna; nulos y lógicos, aquí."""
    logicos = [
        i for i, campo in enumerate(campos.values()) if isinstance(campo, models.BooleanField)
    ]
    for linea in escrito.split("\n")[:-1]:
        fila = linea.split("\t")
        if "\\" in linea:
            fila = [None if celda == NULO else _sin_escapes(celda) for celda in fila]
        for i in logicos:
            fila[i] = LOGICOS[fila[i]]
        yield fila


def _sin_escapes(celda):
    return ESCAPES.sub(lambda escape: LEIDO[escape[0]], celda)


def _actualizar_una_a_una(cursor, tabla, campos, filas):
    _, *columnas = campos
    cursor.executemany(
        f"UPDATE {_citado(tabla)} SET {', '.join(f'{_citado(c)} = %s' for c in columnas)} "
        "WHERE id = %s",
        ((*resto, uno) for uno, *resto in filas),
    )
