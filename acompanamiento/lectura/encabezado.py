"""Dónde empieza la tabla de un listado y qué trae cada columna, por su título."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from territorio.texto import normalizar
from trabajos.hojas.leer import LibroIlegible
from trabajos.hojas.tabla import leer_tablas

FILAS_DE_CABECERA = 30
TITULO_MAS_LARGO = 80
CELDA_MAS_LARGA = 300
AL_PIE = re.compile(r"(fuente|nota|total|corte|elabor|fecha)\b")


class ListadoIlegible(Exception):
    """No hay de dónde leer; el mensaje dice qué hacer."""


@dataclass(frozen=True)
class Rechazo:
    fila: int
    valor: str
    motivo: str


@dataclass
class Tabla:
    columnas: dict[str, int]  # qué es → en qué posición está
    sobran: list[str] = field(default_factory=list)  # los títulos que no se usan
    filas: list[tuple[int, list[str]]] = field(default_factory=list)  # numeradas como en Excel

    def datos(self, fila: list[str]) -> dict[str, str]:
        """Lo que dice una fila; lo que el archivo no trae queda vacío."""
        return {que: _celda(fila, posicion) for que, posicion in self.columnas.items()}


def hallar_tabla(
    datos: bytes,
    titulos: Iterable[tuple[str, str]],
    *,
    sirve: Callable[[dict], bool],
    se_esperaba: str,
) -> Tabla:
    """La primera fila que parece un encabezado, en cualquier hoja.

    `titulos`: (qué es, patrón), en el orden en que se prueban.
    """
    try:
        hojas = leer_tablas(datos)
    except LibroIlegible as error:
        raise ListadoIlegible(error.mensaje) from error
    for filas in hojas:
        for n, fila in enumerate(filas[:FILAS_DE_CABECERA]):
            tabla = _encabezado(fila, titulos)
            if sirve(tabla.columnas):
                tabla.filas = [
                    (numero, otra)
                    for numero, otra in enumerate(filas[n + 1 :], start=n + 2)
                    if any(celda.strip() for celda in otra) and not _es_pie(otra)
                ]
                return tabla
    raise ListadoIlegible(f"No se reconocen las columnas. {se_esperaba}")


def _encabezado(fila, titulos):
    tabla = Tabla({})
    for posicion, celda in enumerate(fila):
        titulo = normalizar(celda)
        if not titulo or len(titulo) > TITULO_MAS_LARGO:
            continue
        que = next((que for que, patron in titulos if re.search(patron, titulo)), None)
        if que is None or que in tabla.columnas:
            tabla.sobran.append(" ".join(celda.split()))
        else:
            tabla.columnas[que] = posicion
    return tabla


def _es_pie(fila):
    """«Fuente: …», sola al final: no es una fila de la tabla."""
    llenas = [celda for celda in fila if celda.strip()]
    return len(llenas) == 1 and AL_PIE.match(normalizar(llenas[0]))


def _celda(fila, posicion):
    return " ".join(fila[posicion].split())[:CELDA_MAS_LARGA] if posicion < len(fila) else ""
