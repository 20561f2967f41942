"""Lo encontrado, y solo lo que puede ver quien busca."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import F

from contenidos.consultas.busqueda.consulta import Consulta
from contenidos.consultas.busqueda.interpretacion import interpretar
from contenidos.consultas.busqueda.motores import Hallado, buscar, entre
from contenidos.models import Buscable, Contenido
from contenidos.registro import ClaseBuscable, clases_buscables
from cuentas.models import Usuario

CONTENIDO = "contenido"
VIGENTES_PRIMERO = Case(When(reemplazado_por=None, then=0), default=1)
MAS_PERTINENTES = (
    "-puntos",
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


def contenidos_que(texto: str, usuario: Usuario) -> tuple[QuerySet[Contenido], Consulta]:
    """Los contenidos visibles que dicen eso, con `.puntos` y ya ordenados; y lo que se entendió.

    Sin texto son todos los visibles, con cero puntos. La búsqueda ya se hizo: contar, filtrar y
    agrupar lo que devuelve no vuelve a buscar.
    """
    consulta = interpretar(texto)
    visibles = Contenido.objects.visibles_para(usuario)
    if not consulta.texto:
        return visibles.annotate(puntos=Value(0)).order_by(*MAS_PERTINENTES), consulta
    hallados = buscar(consulta, [CONTENIDO])
    contenidos = visibles.filter(pk__in=entre(hallado.objeto for hallado in hallados))
    return contenidos.annotate(puntos=_puntos(hallados)).order_by(*MAS_PERTINENTES), consulta


def _puntos(hallados):
    """Pocos puntajes distintos para muchos contenidos: una lista por cada puntaje."""
    por_puntaje = {}
    for hallado in hallados:
        por_puntaje.setdefault(hallado.puntos, []).append(hallado.objeto)
    por_puntaje.pop(0, None)
    return Case(
        *(When(pk__in=entre(objetos), then=puntos) for puntos, objetos in por_puntaje.items()),
        default=0,
        output_field=IntegerField(),
    )
