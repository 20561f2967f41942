"""De qué partes se reúne la cifra de una entidad departamental, o del país, cada año."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicadores.models import Unidad, Valor
from territorio.models import Atencion
from trabajos import carga_masiva

Ambito, Estado = Unidad.Ambito, Valor.Estado
# {año: {indicador: {unidad: el número, o None si la cifra está y no se puede usar}}}
Numeros = dict[int, dict[int, dict[int, float | None]]]


@dataclass(frozen=True, slots=True)
class Reparto:
    """Los municipios que una entidad departamental atendía al terminar un año."""

    unidad: int  # donde va la cifra
    departamento: int | None  # la unidad del departamento, si los atiende a todos
    municipios: tuple[int, ...]  # sus unidades


def repartos(vigencias: Iterable[int]) -> dict[int, list[Reparto]]:
    """Quién atendía a quién cada año: Funza es de Cundinamarca hasta 2018."""
    unidades = list(Unidad.objects.select_related("entidad"))
    de_municipio = {u.municipio_id: u for u in unidades if u.municipio_id}
    departamentos = {u.departamento_id: u.pk for u in unidades if u.ambito == Ambito.DEPARTAMENTO}
    entidades = [u for u in unidades if u.ambito == Ambito.ENTIDAD]
    atenciones = list(Atencion.objects.order_by("municipio__codigo"))
    por_vigencia = {}
    for vigencia in vigencias:
        al_final = date(vigencia, 12, 31)
        atendidos, del_departamento = defaultdict(list), defaultdict(list)
        for atencion in atenciones:
            unidad = de_municipio.get(atencion.municipio_id)
            if unidad and atencion.vale_en(al_final):
                atendidos[atencion.entidad_id].append(unidad.pk)
                del_departamento[unidad.departamento_id].append(unidad.pk)
        por_vigencia[vigencia] = [
            Reparto(
                unidad=suya.pk,
                departamento=departamentos.get(suya.departamento_id)
                if atendidos[suya.entidad_id] == del_departamento[suya.departamento_id]
                else None,
                municipios=tuple(atendidos[suya.entidad_id]),
            )
            for suya in entidades
            if suya.entidad.vale_en(al_final)
        ]
    return por_vigencia


def numeros(ambito: str, vigencias: Iterable[int] | None = None) -> Numeros:
    """Las cifras vigentes de un ámbito. Lo anulado y lo que está en revisión, sin su número."""
    valores = Valor.objects.vigentes().filter(unidad__ambito=ambito)
    valores = valores.exclude(estado__in=[Estado.NO_REPORTADO, Estado.NO_APLICA])
    if vigencias is not None:
        valores = valores.filter(vigencia__in=list(vigencias))
    leidos: Numeros = defaultdict(lambda: defaultdict(dict))
    # Puede ser medio millón: aquí cada línea cuenta.
    columnas = carga_masiva.leer(
        valores.values_list("vigencia", "indicador_id", "unidad_id", "estado", "valor"),
        [int, int, int, str, float],
    )
    for vigencia, indicador, unidad, estado, valor in zip(*columnas, strict=True):
        leidos[vigencia][indicador][unidad] = valor if estado == "valor" else None
    return leidos


def poblaciones_conocidas(ambito: str, indicador: int | None) -> dict[int, dict[int, float]]:
    """{unidad: {año: población}}, de todos los años: para saber cuánta gente falta."""
    conocida: dict[int, dict[int, float]] = defaultdict(dict)
    for unidad, vigencia, valor in (
        Valor.objects.vigentes()
        .filter(unidad__ambito=ambito, indicador=indicador, estado=Estado.VALOR)
        .values_list("unidad_id", "vigencia", "valor")
    ):
        conocida[unidad][vigencia] = valor
    return conocida
