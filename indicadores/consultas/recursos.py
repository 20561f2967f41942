"""Leer los recursos: la página entera, un corte, y lo de cada entidad."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Sum

from indicadores.consultas.balances import NOMBRES, Balance, Suma, pesos, por_ciento
from indicadores.models import MEDIDAS, CorteDeRecursos, Fondo, RecursoDeEntidad
from territorio.models import EntidadTerritorial

ORDEN = ("fondo__orden", "vigencia", F("corte").asc(nulls_first=True), "pk")


def balances(cortes: Iterable[CorteDeRecursos]) -> list[Balance]:
    """En su orden, cada total con sus partes dentro."""
    cortes = list(cortes)
    sumas = _sumas([corte.pk for corte in cortes])
    partes = defaultdict(list)
    for corte in cortes:
        if corte.parte_de_id:
            partes[corte.parte_de_id].append(_balance(corte, sumas))
    presentes = {corte.pk for corte in cortes}
    return [
        _balance(corte, sumas, partes.get(corte.pk, ()))
        for corte in cortes
        if corte.parte_de_id not in presentes
    ]


def balance_de(corte: CorteDeRecursos, *, publicados: bool = True) -> Balance:
    """El de un corte; si es un total, con sus partes (las publicadas, salvo para quien carga)."""
    partes = corte.partes.select_related("fondo").order_by("pk")
    if publicados:
        partes = partes.publicados()
    return balances([corte, *partes])[0]


def _balance(corte, sumas, partes=()):
    return Balance(corte, sumas.get(corte.pk, Suma()), tuple(partes), corte.n_entidades)


def _sumas(cortes) -> dict[int, Suma]:
    con_las_dos = Q(asignado__isnull=False, ejecutado__isnull=False)
    filas = (
        RecursoDeEntidad.objects.filter(corte__in=cortes)
        .order_by()
        .values("corte")
        .annotate(
            n=Count("pk"),
            con_las_dos=Count("pk", filter=con_las_dos),
            asignado_con_ejecucion=Sum("asignado", filter=con_las_dos),
            ejecutado_con_asignacion=Sum("ejecutado", filter=con_las_dos),
            **{f"suma_{medida}": Sum(medida) for medida in MEDIDAS},
            **{f"n_{medida}": Count(medida) for medida in MEDIDAS},
        )
    )
    return {
        fila["corte"]: Suma(
            n_entidades=fila["n"],
            totales={medida: fila[f"suma_{medida}"] for medida in MEDIDAS},
            con_dato={medida: fila[f"n_{medida}"] for medida in MEDIDAS},
            asignado_con_ejecucion=fila["asignado_con_ejecucion"],
            ejecutado_con_asignacion=fila["ejecutado_con_asignacion"],
            con_las_dos=fila["con_las_dos"],
        )
        for fila in filas
    }


@dataclass(frozen=True)
class Recursos:
    """La página entera."""

    por_fondo: list[tuple[Fondo, list[Balance]]]  # los que traen montos
    quien_reporto: list[tuple[str, list[Balance]]]  # de los demás, cuántas reportaron y en qué
    reglas: list[tuple[Fondo, CorteDeRecursos | None]]  # cada fondo, y de dónde se sabe

    @property
    def hay_algo(self) -> bool:
        return bool(self.por_fondo or self.quien_reporto or self.reglas)


def recursos() -> Recursos:
    cortes = list(CorteDeRecursos.objects.publicados().select_related("fondo").order_by(*ORDEN))
    por_fondo, quien_reporto, de_donde = defaultdict(list), defaultdict(list), {}
    for balance in balances(cortes):
        corte = balance.corte
        de_donde.setdefault(corte.fondo_id, corte)
        if balance.solo_dice_cuantas:
            cuando = corte.periodo or str(corte.vigencia)
            quien_reporto[f"{corte.sistema or corte.fondo.sigla}, {cuando}"].append(balance)
        elif balance.trae_montos:
            por_fondo[corte.fondo].append(balance)
    fondos = Fondo.objects.exclude(reglas="")
    return Recursos(
        por_fondo=list(por_fondo.items()),
        quien_reporto=list(quien_reporto.items()),
        reglas=[(fondo, de_donde.get(fondo.pk)) for fondo in fondos],
    )


# ── Por entidad ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class FilaDeEntidad:
    entidad: EntidadTerritorial
    recurso: RecursoDeEntidad | None  # sin él, no reportó


@dataclass(frozen=True)
class PorEntidad:
    """Todas las que había, hayan reportado o no, y las que reportaron sin estar en la lista."""

    filas: list[FilaDeEntidad]

    @cached_property
    def medidas(self) -> list[str]:
        """Las que trae al menos una; las demás llenarían la tabla de «sin dato»."""
        recursos = [fila.recurso for fila in self.filas if fila.recurso]
        return [m for m in MEDIDAS if any(getattr(r, m) is not None for r in recursos)]

    @property
    def titulos(self) -> list[str]:
        return [NOMBRES[medida] for medida in self.medidas]

    @property
    def sin_dato(self) -> list[str]:
        return [NOMBRES[medida].lower() for medida in MEDIDAS if medida not in self.medidas]

    @property
    def renglones(self) -> list[tuple[EntidadTerritorial, list[str]]]:
        """Cada entidad con sus montos; sin ninguno, no reportó."""
        return [
            (
                fila.entidad,
                [pesos(getattr(fila.recurso, m)) for m in self.medidas] if fila.recurso else [],
            )
            for fila in self.filas
        ]


def fecha_de(corte: CorteDeRecursos) -> date:
    """Con qué secretarías se compara: las que había al corte o al terminar su vigencia."""
    return corte.corte or date(corte.vigencia, 12, 31)


def por_entidad(corte: CorteDeRecursos) -> PorEntidad:
    suyos = {r.entidad_id: r for r in corte.recursos.select_related("entidad")}
    vigentes = list(EntidadTerritorial.objects.vigentes(fecha_de(corte)).en_orden())
    de_mas = [r.entidad for r in suyos.values() if r.entidad not in vigentes]
    return PorEntidad(
        [FilaDeEntidad(entidad, suyos.get(entidad.pk)) for entidad in [*vigentes, *de_mas]]
    )


@dataclass(frozen=True)
class RecursoPropio:
    """Lo de una secretaría en un corte en que otras también tienen lo suyo."""

    corte: CorteDeRecursos
    recurso: RecursoDeEntidad | None

    @property
    def montos(self) -> list[tuple[str, str]]:
        """[(«Asignado», «$1.250 millones»)…]: lo que la fuente trae de ella."""
        if self.recurso is None:
            return []
        pares = [(NOMBRES[medida], getattr(self.recurso, medida)) for medida in MEDIDAS]
        return [(nombre, f"{pesos(v)} millones") for nombre, v in pares if v is not None]

    @property
    def ejecucion(self) -> str:
        suyo = self.recurso
        if suyo is None or not suyo.asignado or suyo.ejecutado is None:
            return ""
        return por_ciento(suyo.ejecutado, suyo.asignado)


def recursos_de(entidad: EntidadTerritorial) -> list[RecursoPropio]:
    """De los cortes publicados con lo de cada entidad, lo suyo o que no reportó. Una consulta."""
    cortes = (
        CorteDeRecursos.objects.publicados()
        .filter(Exists(RecursoDeEntidad.objects.filter(corte=OuterRef("pk"))))
        .annotate(suyo=FilteredRelation("recursos", condition=Q(recursos__entidad=entidad)))
        .select_related("fondo", "suyo")
        .order_by(*ORDEN)
    )
    propios = [RecursoPropio(corte, getattr(corte, "suyo", None)) for corte in cortes]
    return [uno for uno in propios if uno.recurso or entidad.vale_en(fecha_de(uno.corte))]
