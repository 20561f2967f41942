"""Hace cuánto no se habla con cada secretaría, contra la regla que rige ese día."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, TextChoices
from django.utils import timezone

from acompanamiento.models import Contacto, Grupo, Padrinazgo, Pertenencia, ReglaDeContacto
from cuentas.models import Usuario
from territorio.models import EntidadTerritorial
from territorio.recordado import Recordado

DE_PARTIDA = ReglaDeContacto(dias=7, dias_de_alerta=14)  # mientras nadie haya puesto otra
_reglas = Recordado(ReglaDeContacto, lambda: list(ReglaDeContacto.objects.all()))


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
    """Una secretaría, hace cuántos días se habló con ella y quién la acompaña hoy."""

    entidad: EntidadTerritorial
    ultimo: date | None
    dias: int | None
    luz: Luz
    grupo: Grupo | None = None
    padrino: Usuario | None = None

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


def semaforo(*, hoy: date | None = None, **cuales) -> list[EnSemaforo]:
    """Las vigentes ese día con quien las acompaña, en el orden de `sin_acompanantes`."""
    hoy = hoy or timezone.localdate()
    return con_acompanantes(sin_acompanantes(hoy=hoy, **cuales), hoy=hoy)


def sin_acompanantes(
    *,
    grupo: Grupo | None = None,
    padrino: Usuario | None = None,
    hoy: date | None = None,
    regla: ReglaDeContacto | None = None,
) -> list[EnSemaforo]:
    """Primero las que nunca, luego las de más días sin contacto. Aún sin su grupo ni su padrino:
    quien solo cuenta, o muestra una página, no los pregunta todos.

    `regla`: la de ese día, si ya se preguntó.
    """
    hoy = hoy or timezone.localdate()
    entidades = EntidadTerritorial.objects.vigentes(hoy)
    if grupo is not None:
        suyas = Pertenencia.objects.vigentes(hoy).filter(grupo=grupo)
        entidades = entidades.filter(pk__in=suyas.values("entidad"))
    if padrino is not None:
        apadrinadas = _padrinazgos(hoy).filter(persona=padrino)
        entidades = entidades.filter(pk__in=apadrinadas.values("entidad"))
    filas = _con_su_luz(entidades.en_orden(), hoy, regla or regla_del_dia(hoy))
    return sorted(filas, key=lambda fila: (fila.ultimo is not None, -(fila.dias or 0)))


def con_acompanantes(filas: Sequence[EnSemaforo], *, hoy: date | None = None) -> list[EnSemaforo]:
    """Las mismas, cada una con el grupo y el padrino de ese día."""
    hoy = hoy or timezone.localdate()
    claves = [fila.entidad.pk for fila in filas]
    grupos = _de_cada_una(Pertenencia.objects.vigentes(hoy), "grupo", claves)
    padrinos = _de_cada_una(_padrinazgos(hoy), "persona", claves)
    return [
        replace(fila, grupo=grupos.get(fila.entidad.pk), padrino=padrinos.get(fila.entidad.pk))
        for fila in filas
    ]


def de_una(entidad: EntidadTerritorial, *, hoy: date | None = None) -> EnSemaforo:
    """La misma cuenta para una sola, también si ya cerró; sin sus acompañantes."""
    hoy = hoy or timezone.localdate()
    suyos = Contacto.objects.completos().filter(entidad=entidad, fecha__lte=hoy)
    ultimo = suyos.order_by("-fecha").values_list("fecha", flat=True).first()
    return _en_semaforo(entidad, ultimo, hoy, regla_del_dia(hoy))


def cuenta_por_luz(filas: list[EnSemaforo]) -> dict[Luz, int]:
    """Cuántas en cada luz, también las que no tienen ninguna."""
    cuenta = Counter(fila.luz for fila in filas)
    return {luz: cuenta[luz] for luz in Luz}


def regla_del_dia(hoy: date) -> ReglaDeContacto:
    """La última que había empezado a regir."""
    rigen = (regla for regla in _reglas() if regla.desde <= hoy)
    return max(rigen, key=lambda regla: regla.desde, default=DE_PARTIDA)


def padrinos_de_hoy() -> QuerySet[Usuario]:
    """A quiénes se puede preguntar por «las mías»."""
    padrinazgos = _padrinazgos(timezone.localdate())
    return Usuario.objects.filter(pk__in=padrinazgos.values("persona")).order_by("nombre")


def _con_su_luz(entidades, hoy, regla):
    return [
        _en_semaforo(entidad, entidad.ultimo, hoy, regla)
        for entidad in entidades.annotate(ultimo=_ultimo_contacto(hoy))
    ]


def _en_semaforo(entidad, ultimo, hoy, regla):
    dias = None if ultimo is None else (hoy - ultimo).days
    return EnSemaforo(entidad, ultimo, dias, _luz(dias, regla))


def _de_cada_una(tramos, campo, entidades):
    """{entidad: su grupo o su padrino}."""
    suyos = tramos.filter(entidad__in=entidades).select_related(campo)
    return {uno.entidad_id: getattr(uno, campo) for uno in suyos}


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


def _padrinazgos(hoy):
    return Padrinazgo.objects.vigentes(hoy).filter(papel=Padrinazgo.Papel.PADRINO)
