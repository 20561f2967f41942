"""Un indicador por dentro: los años que tiene, la serie del país y lo que hay que saber de ella."""

from dataclasses import dataclass, field

from django.db.models import Max, Min

from indicadores.consultas.cifras import Cifra, cifras
from indicadores.consultas.tendencias import notas_de
from indicadores.models import Indicador, NotaDeSerie, Unidad, Valor


@dataclass
class HojaDelIndicador:
    vigencias: list[int] = field(default_factory=list)  # del último año al primero
    nacion: list[Cifra] = field(default_factory=list)  # sin huecos; vacía si el país no tiene
    notas: list[NotaDeSerie] = field(default_factory=list)

    @property
    def ultima(self) -> int | None:
        return self.vigencias[0] if self.vigencias else None


def hoja_del_indicador(indicador: Indicador) -> HojaDelIndicador:
    """Cuatro consultas."""
    hoja = HojaDelIndicador(
        notas=notas_de(NotaDeSerie.objects.all(), indicador.familia, NotaDeSerie.Ambito.MUNICIPIO)
    )
    de_entidades = Unidad.objects.filter(entidad__isnull=False)
    extremos = (
        Valor.objects.vigentes()
        .filter(
            indicador=indicador,
            unidad__in=list(de_entidades.values_list("pk", flat=True)),
            estado=Valor.Estado.VALOR,
        )
        .aggregate(primera=Min("vigencia"), ultima=Max("vigencia"))
    )
    if extremos["ultima"]:
        hoja.vigencias = list(range(extremos["ultima"], extremos["primera"] - 1, -1))
    hoja.nacion = _serie_del_pais(indicador)
    return hoja


def _serie_del_pais(indicador) -> list[Cifra]:
    nacion = Unidad.objects.filter(ambito=Unidad.Ambito.NACION).first()
    if nacion is None:
        return []
    halladas = {c.vigencia: c for c in cifras([nacion.pk], indicadores=[indicador]).values()}
    con_numero = [vigencia for vigencia, cifra in halladas.items() if cifra.hay]
    if not con_numero:
        return []
    return [
        halladas.get(vigencia) or Cifra(indicador, nacion.pk, vigencia)
        for vigencia in range(min(con_numero), max(con_numero) + 1)
    ]
