"""Un indicador por dentro: los años que tiene, la serie del país y lo que hay que saber de ella."""

from dataclasses import dataclass, field

from indicadores.consultas.cifras import Cifra, cifras, la_mas_completa
from indicadores.consultas.mapa import unidades_de_hoy, vigencias_con_cifras
from indicadores.consultas.tendencias import notas_de
from indicadores.models import Indicador, NotaDeSerie, Unidad


@dataclass
class HojaDelIndicador:
    con_cifras: dict[int, int] = field(default_factory=dict)  # {año: de cuántas entidades}
    nacion: list[Cifra] = field(default_factory=list)  # sin huecos; vacía si el país no tiene
    notas: list[NotaDeSerie] = field(default_factory=list)

    @property
    def vigencias(self) -> list[int]:
        """Del último año al primero."""
        return list(self.con_cifras)

    @property
    def ultima(self) -> int | None:
        """La que se conoce de casi todas."""
        return la_mas_completa(self.con_cifras)


def hoja_del_indicador(indicador: Indicador) -> HojaDelIndicador:
    """Cuatro consultas."""
    hoja = HojaDelIndicador(
        notas=notas_de(NotaDeSerie.objects.all(), indicador.familia, NotaDeSerie.Ambito.MUNICIPIO)
    )
    unidades = unidades_de_hoy()
    hoja.con_cifras = {v: n for v, n in vigencias_con_cifras(indicador, unidades).items() if n}
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
