"""La presencialidad de una entidad por el tiempo, con lo que mide cada barra."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from acompanamiento.models import Presencialidad
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial


@dataclass(frozen=True)
class Barra:
    cuenta: Presencialidad
    ancho: float  # de 0 a 100, frente a la cifra más alta de la serie

    @property
    def porcentaje(self) -> float | None:
        """Del total de ese día; sin total no hay de qué calcularlo."""
        return self.cuenta.total and 100 * self.cuenta.en_presencialidad / self.cuenta.total


def presencialidad_visible(usuario: Usuario) -> QuerySet[Presencialidad]:
    cuentas = Presencialidad.objects.select_related("entidad", "creado_por")
    return cuentas if usuario.es_del_ministerio else cuentas.filter(entidad__usuarios=usuario)


def serie_de(entidad: EntidadTerritorial) -> QuerySet[Presencialidad]:
    """De la más reciente a la más antigua."""
    return entidad.presencialidad.select_related("creado_por", "entidad").order_by("-fecha")


def en_barras(entidad: EntidadTerritorial, cuentas: Iterable[Presencialidad]) -> list[Barra]:
    """Todas contra la misma cifra: así se comparan dos fechas, también si cambió el total."""
    maximos = entidad.presencialidad.aggregate(en=Max("en_presencialidad"), total=Max("total"))
    tope = max(maximos["en"] or 0, maximos["total"] or 0) or 1
    return [Barra(cuenta, 100 * cuenta.en_presencialidad / tope) for cuenta in cuentas]
