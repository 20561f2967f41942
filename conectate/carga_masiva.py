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
LOGICOS = {"True": 1, "False": 0}


def insertar(modelo: type[models.Model], columnas: list[str], filas: Iterable[tuple]) -> None:
    """Añade filas nuevas. Lo que no esté en `columnas` lo pone la base."""
    insertar_en = _copiar if _es_postgresql() else _insertar_una_a_una
    with connection.cursor() as cursor:
        insertar_en(cursor, modelo._meta.db_table, _campos(modelo, columnas), filas)


def escribir(filas: Iterable[tuple]) -> str:
    """Las filas como las pide la base, para insertarlas otro día con `insertar_escritas`."""
    texto = io.StringIO()
    # Se entrecomilla lo que haya en el fin de línea: así, también un retorno de carro suelto.
    csv.writer(texto, lineterminator="\r\n").writerows(filas)
    return texto.getvalue()


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


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────


def _copiar(cursor, tabla, campos, filas):
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        _copiar_texto(cursor, tabla, campos, escribir(tanda))


def _copiar_texto(cursor, tabla, campos, texto):
    # En CSV el vacío es nulo, salvo en las columnas que no lo admiten: ahí es texto vacío.
    llenas = [_citado(columna) for columna, campo in campos.items() if not campo.null]
    with connection.wrap_database_errors:  # a COPY no lo envuelve Django
        cursor.copy_expert(
            f"COPY {_citado(tabla)} ({', '.join(map(_citado, campos))}) FROM STDIN "
            f"WITH (FORMAT csv, FORCE_NOT_NULL ({', '.join(llenas)}))",
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
    nulos = [i for i, campo in enumerate(campos.values()) if campo.null]
    logicos = [
        i for i, campo in enumerate(campos.values()) if isinstance(campo, models.BooleanField)
    ]
    for fila in csv.reader(io.StringIO(escrito, newline="")):
        for i in nulos:
            fila[i] = fila[i] or None
        for i in logicos:
            fila[i] = LOGICOS[fila[i]]
        yield fila


def _actualizar_una_a_una(cursor, tabla, campos, filas):
    _, *columnas = campos
    cursor.executemany(
        f"UPDATE {_citado(tabla)} SET {', '.join(f'{_citado(c)} = %s' for c in columnas)} "
        "WHERE id = %s",
        ((*resto, uno) for uno, *resto in filas),
    )
