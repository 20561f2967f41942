"""Las cifras del país que abren «Quiero informarme»."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicadores.consultas.cifras import Cifra, cifras
from indicadores.consultas.mapa import METODOS
from indicadores.consultas.tendencias import notas_de
from indicadores.graficos.minigrafica import Minigrafica, minigrafica
from indicadores.models import Indicador, NotaDeSerie, Unidad, Version

A_LA_VISTA = ("cobertura_neta", "desercion", "aprobacion", "repitencia")


@dataclass(frozen=True)
class SerieDelPais:
    """Un año por cifra, hasta la última con número; el que falta va sin él."""

    cifras: list[Cifra]

    @property
    def ultima(self) -> Cifra:
        return self.cifras[-1]

    @property
    def primera(self) -> Cifra | None:
        """Con qué se compara la última, si la serie empieza antes."""
        return next((cifra for cifra in self.cifras[:-1] if cifra.hay), None)

    @property
    def como(self) -> str:
        """Si la última no la publicó la fuente, cómo se obtuvo."""
        return METODOS.get(self.ultima.metodo, "")

    @property
    def dibujo(self) -> Minigrafica | None:
        return minigrafica([cifra.valor for cifra in self.cifras])


@dataclass(frozen=True)
class ElPais:
    """Las series que se muestran y las versiones de donde sale la última cifra de cada una."""

    series: list[SerieDelPais]
    versiones: list[Version]


def el_pais_de_un_vistazo(unidades: Iterable[Unidad], catalogo: Iterable[Indicador]) -> ElPais:
    """Tres consultas. Un indicador sin cifra nacional no aparece."""
    nacion = next((u.pk for u in unidades if u.ambito == Unidad.Ambito.NACION), None)
    indicadores = {uno.codigo: uno for uno in catalogo if uno.codigo in A_LA_VISTA}
    halladas = cifras([nacion], indicadores=indicadores.values())
    notas = list(NotaDeSerie.objects.all())
    series = [
        serie
        for codigo in A_LA_VISTA
        if codigo in indicadores and (serie := _serie(indicadores[codigo], halladas, notas))
    ]
    numeros = {serie.ultima.version for serie in series}
    versiones = Version.objects.filter(numero__in=numeros).select_related("conjunto")
    return ElPais(series, list(versiones.order_by("numero")))


def _serie(indicador, halladas, notas) -> SerieDelPais | None:
    """Del primer año que se puede comparar con el último, hasta el último con número."""
    suyas = {v: c for (codigo, _, v), c in halladas.items() if codigo == indicador.codigo and c.hay}
    if not suyas:
        return None
    hasta = max(suyas)
    parejas = [
        _primera_vigencia_pareja(nota)
        for nota in notas_de(notas, indicador.familia, NotaDeSerie.Ambito.DEPARTAMENTO)
        if nota.desde <= hasta
    ]
    desde = max([min(suyas), *parejas])
    return SerieDelPais(
        [
            suyas.get(vigencia) or Cifra(indicador, suyas[hasta].unidad_id, vigencia)
            for vigencia in range(min(desde, hasta), hasta + 1)
        ]
    )


def _primera_vigencia_pareja(nota):
    """Desde un quiebre la serie es otra; después de una advertencia vuelve a ser la misma."""
    if nota.clase == NotaDeSerie.Clase.QUIEBRE:
        return nota.desde
    return (nota.hasta or nota.desde) + 1
