"""Los catálogos de partida. Volver a cargarlos no pisa lo que alguien cambió."""

import csv
from pathlib import Path

from django.db import transaction

from contenidos.models import Audiencia, Clase, Eje, Nivel

CATALOGO = Path(__file__).resolve().parent.parent / "catalogo"
ARCHIVOS = {Clase: "clases", Audiencia: "audiencias", Nivel: "niveles", Eje: "ejes"}
ENTEROS, LOGICOS = {"desde", "hasta"}, {"es_video", "es_enlace"}


@transaction.atomic
def cargar_catalogos() -> int:
    """Añade lo que falte. Devuelve cuántas entradas hubo que crear."""
    return sum(_cargar(modelo) for modelo in ARCHIVOS)


def la_clase(clave: str) -> Clase:
    """La que el portal da por hecha, esté o no cargado el catálogo."""
    if not Clase.objects.filter(clave=clave).exists():
        _cargar(Clase)
    return Clase.objects.get(clave=clave)


def _cargar(modelo):
    creadas = 0
    for orden, fila in enumerate(_filas(modelo), 1):
        clave = fila.pop("clave")
        _, es_nueva = modelo.objects.get_or_create(clave=clave, defaults={**fila, "orden": orden})
        creadas += es_nueva
    return creadas


def _filas(modelo):
    ruta = CATALOGO / f"{ARCHIVOS[modelo]}.csv"
    with open(ruta, encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            yield {columna: _valor(columna, celda) for columna, celda in fila.items()}


def _valor(columna, celda):
    if columna in LOGICOS:
        return celda == "sí"
    if columna in ENTEROS:
        return int(celda) if celda else None
    if columna == "corresponde_a":
        return Eje.objects.get(clave=celda) if celda else None
    return celda
