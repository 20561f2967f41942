"""Lo encontrado, y solo lo que puede ver quien busca."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, QuerySet, When
from django.db.models.expressions import F

from contenidos.consultas.busqueda.consulta import Consulta
from contenidos.consultas.busqueda.interpretacion import interpretar
from contenidos.consultas.busqueda.motores import Hallado, buscar, entre
from contenidos.models import Buscable, Contenido
from contenidos.registro import ClaseBuscable, clases_buscables
from cuentas.models import Usuario

CONTENIDO = "contenido"
VIGENTES_PRIMERO = Case(When(reemplazado_por=None, then=0), default=1)
SIN_BUSCAR = (
    VIGENTES_PRIMERO,
    F("publicado_en").desc(nulls_last=True),
    "-pk",
)


@dataclass(frozen=True)
class DeUnaClase:
    """Los resultados de una clase, de la entrada más pertinente a la menos."""

    clase: ClaseBuscable
    hallados: list[Hallado]

    @property
    def cuantos(self) -> int:
        return len(self.hallados)


def encontrar(consulta: Consulta, usuario: Usuario, clase: str | None = None) -> list[DeUnaClase]:
    """Por clase, en el orden del portal; una sin resultados no sale.

    Son tantas consultas como clases tengan algo, y una más: no dependen de cuánto se encuentre.
    """
    clases = [una for una in clases_buscables() if clase in (None, una.clave)]
    por_clase = {una.clave: [] for una in clases}
    for hallado in buscar(consulta, list(por_clase)):
        por_clase[hallado.clase].append(hallado)
    resultados = []
    for una in clases:
        if suyos := _los_que_ve(una, por_clase[una.clave], usuario):
            resultados.append(DeUnaClase(una, suyos))
    return resultados


def _los_que_ve(clase, hallados, usuario):
    if not hallados:
        return []
    visibles = clase.visibles(usuario).order_by()
    suyos = visibles.filter(pk__in=entre(hallado.objeto for hallado in hallados))
    ve = set(suyos.values_list("pk", flat=True))
    return [hallado for hallado in hallados if hallado.objeto in ve]


def fichas_de(hallados: list[Hallado]) -> list[Buscable]:
    """Sus entradas del índice, en el mismo orden."""
    por_pk = Buscable.objects.in_bulk([hallado.buscable for hallado in hallados])
    return [por_pk[h.buscable] for h in hallados if h.buscable in por_pk]


class PorPertinencia(Sequence):
    """Unos contenidos, en el orden en que los dejó la búsqueda: para mirarlos de a página.

    El orden lo lleva Python: pedírselo a la base sería mandarle otra vez veinte mil números.
    """

    def __init__(self, contenidos: QuerySet[Contenido], puntos: dict[int, int] | None):
        """`puntos`: del pk de cada contenido hallado a los suyos, del más pertinente al menos.

        Sin ellos no se buscó nada: todos pertinen igual, y va antes lo vigente y lo nuevo.
        """
        self.contenidos, self._puntos = contenidos, puntos

    def solo(self, contenidos: QuerySet[Contenido]) -> "PorPertinencia":
        """De los mismos, los que además están en esa consulta."""
        return PorPertinencia(contenidos, self._puntos)

    @cached_property
    def _en_orden(self):
        if self._puntos is None:
            return list(self.contenidos.order_by(*SIN_BUSCAR).values_list("pk", flat=True))
        estan = set(self.contenidos.order_by().values_list("pk", flat=True))
        return [pk for pk in self._puntos if pk in estan]

    def __len__(self):
        return len(self._en_orden)

    def __getitem__(self, cuales):
        if not isinstance(cuales, slice):
            return self[cuales : cuales + 1][0]
        pedidos = self._en_orden[cuales]
        por_pk = self.contenidos.order_by().in_bulk(pedidos)
        for pk, contenido in por_pk.items():
            contenido.puntos = self._puntos[pk] if self._puntos else 0
        return [por_pk[pk] for pk in pedidos if pk in por_pk]

    def __iter__(self):
        return iter(self[:])


def contenidos_que(texto: str, usuario: Usuario) -> tuple[PorPertinencia, Consulta]:
    """Los contenidos visibles que dicen eso, cada uno con sus `puntos`; y lo que se entendió.

    Sin texto son todos los visibles, con cero puntos.
    """
    consulta = interpretar(texto)
    visibles = Contenido.objects.visibles_para(usuario)
    if not consulta.texto:
        return PorPertinencia(visibles, None), consulta
    puntos = {hallado.objeto: hallado.puntos for hallado in buscar(consulta, [CONTENIDO])}
    return PorPertinencia(visibles.filter(pk__in=entre(puntos)), puntos), consulta
