"""«x de N» año a año, de una secretaría y de un tipo. Las consultas no crecen con los años.

Las reglas son las de la participación: N son las convocatorias a sesiones realizadas que tienen
asistencia; las que no la tienen son «sin dato», van aparte y no son ausencias.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from conectate.consultas.participacion import NADA, XdeN
from conectate.consultas.sesiones import estuvo, hay_asistencia
from conectate.models import Convocatoria, Sesion, TipoSesion
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Punto:
    """Una vigencia: su «x de N» y cuántas quedaron sin dato."""

    vigencia: int
    cuenta: XdeN = NADA
    sin_dato: int = 0

    def __add__(self, otro):
        return Punto(self.vigencia, self.cuenta + otro.cuenta, self.sin_dato + otro.sin_dato)

    @property
    def tiene_dato(self) -> bool:
        return self.cuenta.n > 0

    @property
    def hubo(self) -> bool:
        return self.tiene_dato or self.sin_dato > 0

    def __str__(self):
        if self.tiene_dato:
            return f"{self.vigencia}: {self.cuenta}"
        return f"{self.vigencia}: {'sin dato' if self.sin_dato else 'sin sesiones'}"


# ── Una secretaría ────────────────────────────────────────────────────────────────────────────


@dataclass
class HistoriaDeEntidad:
    """Los puntos de cada tipo, alineados con `vigencias`; `total` suma los tipos que cuentan."""

    entidad: EntidadTerritorial
    vigencias: list[int] = field(default_factory=list)
    cuentan: list[tuple[TipoSesion, list[Punto]]] = field(default_factory=list)
    aparte: list[tuple[TipoSesion, list[Punto]]] = field(default_factory=list)
    es_demostracion: bool = False

    @property
    def total(self) -> list[Punto]:
        columnas = [puntos for _, puntos in self.cuentan]
        return [
            sum((puntos[i] for puntos in columnas), Punto(vigencia))
            for i, vigencia in enumerate(self.vigencias)
        ]

    @property
    def renglones(self) -> list[tuple[Punto, list[Punto]]]:
        """Por año, del último al primero: la suma y cada tipo que cuenta."""
        por_tipo = [puntos for _, puntos in self.cuentan]
        return [
            (punto, [puntos[i] for puntos in por_tipo])
            for i, punto in reversed(list(enumerate(self.total)))
        ]

    @property
    def renglones_aparte(self) -> list[tuple[int, list[Punto]]]:
        """Solo los años en que hubo alguna."""
        por_vigencia = [
            (vigencia, [puntos[i] for _, puntos in self.aparte])
            for i, vigencia in reversed(list(enumerate(self.vigencias)))
        ]
        return [(v, puntos) for v, puntos in por_vigencia if any(p.hubo for p in puntos)]


def historia_de_entidad(entidad: EntidadTerritorial) -> HistoriaDeEntidad:
    """Dos consultas: la cuenta por año y tipo, y los tipos."""
    hallados = defaultdict(dict)
    es_demostracion = False
    for fila in (
        Convocatoria.objects.filter(entidad=entidad, sesion__in=Sesion.objects.realizadas())
        .annotate(hay=hay_asistencia("sesion"), estuvo=estuvo())
        .values("sesion__tipo", "sesion__fecha__year")
        .annotate(
            n=Count("pk", filter=Q(hay=True)),
            x=Count("pk", filter=Q(hay=True, estuvo=True)),
            sin_dato=Count("pk", filter=Q(hay=False)),
            inventadas=Count("pk", filter=Q(sesion__es_demostracion=True)),
        )
        .order_by()
    ):
        vigencia = fila["sesion__fecha__year"]
        punto = Punto(vigencia, XdeN(fila["x"], fila["n"]), fila["sin_dato"])
        hallados[fila["sesion__tipo"]][vigencia] = punto
        es_demostracion |= fila["inventadas"] > 0
    vigencias = _seguidas({vigencia for puntos in hallados.values() for vigencia in puntos})
    historia = HistoriaDeEntidad(entidad, vigencias, es_demostracion=es_demostracion)
    for tipo in TipoSesion.objects.filter(pk__in=hallados):
        puntos = [hallados[tipo.pk].get(vigencia, Punto(vigencia)) for vigencia in vigencias]
        cuenta = tipo.conteo == TipoSesion.Conteo.SESION
        (historia.cuentan if cuenta else historia.aparte).append((tipo, puntos))
    return historia


def _seguidas(vigencias: set[int]) -> list[int]:
    """Del primer año al último, también los de en medio sin sesiones: un hueco se ve."""
    return list(range(min(vigencias), max(vigencias) + 1)) if vigencias else []


# ── Un tipo ───────────────────────────────────────────────────────────────────────────────────


@dataclass
class VigenciaDeTipo:
    vigencia: int
    sesiones: int = 0
    sin_dato: int = 0
    convocatorias: XdeN = NADA  # de las veces que se convocó a una secretaría, en cuántas estuvo
    secretarias: XdeN = NADA  # de las convocadas en el año, cuántas estuvieron alguna vez

    @property
    def punto(self) -> Punto:
        return Punto(self.vigencia, self.convocatorias, self.sin_dato)


@dataclass
class HistoriaDeTipo:
    """Solo totales: no nombra a ninguna secretaría."""

    tipo: TipoSesion
    anual: list[VigenciaDeTipo]
    es_demostracion: bool

    @property
    def puntos(self) -> list[Punto]:
        return [una.punto for una in self.anual]

    @property
    def renglones(self) -> list[VigenciaDeTipo]:
        """Del último año al primero."""
        return self.anual[::-1]


def historia_de_tipo(tipo: TipoSesion) -> HistoriaDeTipo:
    """Dos consultas: las sesiones por año, y lo de cada secretaría en cada año."""
    realizadas = Sesion.objects.realizadas().filter(tipo=tipo)
    por_vigencia, es_demostracion = {}, False
    for fila in (
        realizadas.annotate(hay=hay_asistencia())
        .values("fecha__year")
        .annotate(
            sesiones=Count("pk"),
            sin_dato=Count("pk", filter=Q(hay=False)),
            inventadas=Count("pk", filter=Q(es_demostracion=True)),
        )
        .order_by()
    ):
        vigencia = fila["fecha__year"]
        por_vigencia[vigencia] = VigenciaDeTipo(vigencia, fila["sesiones"], fila["sin_dato"])
        es_demostracion |= fila["inventadas"] > 0
    for fila in (
        Convocatoria.objects.filter(sesion__in=realizadas.filter(hay_asistencia()))
        .annotate(estuvo=estuvo())
        .values("sesion__fecha__year", "entidad")
        .annotate(n=Count("pk"), x=Count("pk", filter=Q(estuvo=True)))
        .order_by()
    ):
        suya = por_vigencia[fila["sesion__fecha__year"]]
        suya.convocatorias += XdeN(fila["x"], fila["n"])
        suya.secretarias += XdeN(int(fila["x"] > 0), 1)
    anual = [por_vigencia.get(v, VigenciaDeTipo(v)) for v in _seguidas(set(por_vigencia))]
    return HistoriaDeTipo(tipo, anual, es_demostracion)
