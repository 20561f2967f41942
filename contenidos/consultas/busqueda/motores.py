"""La tabla `contenidos_busqueda`: el único SQL propio de la búsqueda, con sus dos variantes.

Se encuentra por `todo` (qué raíces están) y se ordena contando dónde está cada grupo: en el
título, en la ficha o solo adentro. Contar, y no el puntaje de cada motor, da lo mismo en los dos.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from contenidos.consultas.busqueda.consulta import Consulta

EN_EL_TITULO, EN_LA_FICHA = 8, 3
LA_FRASE_SEGUIDA, UNA_MANERA_SEGUIDA = 5, 2
SEGUIDA = "' ' || ficha.titulo_raices || ' ' LIKE %s"


class Hallado(NamedTuple):
    buscable: int
    objeto: int
    puntos: int


class Entrada(NamedTuple):
    """Lo que se guarda de una cosa: raíces separadas por espacios. En `todo`, sin repetir."""

    buscable: int
    titulo: str
    cabeza: str
    todo: str


class Busqueda:
    """Una consulta ya buscada, de la que se piden los resultados por clase y por tramos.

    Todo pasa en la base, también cruzarlo con lo visible: de veinte mil hallados no viaja sino el
    tramo que se va a mostrar.
    """

    def __init__(self, consulta: Consulta):
        self._motor = _motor()
        self._donde, self._cuales_de = self._motor.donde(consulta.grupos)
        self._puntos, self._de_puntos = self._como_se_puntua(consulta)

    def tramo(
        self, clase: str, visibles: QuerySet, desde: int, hasta: int
    ) -> tuple[list[Hallado], int]:
        """De la más pertinente a la menos, y cuántas son en total (cero si el tramo no trae)."""
        cuales = self._cuales_de(clase)
        if not cuales:
            return [], 0
        try:
            suyos, de_suyos = visibles.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # no puede ver ninguno: ni se pregunta
            return [], 0
        # Aparte y ya puntuados: contar filas anchas es escribirlas en el disco.
        sql = f"""
            WITH hallados AS MATERIALIZED (
                SELECT ficha.id, ficha.objeto_id, ficha.vigente, ficha.fecha,
                       {self._puntos} AS puntos
                FROM {self._motor.FICHAS}
                WHERE {self._donde} AND ficha.clase = %s AND ficha.objeto_id IN ({suyos})
            )
            SELECT id, objeto_id, puntos, COUNT(*) OVER () FROM hallados
            ORDER BY puntos DESC, vigente DESC, fecha DESC NULLS LAST, objeto_id DESC
            LIMIT %s OFFSET %s
        """
        parametros = [*self._de_puntos, cuales, clase, *de_suyos, hasta - desde, desde]
        with connection.cursor() as cursor:
            cursor.execute(sql, parametros)
            filas = cursor.fetchall()
        return [Hallado(*fila[:3]) for fila in filas], filas[0][3] if filas else 0

    def objetos(self, clase: str) -> RawSQL:
        """`filter(pk__in=busqueda.objetos("contenido"))`: los hallados de esa clase."""
        sql = f"""
            SELECT ficha.objeto_id
            FROM {self._motor.FICHAS}
            WHERE {self._donde} AND ficha.clase = %s
        """
        return RawSQL(sql, [self._cuales_de(clase) or self._motor.lista([]), clase])

    def _como_se_puntua(self, consulta):
        sumandos, parametros = [], []
        for grupo in consulta.grupos:
            # Lo del título está también en la ficha: si no está en ella, no hay más que mirar.
            ficha, titulo = self._motor.esta_en("cabeza"), self._motor.esta_en("titulo")
            en_el_titulo = f"CASE WHEN {titulo} THEN {EN_EL_TITULO} ELSE 0 END"
            sumandos.append(f"CASE WHEN {ficha} THEN {EN_LA_FICHA} + {en_el_titulo} ELSE 0 END")
            parametros += [self._motor.grupo(grupo, columna) for columna in ("cabeza", "titulo")]
            if largas := [una for una in grupo.alternativas if len(una) > 1]:
                alguna = " OR ".join([SEGUIDA] * len(largas))
                sumandos.append(f"CASE WHEN {alguna} THEN {UNA_MANERA_SEGUIDA} ELSE 0 END")
                parametros += [f"% {' '.join(una)} %" for una in largas]
        sumandos.append(f"CASE WHEN {SEGUIDA} THEN {LA_FRASE_SEGUIDA} ELSE 0 END")
        sumandos.append(f"CASE WHEN ficha.titulo_raices = %s THEN {LA_FRASE_SEGUIDA} ELSE 0 END")
        return " + ".join(sumandos), [*parametros, f"% {consulta.frase} %", consulta.frase]


def escribir(entradas: Iterable[Entrada]) -> None:
    """Añade o reemplaza. También lo que hubiera quedado con ese número de otra cosa."""
    if entradas := list(entradas):
        with connection.cursor() as cursor:
            _motor().escribir(cursor, entradas)


def borrar(buscables: Iterable[int]) -> None:
    if buscables := list(buscables):
        with connection.cursor() as cursor:
            sql, lista = _motor().LISTA, _motor().lista(buscables)
            cursor.execute(f"DELETE FROM contenidos_busqueda WHERE rowid IN ({sql})", [lista])


def borrar_huerfanas() -> None:
    """Las que ya no tienen entrada en el índice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM contenidos_busqueda "
            "WHERE rowid NOT IN (SELECT id FROM contenidos_buscable)"
        )


def entre(numeros: Iterable[int]) -> RawSQL:
    """`filter(pk__in=entre(numeros))`: una lista larga como un solo parámetro."""
    return RawSQL(_motor().LISTA, [_motor().lista(list(numeros))])


def _motor():
    return PostgreSQL if connection.vendor == "postgresql" else SQLite


class PostgreSQL:
    FICHAS = (
        "contenidos_busqueda "
        "JOIN contenidos_buscable AS ficha ON ficha.id = contenidos_busqueda.rowid"
    )
    LISTA = "SELECT unnest(%s::bigint[])"

    @staticmethod
    def lista(numeros):
        # Ya escrita: adaptar veinte mil números uno por uno tarda más que buscarlos.
        return f"{{{','.join(map(str, numeros))}}}"

    @staticmethod
    def esta_en(columna):
        return f"contenidos_busqueda.{columna} @@ %s::tsquery"

    @classmethod
    def donde(cls, grupos):
        """Primero cuáles son, solo con el índice: recorrer la tabla es desempacar cada libro, y eso
        la base no lo cuenta cuando escoge cómo. Y cada clase con los suyos, que pueden ser pocos.
        """
        todos = " & ".join(f"({cls.grupo(grupo)})" for grupo in grupos)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SET LOCAL enable_seqscan = off;
                WITH estan AS MATERIALIZED (
                    SELECT rowid FROM contenidos_busqueda WHERE todo @@ %s::tsquery
                )
                SELECT ficha.clase, string_agg(ficha.id::text, ',')
                FROM estan JOIN contenidos_buscable AS ficha ON ficha.id = estan.rowid
                GROUP BY ficha.clase
                """,
                [todos],
            )
            numeros = {clase: f"{{{suyos}}}" for clase, suyos in cursor.fetchall()}
            if connection.in_atomic_block:
                cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        return "contenidos_busqueda.rowid = ANY(%s::bigint[])", numeros.get

    @staticmethod
    def grupo(grupo, columna=""):
        # Una raíz es solo letras y cifras: no hay nada que escapar.
        alternativas = (" & ".join(f"'{raiz}'" for raiz in una) for una in grupo.alternativas)
        return " | ".join(f"({una})" for una in alternativas)

    @staticmethod
    def escribir(cursor, entradas):
        # Como conjuntos, sin posiciones: así cabe un libro de quinientas páginas, y las raíces
        # entran tal cual, sin que la base decida otra vez qué es una palabra.
        conjuntos = ", ".join(
            f"array_to_tsvector(array_remove(string_to_array({columna}, ' '), ''))"
            for columna in ("titulo", "cabeza", "todo")
        )
        cursor.execute(
            f"""
            INSERT INTO contenidos_busqueda (rowid, titulo, cabeza, todo)
            SELECT numero, {conjuntos}
            FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
                 AS nueva (numero, titulo, cabeza, todo)
            ON CONFLICT (rowid) DO UPDATE
            SET titulo = excluded.titulo, cabeza = excluded.cabeza, todo = excluded.todo
            """,
            [list(columna) for columna in zip(*entradas, strict=True)],
        )


# El «+» deja ese número fuera del índice: con él, prueba cada número con cada objeto.
ESTA = "+ficha.id IN (SELECT rowid FROM contenidos_busqueda WHERE contenidos_busqueda MATCH %s)"


class SQLite:
    FICHAS = "contenidos_buscable AS ficha"  # unida a la otra, la recorrería ficha por ficha
    LISTA = "SELECT value FROM json_each(%s)"

    @staticmethod
    def lista(numeros):
        return json.dumps(numeros)

    @staticmethod
    def esta_en(columna):
        return ESTA

    @classmethod
    def donde(cls, grupos):
        todos = " AND ".join(cls.grupo(grupo, "todo") for grupo in grupos)
        return ESTA, lambda clase: todos

    @staticmethod
    def grupo(grupo, columna):
        alternativas = (" AND ".join(f'"{raiz}"' for raiz in una) for una in grupo.alternativas)
        return f"({columna} : ({' OR '.join(f'({una})' for una in alternativas)}))"

    @classmethod
    def escribir(cls, cursor, entradas):
        numeros = cls.lista([entrada.buscable for entrada in entradas])
        cursor.execute(f"DELETE FROM contenidos_busqueda WHERE rowid IN ({cls.LISTA})", [numeros])
        cursor.executemany(
            "INSERT INTO contenidos_busqueda (rowid, titulo, cabeza, todo) VALUES (%s, %s, %s, %s)",
            entradas,
        )
