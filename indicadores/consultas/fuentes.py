"""Las fuentes programadas, con lo último que trajo cada una."""

from django.db.models import OuterRef, Subquery

from indicadores.models import Carga, FuenteProgramada


def fuentes_con_lo_ultimo() -> list[FuenteProgramada]:
    """Cada una con `ultima`: su carga más reciente, o None."""
    reciente = Carga.objects.filter(fuente_programada=OuterRef("pk")).order_by("-creado_en", "-pk")
    fuentes = list(
        FuenteProgramada.objects.select_related("conjunto")
        .annotate(ultima_id=Subquery(reciente.values("pk")[:1]))
        .order_by("conjunto", "pk")
    )
    cargas = Carga.objects.in_bulk([fuente.ultima_id for fuente in fuentes if fuente.ultima_id])
    for fuente in fuentes:
        fuente.ultima = cargas.get(fuente.ultima_id)
    return fuentes
