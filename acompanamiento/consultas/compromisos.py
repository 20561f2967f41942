"""Lo que se pregunta de los compromisos: qué se venció, qué viene y de quién es."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from acompanamiento.models import Compromiso
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

DIAS_POR_VENCER = 8


@dataclass(frozen=True)
class ResumenDeVencidos:
    """Cuántos, por el número interno de la entidad. La que no está no debe nada."""

    abiertos_de: Counter
    vencidos_de: Counter
    por_vencer_de: Counter

    @property
    def abiertos(self) -> int:
        return self.abiertos_de.total()

    @property
    def vencidos(self) -> int:
        return self.vencidos_de.total()

    @property
    def por_vencer(self) -> int:
        return self.por_vencer_de.total()


def resumen_de_vencidos(
    *,
    entidades: Iterable[EntidadTerritorial] | None = None,
    persona: Usuario | None = None,
    lado: str = "",
    hoy: date | None = None,
) -> ResumenDeVencidos:
    """Abiertos, vencidos y por vencer esta semana, en una consulta.

    `entidades`: solo de esas (una lista o un QuerySet); `persona`: solo lo suyo.
    """
    hoy = hoy or timezone.localdate()
    compromisos = Compromiso.objects.abiertos()
    if entidades is not None:
        compromisos = compromisos.filter(entidad__in=entidades)
    if persona is not None:
        compromisos = compromisos.filter(persona=persona)
    if lado:
        compromisos = compromisos.filter(lado=lado)
    hasta = hoy + timedelta(days=DIAS_POR_VENCER)
    filas = (
        compromisos.order_by()
        .values_list("entidad")
        .annotate(
            abiertos=Count("pk"),
            vencidos=Count("pk", filter=Q(vence_el__lt=hoy)),
            por_vencer=Count("pk", filter=Q(vence_el__gte=hoy, vence_el__lte=hasta)),
        )
    )
    abiertos, vencidos, por_vencer = Counter(), Counter(), Counter()
    for entidad, n, n_vencidos, n_por_vencer in filas:
        abiertos[entidad], vencidos[entidad], por_vencer[entidad] = n, n_vencidos, n_por_vencer
    return ResumenDeVencidos(abiertos, vencidos, por_vencer)
