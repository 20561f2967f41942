"""Del texto a las filas: cuál es el separador se sabe cuando una fila resulta ser la cabecera."""

import csv
import io
from collections import Counter
from collections.abc import Iterable

from conectate.lectura.cabeceras import conceptos_de, formato_de
from conectate.lectura.errores import ArchivoNoLegible

SEPARADORES = {"\t": "tab", ",": "coma", ";": "punto y coma", "|": "barra"}
MUESTRA = 64 * 1024
MAX_CELDA = 1024 * 1024
MAX_FILAS = 300_000
MAX_CELDAS = 8_000_000
FILAS_DE_CABECERA = 1000

Filas = list[list[str]]

csv.field_size_limit(MAX_CELDA)


def filas_de_texto(texto: str) -> tuple[Filas, str]:
    """Las filas y el nombre del separador."""
    if _tiene_mas_de(MAX_FILAS, "\n\r", texto) or _tiene_mas_de(MAX_CELDAS, SEPARADORES, texto):
        raise ArchivoNoLegible("demasiado_grande")
    externo, interno = _separadores(texto)
    filas = _leer(texto, externo)
    if _hay_comillas_sin_cerrar(filas, texto, externo):
        filas = _leer_linea_a_linea(texto, externo)
    if externo != interno or '"' in texto:  # si no, ninguna celda lleva el separador dentro
        filas = _abrir_celdas(filas, interno)
    return filas, SEPARADORES[interno]


def _tiene_mas_de(tope: int, signos: Iterable[str], texto: str) -> bool:
    return len(texto) > tope and any(texto.count(signo) > tope for signo in signos)


def filas_de_una_columna(filas: Filas) -> tuple[Filas, str] | None:
    """Un libro con cada fila entera metida en la columna A: se vuelve a leer como texto."""
    if any(any(fila[1:]) for fila in filas):
        return None
    texto = "\n".join(fila[0] if fila else "" for fila in filas)
    leidas, separador = filas_de_texto(texto)
    return (leidas, separador) if any(len(fila) > 1 for fila in leidas) else None


def _separadores(texto: str) -> tuple[str, str]:
    """El separador de celdas, y el de dentro si cada fila vino metida en una sola celda.

    Primero, el que hace aparecer una cabecera conocida; si no hay, el que da columnas más parejas.
    """
    muestra = texto[:MUESTRA]
    leidas = {separador: _leer(muestra, separador) for separador in SEPARADORES}
    candidatos = [(uno, uno) for uno in SEPARADORES] + [
        (externo, interno)
        for externo in SEPARADORES
        for interno in SEPARADORES
        if externo != interno and _cabria(leidas[externo], interno)
    ]
    puntajes = {
        (externo, interno): _columnas_reconocidas(_abrir_celdas(leidas[externo], interno))
        for externo, interno in candidatos
    }
    mejor = max(puntajes, key=puntajes.get)
    if puntajes[mejor]:
        return mejor
    parejo = max(SEPARADORES, key=lambda separador: _parejas(leidas[separador]))
    return parejo, parejo


def _cabria(filas: Filas, interno: str) -> bool:
    return any(fila and fila[0].count(interno) > 1 and not any(fila[1:]) for fila in filas[:50])


def _columnas_reconocidas(filas: Filas) -> int:
    return max(
        (len(conceptos_de(fila)) for fila in filas[:FILAS_DE_CABECERA] if formato_de(fila)),
        default=0,
    )


def _parejas(filas: Filas) -> int:
    """Cuántas celdas tienen las filas del ancho más común (de más de una columna)."""
    anchos = Counter(len(fila) for fila in filas if len(fila) > 1)
    return max((ancho * veces for ancho, veces in anchos.items()), default=0)


def _leer(texto: str, separador: str) -> Filas:
    try:
        return list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador))
    except csv.Error:
        # Una comilla abierta se tragó medio archivo.
        return _leer_linea_a_linea(texto, separador)


def _leer_linea_a_linea(texto: str, separador: str) -> Filas:
    """Sin celdas de varias líneas, para que una comilla suelta no arrastre a las filas de abajo."""
    filas = []
    for linea in io.StringIO(texto, newline=None):
        linea = linea.rstrip("\n")[:MAX_CELDA]
        comillas = csv.QUOTE_NONE if linea.count('"') % 2 else csv.QUOTE_MINIMAL
        filas.extend(csv.reader([linea], delimiter=separador, quoting=comillas))
    return filas


def _hay_comillas_sin_cerrar(filas: Filas, texto: str, separador: str) -> bool:
    """Una celda que contiene varias filas enteras es una comilla que nadie cerró."""
    if texto.count("\n") <= len(filas):
        return False
    ancho = max((len(fila) for fila in filas), default=0)
    return any(
        sum(linea.count(separador) >= max(1, ancho - 2) for linea in celda.split("\n")) > 2
        for fila in filas
        for celda in fila
        if "\n" in celda
    )


def _abrir_celdas(filas: Filas, separador: str) -> Filas:
    """Filas que vinieron enteras entre comillas, como una sola celda: se leen otra vez."""
    return [
        _reabrir(fila, separador) if fila and separador in fila[0] and not any(fila[1:]) else fila
        for fila in filas
    ]


def _reabrir(fila: list[str], separador: str) -> list[str]:
    if "\n" in fila[0] and '"' not in fila[0]:
        return fila
    try:
        dentro = next(csv.reader([fila[0]], delimiter=separador), fila)
    except csv.Error:
        return fila
    return dentro if len(dentro) > 2 else fila
