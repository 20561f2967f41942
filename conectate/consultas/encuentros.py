"""Los Encuentros de Secretarios, y cuántas secretarías se contaron en cada uno."""

from django.db.models import Count, Q, QuerySet

from conectate.consultas.participacion import NADA, XdeN
from conectate.consultas.sesiones import estuvo, hay_asistencia
from conectate.models import Convocatoria, Encuentro, Sesion


def encuentros_visibles(usuario) -> QuerySet[Encuentro]:
    """Del más reciente al más antiguo: los que esta persona puede ver."""
    return (
        Encuentro.objects.filter(sesion__in=Sesion.objects.visibles_para(usuario).order_by())
        .select_related("sesion__tipo")
        .order_by("-sesion__fecha", "-pk")
    )


def asistencia_calculada(encuentros: list[Encuentro]) -> dict[int, XdeN]:
    """«x de N» secretarías, de los que tienen asistencia; los que no, no están: es «sin dato»."""
    con_dato = (
        Sesion.objects.filter(hay_asistencia(), pk__in=[e.pk for e in encuentros])
        .order_by()
        .values_list("pk", flat=True)
    )
    cuentas = dict.fromkeys(con_dato, NADA)
    for fila in (
        Convocatoria.objects.filter(sesion__in=list(cuentas))
        .annotate(estuvo=estuvo())
        .values("sesion")
        .annotate(n=Count("pk"), x=Count("pk", filter=Q(estuvo=True)))
        .order_by()
    ):
        cuentas[fila["sesion"]] = XdeN(fila["x"], fila["n"])
    return cuentas
