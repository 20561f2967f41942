"""La tabla del índice, que cada base hace a su modo: las raíces de las palabras de cada entrada.

`titulo` y `cabeza` guardan el orden de las palabras; `todo`, solo cuáles están.
"""

from django.db import migrations

TABLA_DE_POSTGRESQL = """
    CREATE TABLE contenidos_busqueda
    (rowid bigint PRIMARY KEY, titulo tsvector, cabeza tsvector, todo tsvector)
"""
INDICE_DE_POSTGRESQL = (
    "CREATE INDEX contenidos_busqueda_todo ON contenidos_busqueda USING gin (todo)"
)
TABLA_DE_SQLITE = """
    CREATE VIRTUAL TABLE contenidos_busqueda
    USING fts5(titulo, cabeza, todo, tokenize = "unicode61 remove_diacritics 0")
"""


def crear(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TABLA_DE_POSTGRESQL)
        schema_editor.execute(INDICE_DE_POSTGRESQL)
    else:
        schema_editor.execute(TABLA_DE_SQLITE)


def quitar(apps, schema_editor):
    schema_editor.execute("DROP TABLE contenidos_busqueda")


class Migration(migrations.Migration):
    dependencies = [("contenidos", "0002_biblioteca")]

    operations = [migrations.RunPython(crear, quitar)]
