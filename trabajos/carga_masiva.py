"""Mover muchas filas: el único módulo con SQL propio para escribir, con sus dos variantes.

PostgreSQL usa COPY y SQLite executemany. Una misma prueba vale para las dos. Las filas son tuplas
ya listas para la base: los JSON, escritos; los nulos, None.
"""

import gc
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

POR_TANDA = 20_000
POR_LECTURA = 100  # trozos
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
    return "".join(f"{fila}\n" for fila in pegar(*map(en_texto, zip(*filas, strict=True))))


def pegar(*columnas: Iterable[str]) -> Iterator[str]:
    """Cada fila, de columnas ya escritas con `en_texto`; una puede ser varias ya pegadas."""
    return map("\t".join, zip(*columnas, strict=True))


def repetir(comienzo: str, finales: Iterable[str]) -> str:
    """Varias filas escritas que empiezan igual: su comienzo no se escribe una vez por cada una."""
    return f"{comienzo}\t" + f"\n{comienzo}\t".join(finales) + "\n"


def insertar_escritas(
    modelo: type[models.Model], columnas: list[str], escrito: str | Iterable[str]
) -> None:
    """Lo mismo que `insertar`, con lo que dio `escribir`: entero o por trozos de filas enteras."""
    campos = _campos(modelo, columnas)
    trozos = [escrito] if isinstance(escrito, str) else escrito
    with connection.cursor() as cursor:
        if _es_postgresql():
            _copiar_trozos(cursor, modelo._meta.db_table, campos, trozos)
        else:
            filas = (fila for trozo in trozos for fila in _releer(campos, trozo))
            _insertar_una_a_una(cursor, modelo._meta.db_table, campos, filas)


def contar_de_nuevo(modelo: type[models.Model]) -> None:
    """Tras una carga grande, que la base sepa cuánto hay: sin eso planea como si no hubiera nada,
    y una consulta de un segundo tarda minutos. Sola tarda un rato en enterarse."""
    if _es_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_citado(modelo._meta.db_table)}")


@contextmanager
def sin_buscar_basura():
    """Mientras se arman millones de tuplas: Python las recorre una y otra vez buscando ciclos que
    no tienen, y eso es un décimo de lo que tarda una carga grande."""
    buscaba = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if buscaba:
            gc.enable()


def leer(consulta: models.QuerySet, tipos: list[Callable]) -> list[list]:
    """Las columnas de una consulta de `values_list`, sin pasar fila por fila."""
    leer_de = _leer_copiando if _es_postgresql() else _leer_de_corrido
    try:
        sql, parametros = consulta.query.sql_with_params()
    except EmptyResultSet:  # pide algo «entre ninguno»: ni se pregunta
        return [[] for _ in tipos]
    with connection.cursor() as cursor:
        return leer_de(cursor, sql, parametros, tipos)


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
        if type(None) not in tipos:
            return map(escribir, columna)
        return [NULO if valor is None else escribir(valor) for valor in columna]
    todo = "".join(columna)
    return map(_escapado, columna) if any(letra in todo for letra in ESCRITO) else columna


def _escapado(texto):
    return str(texto).translate(POR_ESCAPAR)


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────


def _copiar(cursor, tabla, campos, filas):
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        _copiar_trozos(cursor, tabla, campos, [escribir(tanda)])


def _copiar_trozos(cursor, tabla, campos, trozos):
    with connection.wrap_database_errors:  # a COPY no lo envuelve Django
        cursor.copy_expert(
            f"COPY {_citado(tabla)} ({', '.join(map(_citado, campos))}) FROM STDIN", _Flujo(trozos)
        )


class _Flujo(io.TextIOBase):
    """Lo que la base lee a medida que se escribe: mientras ella guarda, aquí se sigue."""

    def __init__(self, trozos):
        self.trozos = iter(trozos)

    def read(self, _=-1):
        return "".join(islice(self.trozos, POR_LECTURA))


def _leer_copiando(cursor, sql, parametros, tipos):
    salida = io.BytesIO()
    with connection.wrap_database_errors:
        cursor.copy_expert(f"COPY ({cursor.mogrify(sql, parametros).decode()}) TO STDOUT", salida)
    celdas = salida.getvalue().decode().replace("\n", "\t").split("\t")[:-1]
    return [_leida(celdas[i :: len(tipos)], tipo) for i, tipo in enumerate(tipos)]


def _leida(celdas, tipo):
    """Cada valor distinto se convierte una vez: en una columna larga casi todos se repiten."""
    valores = {celda: tipo(_sin_escapes(celda)) for celda in set(celdas) - {NULO}}
    valores[NULO] = None
    return list(map(valores.__getitem__, celdas))


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


def _leer_de_corrido(cursor, sql, parametros, tipos):
    cursor.execute(sql, parametros)
    columnas = list(map(list, zip(*cursor.fetchall(), strict=True)))
    return columnas or [[] for _ in tipos]


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
