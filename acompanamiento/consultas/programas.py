"""Lo que publicó la fuente de un programa, junto a lo que el portal tiene registrado de él.

Cada cifra se compara solo con lo que mide lo mismo; cifras de distinta medida no se suman. Sin
registros no hay con qué comparar: eso no es un cero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from acompanamiento.models import (
    Actividad,
    CifraReportada,
    Cobertura,
    Producto,
    Programa,
    TipoDeActividad,
)
from contenidos.models import Contenido
from cuentas.models import Usuario
from territorio.consultas import entidades_vigentes
from territorio.models import EntidadTerritorial

Calculo, Alcance = CifraReportada.Calculo, Actividad.Alcance


def programas_con_todo() -> QuerySet[Programa]:
    return Programa.objects.prefetch_related("temas", "cifras").order_by(
        "-vigencia", "orden", "nombre"
    )


def termina_el(programa: Programa) -> date:
    """El día con que se cuenta su N: el último del programa o, si no se sabe, el de su año."""
    return programa.hasta or date(programa.vigencia, 12, 31)


# ── Lo reportado al lado de lo calculado ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class CifraAlLado:
    cifra: CifraReportada
    calculado: int | None  # None: el portal no tiene registros con que compararla
    sin_contar: int = 0  # actividades que no dicen cuántas personas

    @property
    def difieren(self) -> bool:
        if self.calculado is None or self.cifra.valor is None:
            return False
        if self.cifra.calificador == CifraReportada.Calificador.MAS_DE:
            return self.calculado <= self.cifra.valor
        return self.calculado != self.cifra.valor


class LoRegistrado:
    """Lo realizado de unos programas, leído de una vez."""

    def __init__(self, programas: Iterable[Programa]):
        programas = [programa.pk for programa in programas]
        realizadas = Actividad.objects.filter(
            programa__in=programas, estado=Actividad.Estado.REALIZADA
        )
        de_sus_entidades = (
            Cobertura.objects.filter(actividad=OuterRef("pk"))
            .order_by()
            .values("actividad")
            .annotate(n=Sum("personas"))
            .values("n")
        )
        self.actividades = list(
            realizadas.order_by().values_list(
                "programa", "tipo", "alcance", "personas", Subquery(de_sus_entidades)
            )
        )
        self.coberturas = set(
            Cobertura.objects.filter(actividad__in=realizadas.order_by().values("pk")).values_list(
                "actividad__programa", "actividad__tipo", "entidad"
            )
        )
        self.productos = list(
            Producto.objects.filter(programa__in=programas)
            .order_by()
            .values_list("programa", "clase", "entidad")
        )

    def de(self, cifra: CifraReportada) -> CifraAlLado:
        personas = self._personas(cifra)
        if cifra.calculo == Calculo.PERSONAS:
            contadas = [n for n in personas if n is not None]
            calculado = sum(contadas) if contadas else None
            return CifraAlLado(cifra, calculado, len(personas) - len(contadas))
        return CifraAlLado(cifra, self._cuantos(cifra) or None)

    def _cuantos(self, cifra):
        match cifra.calculo:
            case Calculo.ACTIVIDADES:
                return len(self._personas(cifra))
            case Calculo.GRUPALES:
                return len(self._personas(cifra, Alcance.GRUPAL))
            case Calculo.INDIVIDUALES:
                return len(self._personas(cifra, Alcance.INDIVIDUAL))
            case Calculo.ENTIDADES:
                return len(self._entidades(cifra))
            case Calculo.PLANES:
                return len(self._productos(cifra, Producto.Clase.PLAN))
            case Calculo.EXPERIENCIAS:
                return len(self._productos(cifra, Producto.Clase.EXPERIENCIA))
            case Calculo.ENTIDADES_CON_EXPERIENCIA:
                return len({*self._productos(cifra, Producto.Clase.EXPERIENCIA)})
        return None

    def _personas(self, cifra, alcance=None):
        """De cada actividad que mide lo mismo: su total o, si no lo dice, el de sus secretarías."""
        return [
            propias if propias is not None else de_las_suyas
            for programa, tipo, suyo, propias, de_las_suyas in self.actividades
            if self._es_de(cifra, programa, tipo) and alcance in (None, suyo)
        ]

    def _entidades(self, cifra):
        return {e for programa, tipo, e in self.coberturas if self._es_de(cifra, programa, tipo)}

    def _productos(self, cifra, clase):
        return [
            entidad
            for programa, suya, entidad in self.productos
            if programa == cifra.programa_id and suya == clase
        ]

    def _es_de(self, cifra, programa, tipo):
        return programa == cifra.programa_id and cifra.tipo_id in (None, tipo)


def al_lado(programas: Iterable[Programa]) -> dict[int, list[CifraAlLado]]:
    """Por programa, sus cifras en orden. Los programas traen ya sus `cifras`."""
    programas = list(programas)
    registrado = LoRegistrado(programas)
    return {
        programa.pk: [registrado.de(cifra) for cifra in programa.cifras.all()]
        for programa in programas
    }


# ── A quiénes llegó ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class LlegoA:
    entidad: EntidadTerritorial
    actividades: int
    personas: int | None  # None: no se contaron
    ultima: date


@dataclass(frozen=True)
class CoberturaDelPrograma:
    """x de N, entidad por entidad. N son las vigentes al terminar el programa."""

    fecha: date
    llego: list[LlegoA]
    faltan: list[EntidadTerritorial]
    aparte: list[LlegoA]  # no eran entidades certificadas ese día: no suman en «x de N»

    @property
    def x(self) -> int:
        return len(self.llego)

    @property
    def n(self) -> int:
        return len(self.llego) + len(self.faltan)


def cobertura_de(programa: Programa, tipo: TipoDeActividad | None = None) -> CoberturaDelPrograma:
    fecha = termina_el(programa)
    suyas = Cobertura.objects.filter(
        actividad__programa=programa, actividad__estado=Actividad.Estado.REALIZADA
    )
    if tipo is not None:
        suyas = suyas.filter(actividad__tipo=tipo)
    cuentas = {
        fila["entidad"]: fila
        for fila in suyas.order_by()
        .values("entidad")
        .annotate(actividades=Count("pk"), suma=Sum("personas"), ultima=Max("actividad__desde"))
    }
    vigentes = list(entidades_vigentes(fecha).select_related("departamento"))
    llego = [_llego_a(e, cuentas.pop(e.pk)) for e in vigentes if e.pk in cuentas]
    ya = {uno.entidad.pk for uno in llego}
    otras = EntidadTerritorial.objects.filter(pk__in=list(cuentas)).en_orden() if cuentas else ()
    return CoberturaDelPrograma(
        fecha=fecha,
        llego=llego,
        faltan=[entidad for entidad in vigentes if entidad.pk not in ya],
        aparte=[_llego_a(entidad, cuentas[entidad.pk]) for entidad in otras],
    )


def _llego_a(entidad, cuenta):
    return LlegoA(entidad, cuenta["actividades"], cuenta["suma"], cuenta["ultima"])


def tipos_realizados(programa: Programa) -> list[TipoDeActividad]:
    return list(
        TipoDeActividad.objects.filter(
            actividades__programa=programa, actividades__estado=Actividad.Estado.REALIZADA
        ).distinct()
    )


# ── Sus actividades y lo que dejaron ──────────────────────────────────────────────────────────


def actividades_de(programa: Programa) -> QuerySet[Actividad]:
    return (
        programa.actividades.select_related("tipo")
        .annotate(n_entidades=Count("coberturas"))
        .order_by("-desde", "-pk")
    )


def productos_de(programa: Programa) -> QuerySet[Producto]:
    return programa.productos.select_related("entidad", "actividad", "contenido").order_by(
        "clase", "entidad__nombre_norm", "nombre"
    )


def contenidos_a_la_vista(productos: Iterable[Producto], usuario: Usuario) -> set[int]:
    """Los que esa persona puede abrir: de los demás no se muestra el enlace."""
    suyos = [producto.contenido_id for producto in productos if producto.contenido_id]
    if not suyos:
        return set()
    return set(
        Contenido.objects.visibles_para(usuario).filter(pk__in=suyos).values_list("pk", flat=True)
    )
