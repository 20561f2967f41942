"""Leer cifras: la única puerta a los valores publicados, con lo que permite fiarse de ellos."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from indicadores.models import Indicador, Unidad, Valor
from territorio.models import EntidadTerritorial

Estado, Metodo = Valor.Estado, Valor.Metodo
PUNTUACION = str.maketrans(",.", ".,")
SIN_NUMERO = {
    Estado.SIN_DATO: "sin dato",
    Estado.NO_APLICA: "no aplica",
    Estado.NO_REPORTADO: "no reportado",
    Estado.ANULADO: "anulado",
    Estado.RETENIDO: "en revisión",
    Estado.NO_CALCULABLE: "no calculable",
}


class Cifra(NamedTuple):
    """Una cifra como se muestra: sin `valor` si su estado no es un número publicable."""

    indicador: Indicador
    unidad_id: int
    vigencia: int
    estado: str = Estado.NO_REPORTADO
    valor: float | None = None
    metodo: str = Metodo.PUBLICADO
    nota: str = ""
    fila: int | None = None
    version: int | None = None
    corte: date | None = None
    valor_id: int | None = None

    @property
    def hay(self) -> bool:
        return self.valor is not None

    @property
    def es_propia(self) -> bool:
        """La calculó el portal; no la publicó la fuente."""
        return self.metodo != Metodo.PUBLICADO

    @property
    def texto(self) -> str:
        """«4,7 %», «1.288.473», «sin dato». Cero es «0,0 %»."""
        return con_unidad(self.valor, self.indicador) if self.hay else SIN_NUMERO[self.estado]


def con_unidad(valor: float, indicador: Indicador) -> str:
    numero = en_espanol(valor, indicador.decimales)
    return f"{numero} %" if indicador.es_porcentaje else numero


def en_espanol(valor: float | Decimal, decimales: int) -> str:
    """1.234,5: como se escribe en Colombia."""
    return f"{redondeado(valor, decimales):,f}".translate(PUNTUACION)


def exacto(valor: float) -> str:
    """Con todos sus decimales: en un antes y después, 4,71 y 4,72 no son lo mismo."""
    exponente = Decimal(f"{valor:.15g}").normalize().as_tuple().exponent
    return en_espanol(valor, max(0, -exponente))


def redondeado(valor: float | Decimal, decimales: int) -> Decimal:
    """La mitad sube, como se enseña: 2,05 es 2,1 aunque en binario sea un poco menos."""
    return Decimal(str(valor)).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)


def cifra_de(valor: Valor | None, indicador: Indicador | None = None) -> Cifra | None:
    """Un valor como se muestra: sin el número de lo anulado y de lo que está en revisión."""
    if valor is None:
        return None
    return Cifra(
        indicador=indicador or valor.indicador,
        unidad_id=valor.unidad_id,
        vigencia=valor.vigencia,
        estado=valor.estado,
        valor=valor.valor if valor.estado == Estado.VALOR else None,
        metodo=valor.metodo,
        nota=valor.nota,
        fila=valor.fila,
        version=valor.desde_id,
        valor_id=valor.pk,
    )


def unidad_de(entidad: EntidadTerritorial) -> Unidad:
    """Donde se leen las cifras de una entidad: su municipio o, si es departamental, ella misma."""
    return Unidad.objects.get(entidad=entidad)


def cifras(
    unidades: Iterable[int],
    *,
    indicadores: Iterable[Indicador],
    vigencias: Iterable[int] | None = None,
    version: int | None = None,
) -> dict[tuple[str, int, int], Cifra]:
    """{(código del indicador, unidad, vigencia): Cifra}, en una consulta. Lo que falta, no está.

    Con `version`, lo que estaba publicado cuando esa era la última.
    """
    por_pk = {indicador.pk: indicador for indicador in indicadores}
    valores = Valor.objects.en_la_version(version) if version else Valor.objects.vigentes()
    valores = valores.filter(unidad__in=list(unidades), indicador__in=list(por_pk))
    if vigencias is not None:
        valores = valores.filter(vigencia__in=list(vigencias))
    halladas, es_valor = {}, Estado.VALOR.value
    for indicador_id, unidad, vigencia, estado, valor, *resto in valores.values_list(
        "indicador_id",
        "unidad_id",
        "vigencia",
        "estado",
        "valor",
        "metodo",
        "nota",
        "fila",
        "desde_id",
        "desde__corte",
        "pk",
    ):
        indicador = por_pk[indicador_id]
        # Lo anulado y lo retenido conservan su número en la base; en una página, no.
        numero = valor if estado == es_valor else None
        halladas[(indicador.codigo, unidad, vigencia)] = Cifra(
            indicador, unidad, vigencia, estado, numero, *resto
        )
    return halladas


def la_mas_completa(cuantas: dict[int, int]) -> int | None:
    """De {año: cuántas cifras}, el último con casi todas: al más reciente le faltan muchas."""
    tope = max(cuantas.values(), default=0)
    return max((vigencia for vigencia, n in cuantas.items() if n and n >= tope * 0.8), default=None)
