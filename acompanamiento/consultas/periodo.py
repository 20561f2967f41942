"""Lo que pasó entre dos fechas, por secretaría y por grupo: lo que cuentan los informes.

Un contacto es del grupo que acompañaba ese día. Un compromiso se cuenta con el grupo que acompañaba
a la secretaría al terminar el periodo: es quien respondía por él.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from acompanamiento.consultas.grupos import entidades_de
from acompanamiento.models import Compromiso, Contacto, Grupo, Necesidad, Pertenencia
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

Estado = Compromiso.Estado


@dataclass(frozen=True)
class Alcance:
    """De qué se informa: de un grupo, de una secretaría o, sin ninguno, de todo lo que se ve."""

    desde: date
    hasta: date
    grupo: Grupo | None = None
    entidad: EntidadTerritorial | None = None

    @property
    def corte(self) -> date:
        """El último día ya pasado del periodo: un mes en curso se cuenta hasta hoy."""
        return min(self.hasta, timezone.localdate())

    def entidades(self, por: Usuario) -> QuerySet[EntidadTerritorial]:
        if self.entidad is not None:
            entidades = EntidadTerritorial.objects.filter(pk=self.entidad.pk)
        elif self.grupo is not None:
            entidades = entidades_de(self.grupo, self.corte)
        else:
            entidades = EntidadTerritorial.objects.vigentes(self.corte)
        if por.es_de_secretaria:
            entidades = entidades.filter(usuarios=por)
        return entidades.en_orden()


@dataclass
class DeUnaEntidad:
    entidad: EntidadTerritorial
    grupo: Grupo | None = None
    contactos: int = 0
    visitas: int = 0
    ultimo: date | None = None
    acordados: int = 0
    cumplidos: int = 0
    abiertos: int = 0
    vencidos: int = 0
    necesidades: int = 0


@dataclass
class DeUnGrupo:
    """Las sumas de un grupo. `con_contacto`: a cuántas de las suyas llegó."""

    grupo: Grupo
    suyas: list[DeUnaEntidad] = field(default_factory=list)
    contactos: int = 0
    visitas: int = 0
    con_contacto: int = 0

    def suma(self, campo: str) -> int:
        return sum(getattr(una, campo) for una in self.suyas)


def contactos_en(alcance: Alcance, por: Usuario) -> QuerySet[Contacto]:
    contactos = Contacto.objects.visibles_para(por).filter(
        fecha__range=(alcance.desde, alcance.hasta)
    )
    if alcance.grupo is not None:
        contactos = contactos.filter(grupo=alcance.grupo)
    if alcance.entidad is not None:
        contactos = contactos.filter(entidad=alcance.entidad)
    return contactos.order_by("fecha", "hora_inicio", "pk")


def compromisos_en(alcance: Alcance, por: Usuario) -> QuerySet[Compromiso]:
    """Los que estaban abiertos en algún momento del periodo."""
    compromisos = Compromiso.objects.visibles_para(por).filter(
        Q(cerrado_en=None) | Q(cerrado_en__gte=_al_empezar(alcance.desde)),
        acordado_el__lte=alcance.hasta,
    )
    if alcance.grupo is not None or alcance.entidad is not None:
        compromisos = compromisos.filter(entidad__in=alcance.entidades(por).order_by())
    return compromisos.order_by("vence_el", "pk")


def por_entidad(alcance: Alcance, por: Usuario) -> list[DeUnaEntidad]:
    """Una fila por secretaría, también si no pasó nada: cero es un dato."""
    grupos = {
        una.entidad_id: una.grupo
        for una in Pertenencia.objects.vigentes(alcance.corte).select_related("grupo")
    }
    filas = {
        entidad.pk: DeUnaEntidad(entidad, grupos.get(entidad.pk))
        for entidad in alcance.entidades(por)
    }
    for cuenta in (_contactos(alcance, por), _compromisos(alcance, por), _necesidades(por)):
        for una in cuenta:
            if fila := filas.get(una.pop("entidad")):
                for campo, valor in una.items():
                    setattr(fila, campo, valor)
    return list(filas.values())


def por_grupo(alcance: Alcance, filas: list[DeUnaEntidad], por: Usuario) -> list[DeUnGrupo]:
    """Con las filas de `por_entidad`, y los contactos que cada grupo hizo mientras acompañaba."""
    grupos = {
        cuenta.pop("grupo"): cuenta
        for cuenta in contactos_en(alcance, por)
        .completos()
        .exclude(grupo=None)
        .order_by()
        .values("grupo")
        .annotate(
            contactos=Count("pk"),
            visitas=Count("pk", filter=Q(canal__in=Contacto.CANALES_DE_VISITA)),
            con_contacto=Count("entidad", distinct=True),
        )
    }
    suyas = {}
    for fila in filas:
        if fila.grupo is not None:
            suyas.setdefault(fila.grupo.pk, []).append(fila)
    cuales = Grupo.objects.filter(pk__in={*grupos, *suyas})
    if alcance.grupo is not None:
        cuales = cuales.filter(pk=alcance.grupo.pk)
    return [
        DeUnGrupo(grupo, suyas.get(grupo.pk, []), **grupos.get(grupo.pk, {})) for grupo in cuales
    ]


def _contactos(alcance, por):
    return (
        contactos_en(alcance, por)
        .completos()
        .order_by()
        .values("entidad")
        .annotate(
            contactos=Count("pk"),
            visitas=Count("pk", filter=Q(canal__in=Contacto.CANALES_DE_VISITA)),
            ultimo=Max("fecha"),
        )
    )


def _compromisos(alcance, por):
    corte, despues = alcance.corte, _al_empezar(alcance.hasta + timedelta(days=1))
    seguia = Q(cerrado_en=None) | Q(cerrado_en__gte=despues)
    return (
        compromisos_en(alcance, por)
        .order_by()
        .values("entidad")
        .annotate(
            acordados=Count("pk", filter=Q(acordado_el__gte=alcance.desde)),
            cumplidos=Count("pk", filter=Q(estado=Estado.CUMPLIDO, cerrado_en__lt=despues)),
            abiertos=Count("pk", filter=seguia),
            vencidos=Count("pk", filter=seguia & Q(vence_el__lt=corte)),
        )
    )


def _necesidades(por):
    """Las que esperan hoy: de antes no se guarda cómo estaban."""
    abiertas = Necesidad.objects.visibles_para(por).abiertas().order_by()
    return abiertas.values("entidad").annotate(necesidades=Count("pk"))


def _al_empezar(dia):
    return timezone.make_aware(datetime.combine(dia, time.min))


@dataclass(frozen=True)
class MesDelGrupo:
    """El mes de un grupo, para una página."""

    alcance: Alcance
    total: DeUnGrupo
    vencidos: list[Compromiso]
    n_por_venir: int
    por_venir: list[Contacto]

    @property
    def grupo(self) -> Grupo:
        return self.total.grupo


def mes_del_grupo(grupo: Grupo, alcance: Alcance, por: Usuario, *, cuantos: int) -> MesDelGrupo:
    filas = por_entidad(alcance, por)
    (total,) = por_grupo(alcance, filas, por) or [DeUnGrupo(grupo, filas)]
    # Lo más viejo primero: es lo que más lleva esperando.
    vencidos = (
        compromisos_en(alcance, por)
        .abiertos()
        .filter(vence_el__lt=alcance.corte)
        .select_related("entidad", "direccion", "dependencia")[:cuantos]
    )
    suyas = [fila.entidad.pk for fila in filas]
    por_venir = Contacto.objects.filter(
        entidad__in=suyas, estado=Contacto.Estado.PROGRAMADO, fecha__gt=alcance.corte
    ).order_by("fecha", F("hora_inicio").asc(nulls_last=True), "pk")
    return MesDelGrupo(
        alcance,
        total,
        list(vencidos),
        por_venir.count(),
        list(por_venir.select_related("entidad")[:cuantos]),
    )
