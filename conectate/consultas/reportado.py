"""Lo que los documentos del Ministerio dicen de la participación, junto a lo que se calcula aquí.

Viene del catálogo y no de la demostración: no cambia aunque cambien las sesiones cargadas.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from territorio.models import EntidadTerritorial

CATALOGO = Path(__file__).parents[1] / "catalogo" / "participacion_reportada.csv"
TODAS = "*"


@dataclass(frozen=True)
class Reportado:
    vigencia: int
    tipo: str  # la clave del TipoSesion
    codigo_dane: str  # o «*», de todas
    x: int | None
    n: int | None
    dicho: str
    fuente: str

    def __str__(self):
        return f"{self.x} de {self.n}, {self.dicho}" if self.n else self.dicho


@cache
def _catalogo() -> tuple[Reportado, ...]:
    with CATALOGO.open(encoding="utf-8", newline="") as archivo:
        return tuple(
            Reportado(
                vigencia=int(fila["vigencia"]),
                tipo=fila["tipo"],
                codigo_dane=fila["codigo_dane"],
                x=int(fila["x"]) if fila["x"] else None,
                n=int(fila["n"]) if fila["n"] else None,
                dicho=fila["dicho"],
                fuente=fila["fuente"],
            )
            for fila in csv.DictReader(archivo)
        )


def reportado_de(entidad: EntidadTerritorial, vigencia: int) -> list[Reportado]:
    """Por tipo, lo que se dijo de ella; lo que se dijo de todas, si de ella no se dijo más."""
    suyos = {}
    for uno in _catalogo():
        if uno.vigencia == vigencia and uno.codigo_dane in (entidad.codigo_dane, TODAS):
            suyos.setdefault(uno.tipo, uno)
    return list(suyos.values())


def destacados(vigencia: int) -> dict[str, list[tuple[str, Reportado]]]:
    """Por tipo, (entidad, lo reportado) de las que el documento nombra."""
    nombradas = [u for u in _catalogo() if u.vigencia == vigencia and u.codigo_dane != TODAS]
    nombres = dict(
        EntidadTerritorial.objects.filter(
            codigo_dane__in={uno.codigo_dane for uno in nombradas}
        ).values_list("codigo_dane", "nombre")
    )
    por_tipo = {}
    for uno in nombradas:
        if uno.codigo_dane in nombres:
            por_tipo.setdefault(uno.tipo, []).append((nombres[uno.codigo_dane], uno))
    return por_tipo
