"""La mención especial: quiénes participaron en casi todas las sesiones de un tipo, en un año.

Aquí solo hay nombres de quienes cumplen. De las demás no se dice nada: ni quiénes son ni cuánto
les faltó.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from django.conf import settings
from django.utils import timezone

from conectate.consultas.participacion import XdeN, tabla_de
from conectate.models import TipoSesion
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Mencion:
    """«Al menos `minimo` de las `n` sesiones del tipo», y quiénes cumplen, de más a menos."""

    tipo: TipoSesion
    n: int
    minimo: int
    entidades: list[tuple[EntidadTerritorial, XdeN]]

    @property
    def propuesto(self) -> int:
        return minimo_de(self.n)

    @property
    def regla(self) -> str:
        if self.minimo < self.n:
            cuales = f"al menos {self.minimo} de las {self.n} sesiones"
        else:
            cuales = "la única sesión" if self.n == 1 else f"todas: las {self.n} sesiones"
        return f"Para quienes participaron en {cuales} de este tipo."


@dataclass(frozen=True)
class Menciones:
    vigencia: int
    por_tipo: list[Mencion]
    es_demostracion: bool

    @property
    def es_provisional(self) -> bool:
        """El año no ha terminado: quien hoy cumple puede dejar de cumplir."""
        return self.vigencia >= timezone.localdate().year


def minimo_de(n: int) -> int:
    """El que se propone: con 93 %, 42 de 45 y 5 de 5."""
    return max(1, ceil(Fraction(settings.MENCION_PORCENTAJE, 100) * n))


def menciones_de(vigencia: int, minimos: dict[str, int] | None = None) -> Menciones:
    """Por cada tipo que cuenta. `minimos`: los que se pidan distintos, por la clave del tipo."""
    tabla = tabla_de(vigencia)
    por_tipo = []
    for tipo in tabla.tipos:
        if not tipo.con_dato:
            continue
        pedido = (minimos or {}).get(tipo.tipo.clave) or minimo_de(tipo.con_dato)
        minimo = min(max(pedido, 1), tipo.con_dato)
        cumplen = [
            (fila.entidad, fila.por_tipo[tipo.tipo.pk])
            for fila in tabla.filas
            if fila.por_tipo[tipo.tipo.pk].x >= minimo
        ]
        cumplen.sort(key=lambda una: (-una[1].x, una[0].nombre_norm))
        por_tipo.append(Mencion(tipo.tipo, tipo.con_dato, minimo, cumplen))
    return Menciones(vigencia, por_tipo, tabla.es_demostracion)
