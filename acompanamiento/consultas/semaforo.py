"""Hace cuánto no se habla con cada secretaría, contra la regla que rige ese día."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, TextChoices
from django.utils import timezone

from acompanamiento.models import Contacto, Grupo, Padrinazgo, Pertenencia, ReglaDeContacto
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial

DE_PARTIDA = ReglaDeContacto(dias=7, dias_de_alerta=14)  # mientras nadie haya puesto otra


class Luz(TextChoices):
    NUNCA = "nunca", "sin ningún contacto"
    ATRASADA = "atrasada", "atrasada"
    EN_ALERTA = "en_alerta", "en alerta"
    AL_DIA = "al_dia", "al día"


TONOS = {
    Luz.NUNCA: "error",
    Luz.ATRASADA: "error",
    Luz.EN_ALERTA: "pendiente",
    Luz.AL_DIA: "hecho",
}


@dataclass(frozen=True)
class EnSemaforo:
    """Una secretaría, quién la acompaña hoy y hace cuántos días se habló con ella."""

    entidad: EntidadTerritorial
    grupo: Grupo | None
    padrino: Usuario | None
    ultimo: date | None
    dias: int | None
    luz: Luz

    @property
    def tono(self) -> str:
        """El color con que se acompaña la palabra."""
        return TONOS[self.luz]

    @property
    def hace(self) -> str:
        """«hoy», «hace 1 día», «hace 12 días»; vacío si nunca."""
        if self.dias is None:
            return ""
        return {0: "hoy", 1: "hace 1 día"}.get(self.dias, f"hace {self.dias} días")


def semaforo(
    *, grupo: Grupo | None = None, padrino: Usuario | None = None, hoy: date | None = None
) -> list[EnSemaforo]:
    """Las vigentes ese día: primero las que nunca, luego las de más días sin contacto."""
    hoy = hoy or timezone.localdate()
    regla = regla_del_dia(hoy)
    grupos = {uno.entidad_id: uno.grupo for uno in _vigentes(Pertenencia, hoy, "grupo")}
    padrinos = {
        uno.entidad_id: uno.persona
        for uno in _vigentes(Padrinazgo, hoy, "persona").filter(papel=Padrinazgo.Papel.PADRINO)
    }
    entidades = EntidadTerritorial.objects.vigentes(hoy).annotate(ultimo=_ultimo_contacto(hoy))
    if grupo is not None:
        entidades = entidades.filter(pk__in=[pk for pk, suyo in grupos.items() if suyo == grupo])
    if padrino is not None:
        entidades = entidades.filter(
            pk__in=[pk for pk, suyo in padrinos.items() if suyo == padrino]
        )
    filas = [
        _en_semaforo(entidad, grupos.get(entidad.pk), padrinos.get(entidad.pk), regla, hoy)
        for entidad in entidades.en_orden()
    ]
    return sorted(filas, key=lambda fila: (fila.ultimo is not None, -(fila.dias or 0)))


def de_una(entidad: EntidadTerritorial, *, hoy: date | None = None) -> EnSemaforo:
    """La misma cuenta para una sola, también si ya cerró."""
    hoy = hoy or timezone.localdate()
    grupos = [uno.grupo for uno in _vigentes(Pertenencia, hoy, "grupo").filter(entidad=entidad)]
    padrinos = [
        uno.persona
        for uno in _vigentes(Padrinazgo, hoy, "persona").filter(
            entidad=entidad, papel=Padrinazgo.Papel.PADRINO
        )
    ]
    con_ultimo = EntidadTerritorial.objects.annotate(ultimo=_ultimo_contacto(hoy)).get(
        pk=entidad.pk
    )
    return _en_semaforo(
        con_ultimo, next(iter(grupos), None), next(iter(padrinos), None), regla_del_dia(hoy), hoy
    )


def cuenta_por_luz(filas: list[EnSemaforo]) -> dict[Luz, int]:
    """Cuántas en cada luz, también las que no tienen ninguna."""
    cuenta = Counter(fila.luz for fila in filas)
    return {luz: cuenta[luz] for luz in Luz}


def regla_del_dia(hoy: date) -> ReglaDeContacto:
    return ReglaDeContacto.objects.vigente(hoy) or DE_PARTIDA


def padrinos_de_hoy() -> QuerySet[Usuario]:
    """A quiénes se puede preguntar por «las mías»."""
    hoy = Padrinazgo.objects.vigentes().filter(papel=Padrinazgo.Papel.PADRINO)
    return Usuario.objects.filter(pk__in=hoy.values("persona")).order_by("nombre")


def _en_semaforo(entidad, grupo, padrino, regla, hoy):
    dias = None if entidad.ultimo is None else (hoy - entidad.ultimo).days
    return EnSemaforo(entidad, grupo, padrino, entidad.ultimo, dias, _luz(dias, regla))


def _luz(dias, regla):
    if dias is None:
        return Luz.NUNCA
    if dias > regla.dias_de_alerta:
        return Luz.ATRASADA
    return Luz.EN_ALERTA if dias > regla.dias else Luz.AL_DIA


def _ultimo_contacto(hoy):
    """Por el índice, una entrada por entidad: con diez años de contactos tarda lo mismo."""
    suyos = Contacto.objects.completos().filter(entidad=OuterRef("pk"), fecha__lte=hoy)
    return Subquery(suyos.order_by("-fecha").values("fecha")[:1])


def _vigentes(modelo, hoy, con):
    return modelo.objects.vigentes(hoy).select_related(con)
