"""«x de N»: en cuántas sesiones estuvo cada secretaría, de cuántas a las que se la convocó.

Las reglas, en un solo sitio:

- Cuentan las sesiones realizadas o cerradas, de un tipo que cuenta y con asistencia cargada.
- N es, para cada secretaría, a cuántas de esas se la convocó. Convocadas todas, N es el total.
- x es en cuántas de esas N estuvo, lo diga la lista, ella misma, el equipo o un reclamo.
- Una sesión sin asistencia cargada es «sin dato»: no es ausencia y no entra en N; se dice aparte.
- Asistir sin convocatoria se muestra aparte: x nunca pasa de N.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from conectate.consultas.materiales import a_la_vista_de_las_secretarias
from conectate.consultas.presencia import LoDeUnaEntidad
from conectate.consultas.sesiones import POR_REVISAR, estuvo, hay_asistencia
from conectate.models import (
    Aforo,
    Asistencia,
    Convocatoria,
    Participacion,
    Sesion,
    TipoSesion,
)
from conectate.models.asistencia import TipoIdentidad
from territorio.models import EntidadTerritorial

DECIMA = Decimal("0.1")


@dataclass(frozen=True)
class XdeN:
    x: int = 0
    n: int = 0

    def __str__(self):
        return f"{self.x} de {self.n}"

    def __add__(self, otro):
        return XdeN(self.x + otro.x, self.n + otro.n)

    @property
    def porcentaje(self) -> Decimal | None:
        """Con una décima. Solo todas son 100 y solo ninguna es 0: 2.499 de 2.500 es 99,9."""
        if not self.n:
            return None
        exacto = Decimal(100 * self.x) / self.n
        redondo = exacto.quantize(DECIMA, ROUND_HALF_UP)
        if redondo == 100 and self.x < self.n:
            return Decimal("99.9")
        if redondo == 0 and self.x:
            return DECIMA
        return redondo

    @property
    def fraccion(self) -> float | None:
        return self.x / self.n if self.n else None


NADA = XdeN()


# ── Qué entra en la cuenta ────────────────────────────────────────────────────────────────────


def sesiones_de_la_cuenta(vigencia: int) -> QuerySet[Sesion]:
    return Sesion.objects.realizadas().que_cuentan().de_la_vigencia(vigencia)


def entidades_de_la_vigencia(vigencia: int) -> QuerySet[EntidadTerritorial]:
    """Las que existieron en algún momento del año: 96 en 2020, 97 en 2023."""
    return (
        EntidadTerritorial.objects.filter(
            Q(desde__isnull=True) | Q(desde__lte=date(vigencia, 12, 31)),
            Q(hasta__isnull=True) | Q(hasta__gte=date(vigencia, 1, 1)),
        )
        .select_related("departamento")
        .en_orden()
    )


# ── Todas las entidades, por tipo ─────────────────────────────────────────────────────────────


@dataclass
class TipoDeLaVigencia:
    tipo: TipoSesion
    sesiones: int
    sin_dato: int

    @property
    def con_dato(self) -> int:
        return self.sesiones - self.sin_dato


@dataclass
class FilaDeEntidad:
    entidad: EntidadTerritorial
    por_tipo: dict[int, XdeN]
    asistencias: int = 0

    @property
    def total(self) -> XdeN:
        return sum(self.por_tipo.values(), NADA)

    @property
    def cuentas(self) -> list[XdeN]:
        """Las de cada tipo y, si hay más de uno, la suma."""
        return [*self.por_tipo.values(), *([self.total] if len(self.por_tipo) > 1 else [])]


@dataclass
class Tabla:
    vigencia: int
    tipos: list[TipoDeLaVigencia]
    filas: list[FilaDeEntidad]
    es_demostracion: bool = False

    @property
    def sesiones(self) -> int:
        return sum(tipo.sesiones for tipo in self.tipos)

    @property
    def sin_dato(self) -> int:
        return sum(tipo.sin_dato for tipo in self.tipos)


def tipos_de_la_vigencia(vigencia: int) -> list[TipoDeLaVigencia]:
    """Los tipos que cuentan y tuvieron sesiones, en el orden del catálogo."""
    cuentas = (
        sesiones_de_la_cuenta(vigencia)
        .annotate(hay=hay_asistencia())
        .values("tipo")
        .annotate(sesiones=Count("pk"), con_dato=Count("pk", filter=Q(hay=True)))
        .order_by()
    )
    por_tipo = {fila["tipo"]: fila for fila in cuentas}
    return [
        TipoDeLaVigencia(
            tipo,
            por_tipo[tipo.pk]["sesiones"],
            por_tipo[tipo.pk]["sesiones"] - por_tipo[tipo.pk]["con_dato"],
        )
        for tipo in TipoSesion.objects.filter(pk__in=por_tipo)
    ]


def tabla_de(vigencia: int, entidad: EntidadTerritorial | None = None) -> Tabla:
    """El «x de N» por tipo de todas las entidades, o de una."""
    tipos = tipos_de_la_vigencia(vigencia)
    contadas = sesiones_de_la_cuenta(vigencia).filter(hay_asistencia())
    convocatorias = Convocatoria.objects.filter(sesion__in=contadas.order_by().values("pk"))
    participaciones = Participacion.objects.que_cuentan().filter(
        sesion__in=contadas.order_by().values("pk"), entidad__isnull=False
    )
    entidades = entidades_de_la_vigencia(vigencia)
    if entidad is not None:
        convocatorias = convocatorias.filter(entidad=entidad)
        participaciones = participaciones.filter(entidad=entidad)
        entidades = EntidadTerritorial.objects.filter(pk=entidad.pk).select_related("departamento")

    cuentas = {}
    for fila in (
        convocatorias.annotate(estuvo=estuvo())
        .values("entidad", "sesion__tipo")
        .annotate(n=Count("pk"), x=Count("pk", filter=Q(estuvo=True)))
        .order_by()
    ):
        cuentas.setdefault(fila["entidad"], {})[fila["sesion__tipo"]] = XdeN(fila["x"], fila["n"])
    asistencias = dict(participaciones.values_list("entidad").annotate(n=Count("pk")).order_by())
    return Tabla(
        vigencia=vigencia,
        tipos=tipos,
        filas=[
            FilaDeEntidad(
                entidad=una,
                por_tipo={t.tipo.pk: cuentas.get(una.pk, {}).get(t.tipo.pk, NADA) for t in tipos},
                asistencias=asistencias.get(una.pk, 0),
            )
            for una in entidades
        ],
        es_demostracion=sesiones_de_la_cuenta(vigencia).filter(es_demostracion=True).exists(),
    )


# ── Una entidad, sesión a sesión ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class SesionDeEntidad(LoDeUnaEntidad):
    PRESENTE, AUSENTE, SIN_DATO = "presente", "ausente", "sin dato"

    sesion: Sesion
    fue_convocada: bool
    hay_asistencia: bool
    minutos: float
    por_identificar: int
    n_materiales: int = 0

    @property
    def situacion(self) -> str:
        if not self.hay_asistencia:
            return self.SIN_DATO
        return self.PRESENTE if self.estuvo else self.AUSENTE

    @property
    def esta_por_confirmar(self) -> bool:
        """Ausente, pero en esa lista queda gente sin identificar: alguna puede ser suya."""
        return self.situacion == self.AUSENTE and self.por_identificar > 0


@dataclass
class ParticipacionDeEntidad:
    entidad: EntidadTerritorial
    vigencia: int
    tabla: Tabla
    sesiones: list[SesionDeEntidad] = field(default_factory=list)  # las que cuentan y convocaron
    aparte: list[SesionDeEntidad] = field(default_factory=list)  # de otros tipos
    sin_convocatoria: list[SesionDeEntidad] = field(default_factory=list)
    personas_distintas: int = 0

    @property
    def fila(self) -> FilaDeEntidad:
        return self.tabla.filas[0]

    @property
    def por_tipo(self) -> list[tuple[TipoDeLaVigencia, XdeN, int]]:
        """Cada tipo con su «x de N» y cuántas a las que se la convocó están sin dato."""
        return [
            (
                tipo,
                self.fila.por_tipo[tipo.tipo.pk],
                sum(
                    s.situacion == s.SIN_DATO and s.sesion.tipo_id == tipo.tipo.pk
                    for s in self.sesiones
                ),
            )
            for tipo in self.tabla.tipos
        ]

    @property
    def n_sin_dato(self) -> int:
        return sum(s.situacion == s.SIN_DATO for s in self.sesiones)

    @property
    def ausencias(self) -> list[SesionDeEntidad]:
        return [s for s in self.sesiones if s.situacion == s.AUSENTE]


def participacion_de(entidad: EntidadTerritorial, vigencia: int) -> ParticipacionDeEntidad:
    asistencias = Asistencia.objects.filter(entidad=entidad)
    suyas = Participacion.objects.que_cuentan().filter(entidad=entidad)
    de_la_sesion = suyas.filter(sesion=OuterRef("pk")).order_by().values("sesion")
    por_identificar = (
        Participacion.objects.filter(POR_REVISAR, sesion=OuterRef("pk"))
        .order_by()
        .values("sesion")
        .annotate(n=Count("pk"))
        .values("n")
    )
    materiales = (
        a_la_vista_de_las_secretarias()
        .filter(sesion=OuterRef("pk"))
        .order_by()
        .values("sesion")
        .annotate(n=Count("pk"))
        .values("n")
    )
    convocatoria = Convocatoria.objects.filter(sesion=OuterRef("pk"), entidad=entidad)
    sesiones = (
        Sesion.objects.realizadas()
        .de_la_vigencia(vigencia)
        .filter(
            Q(pk__in=Convocatoria.objects.filter(entidad=entidad).values("sesion"))
            | Q(pk__in=asistencias.presentes().values("sesion"))
        )
        .select_related("tipo")
        .annotate(
            convocada=Subquery(convocatoria.values("pk")[:1]),
            hay=hay_asistencia(),
            personas=Coalesce(Subquery(de_la_sesion.annotate(n=Count("pk")).values("n")), 0),
            minutos=Coalesce(Subquery(de_la_sesion.annotate(n=Sum("minutos")).values("n")), 0.0),
            por_identificar=Coalesce(Subquery(por_identificar), 0),
            n_materiales=Coalesce(Subquery(materiales), 0),
        )
        .order_by("fecha", "hora_inicio", "pk")
    )
    participacion = ParticipacionDeEntidad(
        entidad, vigencia, tabla_de(vigencia, entidad), personas_distintas=0
    )
    por_sesion = {una.sesion_id: una for una in asistencias.filter(sesion__fecha__year=vigencia)}
    for sesion in sesiones:
        fila = SesionDeEntidad(
            sesion=sesion,
            asistencia=por_sesion.get(sesion.pk),
            fue_convocada=sesion.convocada is not None,
            hay_asistencia=sesion.hay,
            personas=sesion.personas,
            minutos=sesion.minutos,
            por_identificar=sesion.por_identificar,
            n_materiales=sesion.n_materiales,
        )
        if sesion.tipo.conteo == TipoSesion.Conteo.APARTE:
            participacion.aparte.append(fila)
        elif fila.fue_convocada:
            participacion.sesiones.append(fila)
        else:
            participacion.sin_convocatoria.append(fila)
    participacion.personas_distintas = suyas.filter(
        tipo=TipoIdentidad.PERSONA,
        sesion__in=sesiones_de_la_cuenta(vigencia).order_by().values("pk"),
    ).aggregate(n=Count("clave", distinct=True))["n"]
    return participacion


@dataclass(frozen=True)
class Totales:
    """Lo de todas las sesiones que cuentan. Los aforos van en su columna: no son personas."""

    sesiones: int
    sin_dato: int
    asistencias: int
    personas: int
    minutos: float
    sin_identificar: int
    de_otra_organizacion: int
    aforo: int


def totales_de(vigencia: int) -> Totales:
    sesiones = sesiones_de_la_cuenta(vigencia)
    claves = sesiones.order_by().values("pk")
    participaciones = Participacion.objects.que_cuentan().filter(sesion__in=claves)
    personas = participaciones.aggregate(
        asistencias=Count("pk"),
        personas=Count("clave", filter=Q(tipo=TipoIdentidad.PERSONA), distinct=True),
        minutos=Sum("minutos", default=0.0),
        sin_identificar=Count("pk", filter=Q(entidad=None, ajena="")),
        de_otra_organizacion=Count("pk", filter=~Q(ajena="")),
    )
    personas["minutos"] = round(personas["minutos"], 1)  # como los de cada quien
    return Totales(
        **sesiones.annotate(hay=hay_asistencia()).aggregate(
            sesiones=Count("pk"), sin_dato=Count("pk", filter=Q(hay=False))
        ),
        **personas,
        **Aforo.objects.filter(sesion__in=claves).aggregate(aforo=Sum("personas", default=0)),
    )


def vigencias_de(entidad: EntidadTerritorial) -> list[int]:
    """Los años en que se la convocó a algo que se realizó, o asistió; el último, primero."""
    convocada = Convocatoria.objects.filter(entidad=entidad)
    asistio = Asistencia.objects.presentes().filter(entidad=entidad)
    suyas = Sesion.objects.realizadas().filter(
        Q(pk__in=convocada.values("sesion")) | Q(pk__in=asistio.values("sesion"))
    )
    return [fecha.year for fecha in suyas.order_by().dates("fecha", "year", order="DESC")]
