"""La ficha de una entidad: sus cifras con todo lo que hace falta para entenderlas y fiarse.

La leen la página, el PDF, el XLSX y la orden `ficha_entidad`: dicen lo mismo porque es lo mismo.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import zip_longest

from django.db.models import Count, Q, Subquery, Sum

from indicadores.consultas.cifras import Cifra, cifras, la_mas_completa
from indicadores.consultas.tendencias import (
    Distancia,
    Punto,
    Tendencia,
    distancia_de,
    notas_de,
    tendencia,
)
from indicadores.models import Indicador, NotaDeSerie, Unidad, Valor, Version
from territorio.models import Atencion, EntidadTerritorial, Municipio

HACE = (1, 5)  # frente al año anterior y a cinco años


@dataclass(frozen=True, slots=True)
class Perfil:
    """Cómo es la entidad, en lo que dicen los datos."""

    n_municipios: int
    es_todo_su_departamento: bool
    superficie_km2: float | None
    poblacion: Cifra | None

    @property
    def densidad(self) -> float | None:
        """Habitantes de 5 a 16 años por km²."""
        if not (self.superficie_km2 and self.poblacion and self.poblacion.hay):
            return None
        return self.poblacion.valor / self.superficie_km2


@dataclass(frozen=True)
class IndicadorDeFicha:
    """Un indicador de la entidad. Las tres series van alineadas con `vigencias`."""

    indicador: Indicador
    vigencias: list[int]
    propia: list[Cifra]
    departamento: list[Cifra]  # vacía si la entidad es todo su departamento
    nacion: list[Cifra]
    ultima: Cifra  # del año de la ficha, con número o sin él
    todas: list[Punto]  # las entidades con dato ese año
    notas: list[NotaDeSerie]
    tendencias: list[Tendencia]
    distancia: Distancia | None

    @property
    def hay(self) -> bool:
        return any(cifra.hay for cifra in self.propia)

    @property
    def ultima_con_dato(self) -> Cifra | None:
        """Si la del año no trae número, la más reciente que sí."""
        return next((cifra for cifra in reversed(self.propia) if cifra.hay), None)

    @property
    def ultima_del_departamento(self) -> Cifra | None:
        return self._de_entonces(self.departamento)

    @property
    def ultima_de_la_nacion(self) -> Cifra | None:
        return self._de_entonces(self.nacion)

    @property
    def renglones(self) -> list[tuple[int, Cifra, Cifra | None, Cifra | None]]:
        """Para una tabla: del último año al primero, con su departamento y el país."""
        columnas = (self.vigencias, self.propia, self.departamento, self.nacion)
        return list(reversed(list(zip_longest(*columnas))))

    def _de_entonces(self, serie):
        return next((cifra for cifra in serie if cifra.vigencia == self.ultima.vigencia), None)


@dataclass(frozen=True)
class FamiliaDeFicha:
    """Un indicador y sus niveles."""

    clave: str
    nombre: str
    indicadores: list[IndicadorDeFicha]
    notas: list[NotaDeSerie]

    @property
    def hay(self) -> bool:
        return any(uno.hay for uno in self.indicadores)

    @property
    def principal(self) -> IndicadorDeFicha:
        return self.indicadores[0]

    @property
    def por_nivel(self) -> list[IndicadorDeFicha]:
        """De transición a media."""
        total = Indicador.Nivel.TOTAL
        return [uno for uno in self.indicadores if uno.indicador.nivel != total]


@dataclass
class Ficha:
    """Lo publicado de una entidad, en la última versión o en la que se pida."""

    entidad: EntidadTerritorial
    unidad: Unidad | None
    unidad_departamento: Unidad | None
    unidad_nacion: Unidad | None
    vigencia: int | None = None  # la última con casi todas sus cifras; None: no tiene ninguna
    incompletas: list[tuple[int, int]] = field(
        default_factory=list
    )  # las de después: (año, cifras)
    perfil: Perfil | None = None
    version: Version | None = None
    familias: list[FamiliaDeFicha] = field(default_factory=list)
    versiones: dict[int, Version] = field(default_factory=dict)  # las de sus cifras

    @property
    def hay(self) -> bool:
        return self.vigencia is not None

    @cached_property
    def por_codigo(self) -> dict[str, IndicadorDeFicha]:
        return {uno.indicador.codigo: uno for f in self.familias for uno in f.indicadores}

    def version_de(self, cifra: Cifra) -> Version | None:
        return self.versiones.get(cifra.version)


def ficha_de(
    entidad: EntidadTerritorial,
    *,
    version: int | None = None,
    vigencia: int | None = None,
    familia: str | None = None,
    comunes: dict | None = None,
) -> Ficha:
    """Siete consultas, haya los años que haya. Con `vigencia`, como si las series acabaran ahí.

    Quien pida muchas seguidas de una versión pasa el mismo `comunes`: guarda lo que no cambia de
    una entidad a otra.
    """
    comunes = {} if comunes is None else comunes
    unidades = list(
        Unidad.objects.filter(
            Q(entidad__isnull=False)
            | Q(ambito=Unidad.Ambito.NACION)
            | Q(ambito=Unidad.Ambito.DEPARTAMENTO, departamento=entidad.departamento_id)
        ).select_related("entidad")
    )
    n_municipios, es_todo, superficie = _territorio_de(entidad)
    ficha = Ficha(
        entidad=entidad,
        unidad=_una(unidades, lambda u: u.entidad_id == entidad.pk),
        unidad_departamento=None
        if es_todo
        else _una(unidades, lambda u: u.ambito == Unidad.Ambito.DEPARTAMENTO),
        unidad_nacion=_una(unidades, lambda u: u.ambito == Unidad.Ambito.NACION),
    )
    indicadores = [
        indicador
        for indicador in _una_vez(comunes, "indicadores", lambda: list(Indicador.objects.activos()))
        if familia in (None, indicador.familia)
    ]
    las_tres = [ficha.unidad, ficha.unidad_departamento, ficha.unidad_nacion]
    halladas = cifras([u.pk for u in las_tres if u], indicadores=indicadores, version=version)
    if vigencia:
        halladas = {clave: cifra for clave, cifra in halladas.items() if clave[2] <= vigencia}
    suyas = [c for c in halladas.values() if ficha.unidad and c.unidad_id == ficha.unidad.pk]
    poblacion = max(
        (c for c in suyas if c.indicador.medida == Indicador.Medida.PERSONAS and c.hay),
        key=lambda cifra: cifra.vigencia,
        default=None,
    )
    ficha.perfil = Perfil(n_municipios, es_todo, superficie, poblacion)
    cuantas = Counter(cifra.vigencia for cifra in suyas if cifra.hay)
    ficha.vigencia = la_mas_completa(cuantas)
    ficha.incompletas = [(v, cuantas[v]) for v in sorted(cuantas) if v > ficha.vigencia]
    if ficha.hay:
        notas = _una_vez(comunes, "notas", lambda: list(NotaDeSerie.objects.all()))
        todas = _una_vez(
            comunes,
            (ficha.vigencia, familia, version),
            lambda: _las_de_todas(indicadores, ficha.vigencia, unidades, version),
        )
        ficha.familias = _familias(ficha, indicadores, halladas, notas, todas)
    ficha.versiones = _versiones({cifra.version for cifra in halladas.values()}, version)
    ficha.version = ficha.versiones.get(max(ficha.versiones, default=0))
    return ficha


def vigencia_de(indicador: Indicador, vigencia: int) -> int:
    """El año en que se mira un indicador: el de la ficha o, si dejó de publicarse, su último."""
    return min(vigencia, indicador.hasta or vigencia)


def _una_vez(comunes, clave, pedir):
    if clave not in comunes:
        comunes[clave] = pedir()
    return comunes[clave]


def _una(unidades, es) -> Unidad | None:
    return next((unidad for unidad in unidades if es(unidad)), None)


def _versiones(numeros, hasta) -> dict[int, Version]:
    """Las de unas cifras, y la que las muestra: la última o la que se pida."""
    mayores = Version.objects.filter(numero__lte=hasta) if hasta else Version.objects.all()
    la_que_vale = mayores.order_by("-numero").values("numero")[:1]
    versiones = Version.objects.filter(Q(numero__in=numeros) | Q(numero=Subquery(la_que_vale)))
    return {version.numero: version for version in versiones.select_related("conjunto")}


def _territorio_de(entidad) -> tuple[int, bool, float | None]:
    """Cuántos municipios atiende, si son todos los de su departamento, y cuánto miden."""
    suyos = Q(pk__in=Atencion.objects.vigentes().filter(entidad=entidad).values("municipio"))
    cuenta = Municipio.objects.filter(departamento=entidad.departamento_id).aggregate(
        todos=Count("pk"),
        suyos=Count("pk", filter=suyos),
        superficie=Sum("unidad__superficie_km2", filter=suyos),
    )
    return cuenta["suyos"], cuenta["suyos"] == cuenta["todos"] > 0, cuenta["superficie"]


def _las_de_todas(indicadores, vigencia, unidades, version) -> dict[int, list[Punto]]:
    """Por indicador, la cifra de cada entidad que lo era ese año."""
    entidades = {unidad.pk: unidad.entidad for unidad in unidades if unidad.entidad_id}
    por_vigencia = defaultdict(list)
    for indicador in indicadores:
        por_vigencia[vigencia_de(indicador, vigencia)].append(indicador.pk)
    cuales = Q()
    for cuando, pks in por_vigencia.items():
        cuales |= Q(vigencia=cuando, indicador__in=pks)
    eran = {
        (pk, cuando)
        for cuando in por_vigencia
        for pk, entidad in entidades.items()
        if entidad.vale_en(date(cuando, 12, 31))
    }
    valores = Valor.objects.en_la_version(version) if version else Valor.objects.vigentes()
    puntos = defaultdict(list)
    for indicador, unidad, cuando, valor in valores.filter(
        cuales,
        # Ya lo dice `cuales`, pero así el índice no trae todos los años.
        vigencia__in=list(por_vigencia),
        unidad__in=list(entidades),
        estado=Valor.Estado.VALOR,
    ).values_list("indicador_id", "unidad_id", "vigencia", "valor"):
        if (unidad, cuando) in eran:
            entidad = entidades[unidad]
            puntos[indicador].append(Punto(entidad.codigo_dane, entidad.nombre, valor))
    return puntos


def _familias(ficha, indicadores, halladas, notas, todas) -> list[FamiliaDeFicha]:
    ambito = (
        NotaDeSerie.Ambito.DEPARTAMENTO
        if ficha.perfil.es_todo_su_departamento and ficha.entidad.es_departamental
        else NotaDeSerie.Ambito.MUNICIPIO
    )
    con_numero = defaultdict(set)
    for (codigo, _, vigencia), cifra in halladas.items():
        if cifra.hay:
            con_numero[codigo].add(vigencia)
    familias = {}
    for indicador in indicadores:
        suyas = notas_de(notas, indicador.familia, ambito)
        uno = _indicador(
            ficha,
            indicador,
            halladas,
            con_numero[indicador.codigo],
            suyas,
            todas.get(indicador.pk, []),
        )
        clave, nombre = indicador.familia, indicador.get_familia_display()
        familias.setdefault(clave, FamiliaDeFicha(clave, nombre, [], suyas)).indicadores.append(uno)
    return list(familias.values())


def _indicador(ficha, indicador, halladas, con_numero, notas, todas) -> IndicadorDeFicha:
    unidades = (ficha.unidad, ficha.unidad_departamento, ficha.unidad_nacion)
    cuando = vigencia_de(indicador, ficha.vigencia)
    # Sin huecos, y al menos hasta el año de la ficha: lo que falta también se ve.
    vigencias = list(range(min(con_numero, default=cuando), max(con_numero | {cuando}) + 1))
    propia, departamento, nacion = (
        _serie(indicador, unidad, vigencias, halladas) for unidad in unidades
    )
    ultima = propia[vigencias.index(cuando)]
    return IndicadorDeFicha(
        indicador=indicador,
        vigencias=vigencias,
        propia=propia,
        departamento=departamento,
        nacion=nacion,
        ultima=ultima,
        todas=todas,
        notas=notas,
        tendencias=[
            una for hace in HACE if (una := tendencia(propia, hasta=cuando, hace=hace, notas=notas))
        ],
        distancia=distancia_de(
            ultima,
            todas=todas,
            pais=nacion and nacion[vigencias.index(cuando)],
            departamento=departamento and departamento[vigencias.index(cuando)],
        ),
    )


def _serie(indicador, unidad, vigencias, halladas) -> list[Cifra]:
    if unidad is None:
        return []
    return [
        halladas.get((indicador.codigo, unidad.pk, vigencia))
        or la_que_falta(indicador, unidad, vigencia)
        for vigencia in vigencias
    ]


def la_que_falta(indicador: Indicador, unidad: Unidad, vigencia: int) -> Cifra:
    """Lo que no se puede reunir no es que no se haya reportado."""
    if (
        unidad.ambito == Unidad.Ambito.ENTIDAD
        and indicador.agregacion == Indicador.Agregacion.NINGUNA
    ):
        return Cifra(
            indicador,
            unidad.pk,
            vigencia,
            estado=Valor.Estado.NO_CALCULABLE,
            nota="La fuente no trae con qué reunir la de sus municipios.",
        )
    return Cifra(indicador, unidad.pk, vigencia)
