"""Las descargas en Excel: por contenido, por secretaría, y el cruce de las dos."""

from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from contenidos.consultas import descargas as consultas
from contenidos.models import Descarga
from trabajos.hojas.escribir import Columna, Hoja, Metadatos, escribir_xlsx

ENTERO, TEXTO = "entero", "texto"


def escribir_descargas(ruta: Path, suyas: QuerySet[Descarga], *, alcance: str, por: str) -> int:
    """`alcance`: qué año o qué secretaría. Devuelve cuántas filas lleva."""
    return escribir_xlsx(
        ruta,
        [
            Hoja(
                "Por contenido",
                [
                    Columna("Contenido"),
                    Columna("Clase"),
                    Columna("Descargas", ENTERO),
                    Columna("Secretarías", ENTERO),
                    Columna("Última", "fecha"),
                ],
                (
                    (
                        fila["contenido__titulo"],
                        fila["contenido__clase__nombre"],
                        fila["n"],
                        fila["n_entidades"],
                        timezone.localdate(fila["ultima"]),
                    )
                    for fila in consultas.por_contenido(suyas)
                ),
            ),
            Hoja(
                "Por secretaría",
                [
                    Columna("Código DANE"),
                    Columna("Secretaría"),
                    Columna("Descargas", ENTERO),
                    Columna("Contenidos", ENTERO),
                    Columna("Última", "fecha"),
                ],
                (
                    (
                        fila["entidad__codigo_dane"],
                        fila["entidad__nombre"],
                        fila["n"],
                        fila["n_contenidos"],
                        timezone.localdate(fila["ultima"]),
                    )
                    for fila in consultas.por_entidad(suyas)
                ),
            ),
            Hoja(
                "Contenido y secretaría",
                [
                    Columna("Contenido"),
                    Columna("Código DANE"),
                    Columna("Secretaría"),
                    Columna("Descargas", ENTERO),
                ],
                (
                    (
                        fila["contenido__titulo"],
                        fila["entidad__codigo_dane"],
                        fila["entidad__nombre"],
                        fila["n"],
                    )
                    for fila in consultas.por_contenido_y_entidad(suyas)
                ),
            ),
        ],
        Metadatos(
            titulo="Descargas de la biblioteca",
            que_es=consultas.QUE_ES,
            fuente="Escuela Virtual de Secretarías (calculado)",
            corte=timezone.localdate(),
            por=por,
            mas=[("Alcance", alcance)],
        ),
    )
