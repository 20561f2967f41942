"""Los lotes de informes: de qué vigencias se pueden hacer, cómo van y a quién le llegan."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cuentas.models import Rol, Usuario
from indicadores.models import EntregaDeInforme, LoteDeInformes, Unidad, Valor
from territorio.models import EntidadTerritorial
from trabajos.horas_habiles import (
    UN_DIA,
    cuantos_habiles_van,
    es_dia_habil,
    proxima_hora_habil,
)
from trabajos.models import Trabajo

FALLIDO = Trabajo.Estado.FALLIDO
# Sale el primer día hábil; los dos siguientes, solo si ese día el trabajador estuvo caído.
DIAS_HABILES_DE_ENVIO = 3


def vigencias_con_cifras() -> list[int]:
    """De la más reciente a la primera. Basta mirar los departamentos y el país: son pocos."""
    grandes = Unidad.objects.filter(
        ambito__in=[Unidad.Ambito.DEPARTAMENTO, Unidad.Ambito.NACION]
    ).values("pk")
    valores = Valor.objects.vigentes().filter(unidad__in=grandes, estado=Valor.Estado.VALOR)
    return list(valores.order_by("-vigencia").values_list("vigencia", flat=True).distinct())


# ── Un lote ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Avance:
    """Cuántos informes de un lote están, cuántos faltan y cuántos no se pudieron."""

    total: int
    listas: int
    fallidas: int

    @property
    def faltan(self) -> int:
        return self.total - self.listas - self.fallidas

    @property
    def porcentaje(self) -> int:
        return self.listas * 100 // self.total if self.total else 0

    @property
    def paso(self) -> str:
        return f"{self.listas} de {self.total} listos"

    @property
    def ha_terminado(self) -> bool:
        return self.faltan == 0


def esta_lista(entrega: EntregaDeInforme) -> bool:
    return entrega.estado == EntregaDeInforme.Estado.LISTA


def fallo(entrega: EntregaDeInforme) -> bool:
    trabajo = entrega.trabajo
    return not esta_lista(entrega) and trabajo is not None and trabajo.estado == FALLIDO


def entregas_de(lote: LoteDeInformes) -> list[EntregaDeInforme]:
    """Por nombre de la entidad, con el trabajo que la hace."""
    return list(
        lote.entregas.select_related("entidad", "trabajo").order_by("entidad__nombre_norm", "pk")
    )


def avance_de(entregas: list[EntregaDeInforme]) -> Avance:
    return Avance(
        total=len(entregas),
        listas=sum(map(esta_lista, entregas)),
        fallidas=sum(map(fallo, entregas)),
    )


def lotes() -> QuerySet[LoteDeInformes]:
    """Del más reciente al primero, con `total`, `listas` y `fallidas`."""
    lista = Q(entregas__estado=EntregaDeInforme.Estado.LISTA)
    return (
        LoteDeInformes.objects.select_related("version", "pedido_por")
        .annotate(
            total=Count("entregas"),
            listas=Count("entregas", filter=lista),
            fallidas=Count("entregas", filter=~lista & Q(entregas__trabajo__estado=FALLIDO)),
        )
        .order_by("-pedido_en", "-pk")
    )


# ── El de cada mes ────────────────────────────────────────────────────────────────────────────


def clave_del_mes(dia: date) -> str:
    return f"mensual:{dia:%Y-%m}"


def toca_enviar(hoy: date) -> bool:
    """Si hoy es de los primeros días hábiles del mes."""
    return es_dia_habil(hoy) and cuantos_habiles_van(hoy) <= DIAS_HABILES_DE_ENVIO


def proximo_envio(ahora: datetime | None = None) -> datetime:
    """Cuándo sale el que sigue: este mes, si aún es tiempo y no ha salido; si no, el otro."""
    sale = proxima_hora_habil(ahora)
    ya_salio = LoteDeInformes.objects.filter(clave=clave_del_mes(sale.date())).exists()
    if toca_enviar(sale.date()) and not ya_salio:
        return sale
    ultimo = sale.date().replace(day=monthrange(sale.year, sale.month)[1])
    return proxima_hora_habil(timezone.make_aware(datetime.combine(ultimo + UN_DIA, time.min)))


def destinatarios_de(entidad: EntidadTerritorial) -> QuerySet[Usuario]:
    """Quienes lo pidieron; si nadie lo pidió, quien dirige, salvo que haya dicho que no."""
    activas = entidad.usuarios.filter(is_active=True).order_by("email")
    suscritas = activas.filter(suscripcion_al_informe__activa=True)
    if suscritas.exists():
        return suscritas
    return activas.filter(rol=Rol.SECRETARIO).exclude(suscripcion_al_informe__activa=False)
