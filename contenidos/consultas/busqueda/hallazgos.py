"""Lo encontrado, y solo lo que puede ver quien busca."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import F

from contenidos.consultas.busqueda.consulta import Consulta
from contenidos.consultas.busqueda.interpretacion import interpretar
from contenidos.consultas.busqueda.motores import Busqueda, Hallado
from contenidos.models import Buscable, Contenido
from contenidos.registro import ClaseBuscable, clases_buscables
from cuentas.models import Usuario

CONTENIDO = "contenido"
PRIMEROS = 24  # una página: contarlos y traer la primera es una sola consulta
VIGENTES_PRIMERO = Case(When(reemplazado_por=None, then=0), default=1)
SIN_BUSCAR = (
    VIGENTES_PRIMERO,
    F("publicado_en").desc(nulls_last=True),
    "-pk",
)


class Hallados(Sequence):
    """Lo hallado de una clase que ve quien busca, del más pertinente al menos; viene por tramos."""

    def __init__(self, busqueda: Busqueda, clase: str, visibles: QuerySet):
        self._tramo = partial(busqueda.tramo, clase, visibles)

    @cached_property
    def _primeros(self) -> tuple[list[Hallado], int]:
        return self._tramo(0, PRIMEROS)

    def __len__(self):
        return self._primeros[1]

    def __getitem__(self, cuales):
        if not isinstance(cuales, slice):
            return self[cuales : cuales + 1][0]
        desde, hasta, _ = cuales.indices(len(self))
        if hasta <= PRIMEROS:
            return self._primeros[0][desde:hasta]
        return self._tramo(desde, hasta)[0] if desde < hasta else []


@dataclass(frozen=True)
class DeUnaClase:
    """Los resultados de una clase."""

    clase: ClaseBuscable
    hallados: Hallados

    @property
    def cuantos(self) -> int:
        return len(self.hallados)


def encontrar(consulta: Consulta, usuario: Usuario, clase: str | None = None) -> list[DeUnaClase]:
    """Por clase, en el orden del portal; una sin resultados no sale.

    Es una consulta por clase, y una más: no dependen de cuánto se encuentre.
    """
    if consulta.esta_vacia:
        return []
    busqueda = Busqueda(consulta)
    resultados = [
        DeUnaClase(una, Hallados(busqueda, una.clave, una.visibles(usuario)))
        for una in clases_buscables()
        if clase in (None, una.clave)
    ]
    return [resultado for resultado in resultados if resultado.cuantos]


def fichas_de(hallados: Iterable[Hallado]) -> list[Buscable]:
    """Sus entradas del índice, en el mismo orden."""
    hallados = list(hallados)
    por_pk = Buscable.objects.in_bulk([hallado.buscable for hallado in hallados])
    return [por_pk[h.buscable] for h in hallados if h.buscable in por_pk]


class PorPertinencia(Sequence):
    """Unos contenidos, en el orden en que los deja la búsqueda: para mirarlos de a página.

    Si no se buscó nada todos pertinen igual, y va antes lo vigente y lo nuevo.
    """

    def __init__(self, visibles: QuerySet[Contenido], busqueda: Busqueda | None):
        self._visibles, self._busqueda = visibles, busqueda

    @property
    def contenidos(self) -> QuerySet[Contenido]:
        """Los hallados, sin orden: para agruparlos o filtrarlos."""
        if self._busqueda is None:
            return self._visibles
        return self._visibles.filter(pk__in=self._busqueda.objetos(CONTENIDO))

    def solo(self, afinar: Callable[[QuerySet], QuerySet]) -> "PorPertinencia":
        """De los mismos, los que además quedan en la consulta afinada."""
        return PorPertinencia(afinar(self._visibles), self._busqueda)

    @cached_property
    def _hallados(self):
        return Hallados(self._busqueda, CONTENIDO, self._visibles)

    def __len__(self):
        return len(self._hallados) if self._busqueda else self._visibles.count()

    def __getitem__(self, cuales):
        if not isinstance(cuales, slice):
            return self[cuales : cuales + 1][0]
        if self._busqueda is None:
            return list(self._visibles.order_by(*SIN_BUSCAR).annotate(puntos=Value(0))[cuales])
        puntos = {hallado.objeto: hallado.puntos for hallado in self._hallados[cuales]}
        por_pk = self._visibles.order_by().in_bulk(puntos)
        for pk, contenido in por_pk.items():
            contenido.puntos = puntos[pk]
        return [por_pk[pk] for pk in puntos if pk in por_pk]

    def __iter__(self):
        return iter(self[:])


def contenidos_que(texto: str, usuario: Usuario) -> tuple[PorPertinencia, Consulta]:
    """Los contenidos visibles que dicen eso, cada uno con sus `puntos`; y lo que se entendió.

    Sin texto son todos los visibles, con cero puntos.
    """
    consulta = interpretar(texto)
    visibles = Contenido.objects.visibles_para(usuario)
    if consulta.esta_vacia:
        return PorPertinencia(visibles.none() if consulta.texto else visibles, None), consulta
    return PorPertinencia(visibles, Busqueda(consulta)), consulta
