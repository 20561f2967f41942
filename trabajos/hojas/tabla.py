"""Las tablas de un archivo que trae una persona, libro de Excel o CSV: toda celda es texto."""

import codecs
import csv
import io

from trabajos.hojas.leer import OLE, ZIP, LibroIlegible, leer_hojas

SEPARADORES = ";\t,|"
PRIMERAS = 30


def leer_tablas(datos: bytes) -> list[list[list[str]]]:
    """Las filas de cada hoja, en orden. Un CSV trae una sola; lo que no es tabla se dice."""
    if datos.startswith((ZIP, OLE)):
        return [filas for _, filas in leer_hojas(datos)]
    if not datos.removeprefix(codecs.BOM_UTF8).strip():
        raise LibroIlegible("vacio", "El archivo está vacío. Vuelva a guardarlo y súbalo otra vez.")
    if b"\x00" in datos or datos.startswith(b"%PDF"):
        raise LibroIlegible(
            "no_es_una_tabla",
            "El archivo no es una tabla. Guárdelo como libro de Excel (.xlsx) o como CSV.",
        )
    return [_filas_de_texto(_decodificar(datos))]


def _decodificar(datos):
    try:
        return datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        return datos.decode("cp1252", "replace")


def _filas_de_texto(texto):
    """El separador es el que da más columnas en la fila que más tiene."""
    if texto.count('"') % 2:
        raise LibroIlegible(
            "danado",
            "El archivo parece incompleto: se abren unas comillas que nadie cierra. Vuelva a "
            "guardarlo y súbalo otra vez.",
        )
    primeras = texto.splitlines()[:PRIMERAS]
    separador = max(SEPARADORES, key=lambda signo: max(fila.count(signo) for fila in primeras))
    try:
        return list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
    except csv.Error as error:
        raise LibroIlegible(
            "danado",
            "El archivo está dañado y no se puede leer. Vuelva a guardarlo y súbalo otra vez.",
        ) from error
