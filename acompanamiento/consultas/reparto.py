"""Cómo están repartidas las secretarías entre los grupos, y cómo va cada grupo."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from acompanamiento.consultas.semaforo import EnSemaforo, semaforo
from acompanamiento.models import Grupo, Integrante, Padrinazgo, Pertenencia
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


@dataclass
class GrupoDelReparto:
    grupo: Grupo
    lider: Usuario | None = None
    entidades: list[EntidadTerritorial] = field(default_factory=list)


@dataclass(frozen=True)
class Reparto:
    fecha: date
    grupos: list[GrupoDelReparto]
    sin_grupo: list[EntidadTerritorial]

    @property
    def n_entidades(self) -> int:
        return sum(len(uno.entidades) for uno in self.grupos)

    @property
    def tamanos(self) -> list[tuple[int, int]]:
        """Cuántos grupos hay de cada tamaño, del mayor al menor."""
        cuantos = defaultdict(int)
        for uno in self.grupos:
            cuantos[len(uno.entidades)] += 1
        return sorted(cuantos.items(), reverse=True)


def reparto(fecha: date | None = None) -> Reparto:
    """Los grupos de ese día con sus secretarías vigentes, y las que no tienen ninguno."""
    fecha = fecha or timezone.localdate()
    por_grupo = {
        grupo.pk: GrupoDelReparto(grupo)
        for grupo in Grupo.objects.vigentes(fecha).order_by("numero")
    }
    lideres = Integrante.objects.vigentes(fecha).filter(papel=Integrante.Papel.LIDER)
    for uno in lideres.select_related("persona").order_by("desde"):
        if uno.grupo_id in por_grupo:
            por_grupo[uno.grupo_id].lider = uno.persona
    grupo_de_cada_una = dict(
        Pertenencia.objects.vigentes(fecha).order_by("desde").values_list("entidad", "grupo")
    )
    sin_grupo = []
    for entidad in EntidadTerritorial.objects.vigentes(fecha).en_orden():
        suyo = por_grupo.get(grupo_de_cada_una.get(entidad.pk))
        (suyo.entidades if suyo else sin_grupo).append(entidad)
    return Reparto(fecha, list(por_grupo.values()), sin_grupo)


@dataclass(frozen=True)
class EntidadAcompanada:
    """Una secretaría en la página de su grupo."""

    fila: EnSemaforo
    enlace: Usuario | None
    vencidos: int


def acompanadas_por(grupo: Grupo, *, vencidos_de: Counter) -> list[EntidadAcompanada]:
    """Las de hoy, primero las que llevan más sin contacto. `vencidos_de`: cuántos por entidad."""
    filas = semaforo(grupo=grupo)
    entidades = [fila.entidad.pk for fila in filas]
    enlaces = {
        uno.entidad_id: uno.persona
        for uno in Padrinazgo.objects.vigentes()
        .filter(entidad__in=entidades, papel=Padrinazgo.Papel.ENLACE)
        .select_related("persona")
    }
    return [
        EntidadAcompanada(fila, enlaces.get(fila.entidad.pk), vencidos_de[fila.entidad.pk])
        for fila in filas
    ]


def responsables_de(entidad: EntidadTerritorial) -> list[Padrinazgo]:
    """Su padrino y su enlace de hoy. A la secretaría se le dicen por su cargo."""
    return list(
        Padrinazgo.objects.vigentes()
        .filter(entidad=entidad)
        .select_related("persona__direccion")
        .order_by("-papel")
    )
