"""Lo que la página de inicio pregunta a todo el portal."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from conectate.models import Asistencia, Participacion, Sesion
from territorio.models import EntidadTerritorial

CUANTAS_SESIONES = 3


@dataclass(frozen=True)
class Entidades:
    """Las secretarías certificadas hoy, en el orden en que se dibujan."""

    tipos: list[str]

    @property
    def total(self) -> int:
        return len(self.tipos)

    @property
    def por_tipo(self):
        return Counter(self.tipos)


@dataclass(frozen=True)
class Sesiones:
    """Las que vienen o, si no hay ninguna convocada, las últimas que se hicieron."""

    vienen: bool
    lista: list[Sesion]


@dataclass(frozen=True)
class Balance:
    vigencia: int
    n_sesiones: int
    n_participaciones: int
    n_entidades: int
    n_entidades_vigentes: int
    es_demostracion: bool


def entidades_de_hoy() -> Entidades:
    vigentes = EntidadTerritorial.objects.vigentes().order_by("tipo", "nombre_norm")
    return Entidades(list(vigentes.values_list("tipo", flat=True)))


def sesiones_de(usuario) -> Sesiones:
    visibles = Sesion.objects.visibles_para(usuario).select_related("tipo")
    vienen = visibles.filter(
        estado=Sesion.Estado.CONVOCADA, fecha__gte=timezone.localdate()
    ).order_by("fecha", "hora_inicio", "pk")[:CUANTAS_SESIONES]
    if vienen:
        return Sesiones(True, list(vienen))
    return Sesiones(False, list(visibles.realizadas().order_by("-fecha", "-pk")[:CUANTAS_SESIONES]))


def balance_mas_reciente() -> Balance | None:
    """Cuántas sesiones, participaciones y secretarías, en el último año con sesiones hechas.

    Solo totales: ninguna cifra deja ver a una persona ni compara secretarías.
    """
    ultima = Sesion.objects.realizadas().que_cuentan().order_by("-fecha").first()
    if ultima is None:
        return None
    del_periodo = Sesion.objects.realizadas().que_cuentan().de_la_vigencia(ultima.vigencia)
    sesiones = del_periodo.aggregate(
        todas=Count("pk"), inventadas=Count("pk", filter=Q(es_demostracion=True))
    )
    presentes = Asistencia.objects.presentes().filter(sesion__in=del_periodo)
    return Balance(
        vigencia=ultima.vigencia,
        n_sesiones=sesiones["todas"],
        n_participaciones=Participacion.objects.que_cuentan()
        .filter(sesion__in=del_periodo)
        .count(),
        n_entidades=presentes.aggregate(n=Count("entidad", distinct=True))["n"],
        n_entidades_vigentes=EntidadTerritorial.objects.vigentes(
            date(ultima.vigencia, 12, 31)
        ).count(),
        es_demostracion=sesiones["inventadas"] > 0,
    )
