"""Qué entidades se parecen a una: del mismo tipo, de parecido tamaño y parecida densidad.

No hay una clasificación oficial de ruralidad en los datos. La densidad de población en edad escolar
hace sus veces, y la página lo dice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot, log2

from django.db.models import Subquery

from indicadores.models import Indicador, Unidad, Valor
from territorio.models import EntidadTerritorial

FUENTE_DE_LAS_SUPERFICIES = "DANE, Marco Geoestadístico Nacional 2018"
MAXIMO, MINIMO = 5, 3
EL_DOBLE = 1  # en potencias de dos: entre la mitad y el doble


@dataclass(frozen=True, slots=True)
class Tamano:
    """Lo que se mira de una entidad para decir a cuáles se parece."""

    entidad: EntidadTerritorial
    poblacion: float
    superficie: float

    @property
    def densidad(self) -> float:
        return self.poblacion / self.superficie


@dataclass(frozen=True, slots=True)
class Similar:
    tamano: Tamano
    veces_poblacion: float
    veces_densidad: float

    @property
    def entidad(self) -> EntidadTerritorial:
        return self.tamano.entidad

    @property
    def lejania(self) -> float:
        return hypot(log2(self.veces_poblacion), log2(self.veces_densidad))

    @property
    def esta_cerca(self) -> bool:
        return max(abs(log2(self.veces_poblacion)), abs(log2(self.veces_densidad))) <= EL_DOBLE


@dataclass
class Similares:
    """Las parecidas, de la más a la menos; `propia` es nulo si no hay con qué buscarlas."""

    propia: Tamano | None = None
    vigencia: int | None = None
    lista: list[Similar] = field(default_factory=list)

    @property
    def todas_cerca(self) -> bool:
        return all(similar.esta_cerca for similar in self.lista)


def similares_a(entidad: EntidadTerritorial, unidades: Iterable[Unidad]) -> Similares:
    """Una consulta. Las unidades, con su entidad, son aquellas entre las que se busca."""
    suyas = {
        unidad.pk: unidad
        for unidad in unidades
        if unidad.entidad.tipo == entidad.tipo and unidad.superficie_km2
    }
    propia = next((pk for pk, unidad in suyas.items() if unidad.entidad_id == entidad.pk), None)
    poblaciones = Valor.objects.vigentes().filter(
        indicador__medida=Indicador.Medida.PERSONAS, estado=Valor.Estado.VALOR, valor__gt=0
    )
    ultima = poblaciones.filter(unidad=propia).order_by("-vigencia").values_list("vigencia")[:1]
    halladas = poblaciones.filter(unidad__in=suyas, vigencia=Subquery(ultima))
    filas = list(halladas.values_list("unidad_id", "vigencia", "valor"))
    tamanos = {
        pk: Tamano(suyas[pk].entidad, valor, suyas[pk].superficie_km2) for pk, _, valor in filas
    }
    if propia not in tamanos:
        return Similares()
    vigencia = filas[0][1]
    la_propia = tamanos.pop(propia)
    return Similares(la_propia, vigencia, _las_mas_parecidas(la_propia, tamanos.values()))


def _las_mas_parecidas(propia, otras) -> list[Similar]:
    """Hasta cinco entre la mitad y el doble; si no llegan a tres, las tres más cercanas."""
    candidatas = sorted(
        (
            Similar(otra, otra.poblacion / propia.poblacion, otra.densidad / propia.densidad)
            for otra in otras
        ),
        key=lambda similar: (similar.lejania, similar.entidad.codigo_dane),
    )
    cerca = [similar for similar in candidatas if similar.esta_cerca][:MAXIMO]
    return cerca if len(cerca) >= MINIMO else candidatas[:MINIMO]
