"""Una familia de indicadores, un año, en todas las entidades: para poner unas junto a otras."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from django.db.models import Count, Q

from indicadores.consultas.cifras import Cifra, cifras, la_mas_completa
from indicadores.consultas.ficha import la_que_falta
from indicadores.consultas.tendencias import Punto
from indicadores.models import Indicador, Unidad, Valor, Version
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Fila:
    """Una entidad, o el departamento, o el país; sus cifras, en el orden de los indicadores."""

    unidad: Unidad
    cifras: list[Cifra]
    entidad: EntidadTerritorial | None = None
    era_entidad: bool = True  # si no, su cifra es la de su municipio: no va entre las de todas

    @property
    def nombre(self) -> str:
        """El departamento y su secretaría se llaman igual y no son lo mismo."""
        if self.unidad.ambito == Unidad.Ambito.DEPARTAMENTO:
            return f"{self.unidad}, todo el departamento"
        return self.entidad.nombre if self.entidad else self.unidad.nombre

    @property
    def principal(self) -> Cifra:
        return self.cifras[0]


@dataclass
class Comparacion:
    indicadores: list[Indicador]
    vigencia: int | None
    filas: list[Fila]  # las entidades de hoy, por nombre
    departamento: Fila | None
    nacion: Fila | None
    version: Version | None = None

    @cached_property
    def por_codigo(self) -> dict[str, Fila]:
        return {fila.entidad.codigo_dane: fila for fila in self.filas}

    @cached_property
    def mediana(self) -> float | None:
        return median(punto.valor for punto in self.puntos) if self.puntos else None

    @cached_property
    def puntos(self) -> list[Punto]:
        """Las que eran entidades ese año y tienen dato."""
        return [
            Punto(fila.entidad.codigo_dane, fila.entidad.nombre, fila.principal.valor)
            for fila in self.filas
            if fila.principal.hay and fila.era_entidad
        ]

    def ordenadas(self, orden: str) -> list[Fila]:
        """Por un indicador; con «-» delante, de mayor a menor. Lo demás, por nombre."""
        codigos = [indicador.codigo for indicador in self.indicadores]
        codigo = orden.removeprefix("-")
        if codigo not in codigos:
            return self.filas
        i = codigos.index(codigo)
        con_dato = [fila for fila in self.filas if fila.cifras[i].hay and fila.era_entidad]
        con_dato.sort(key=lambda fila: fila.cifras[i].valor, reverse=orden.startswith("-"))
        # Lo que no tiene número no es ni lo más alto ni lo más bajo.
        puestas = {fila.unidad.pk for fila in con_dato}
        return con_dato + [fila for fila in self.filas if fila.unidad.pk not in puestas]


def comparar_todas(
    indicadores: Sequence[Indicador],
    *,
    departamento: int | None = None,
    vigencia: int | None = None,
    de: EntidadTerritorial | None = None,
) -> Comparacion:
    """Cuatro consultas. Sin `vigencia`, la última con casi todas las cifras de esa entidad."""
    indicadores = list(indicadores)
    unidades = list(
        Unidad.objects.filter(
            Q(entidad__in=EntidadTerritorial.objects.vigentes())
            | Q(ambito=Unidad.Ambito.NACION)
            | Q(ambito=Unidad.Ambito.DEPARTAMENTO, departamento=departamento)
        )
        .select_related("entidad__departamento")
        .order_by("entidad__nombre_norm")
    )
    if vigencia is None:
        vigencia = _ultima_vigencia(indicadores, unidades, de)
    halladas = cifras(
        [unidad.pk for unidad in unidades],
        indicadores=indicadores,
        vigencias=[vigencia],
    )
    filas = [
        Fila(
            unidad,
            [
                halladas.get((indicador.codigo, unidad.pk, vigencia))
                or la_que_falta(indicador, unidad, vigencia)
                for indicador in indicadores
            ],
            unidad.entidad,
            unidad.entidad is None or vigencia is None or _era_entidad(unidad.entidad, vigencia),
        )
        for unidad in unidades
    ]
    versiones = {cifra.version for cifra in halladas.values()}
    return Comparacion(
        indicadores=indicadores,
        vigencia=vigencia,
        filas=[fila for fila in filas if fila.entidad],
        departamento=_la_de(filas, Unidad.Ambito.DEPARTAMENTO),
        nacion=_la_de(filas, Unidad.Ambito.NACION),
        version=Version.objects.select_related("conjunto")
        .filter(numero__in=versiones)
        .order_by("-numero")
        .first(),
    )


def _ultima_vigencia(indicadores, unidades, de):
    de_quien = [u.pk for u in unidades if u.entidad_id and (de is None or u.entidad_id == de.pk)]
    cuantas = (
        Valor.objects.vigentes()
        .filter(indicador__in=indicadores, unidad__in=de_quien, estado=Valor.Estado.VALOR)
        .order_by()
        .values_list("vigencia")
        .annotate(n=Count("pk"))
    )
    return la_mas_completa(dict(cuantas))


def _era_entidad(entidad, vigencia):
    return entidad.vale_en(date(vigencia, 12, 31))


def _la_de(filas, ambito):
    return next((fila for fila in filas if fila.unidad.ambito == ambito), None)
