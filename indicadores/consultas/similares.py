"""Qué entidades se parecen a una: del mismo tipo, de parecido tamaño y parecida densidad.

No hay una clasificación oficial de ruralidad en los datos. La densidad de población en edad escolar
hace sus veces, y la página lo dice.
"""

from dataclasses import dataclass, field
from math import hypot, log2

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


def similares_a(entidad: EntidadTerritorial) -> Similares:
    """Dos consultas."""
    unidades = {
        unidad.pk: unidad
        for unidad in Unidad.objects.filter(
            entidad__tipo=entidad.tipo,
            superficie_km2__gt=0,
            entidad__in=EntidadTerritorial.objects.vigentes(),
        ).select_related("entidad")
    }
    poblaciones = {}
    for pk, vigencia, valor in (
        Valor.objects.vigentes()
        .filter(
            unidad__in=unidades,
            indicador__medida=Indicador.Medida.PERSONAS,
            estado=Valor.Estado.VALOR,
            valor__gt=0,
        )
        .values_list("unidad_id", "vigencia", "valor")
    ):
        poblaciones.setdefault(vigencia, {})[pk] = valor
    suya = next((pk for pk, u in unidades.items() if u.entidad_id == entidad.pk), None)
    vigencia = max((v for v, por_pk in poblaciones.items() if suya in por_pk), default=None)
    if vigencia is None:
        return Similares()
    tamanos = {
        pk: Tamano(unidades[pk].entidad, valor, unidades[pk].superficie_km2)
        for pk, valor in poblaciones[vigencia].items()
    }
    propia = tamanos.pop(suya)
    return Similares(propia, vigencia, _las_mas_parecidas(propia, tamanos.values()))


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
