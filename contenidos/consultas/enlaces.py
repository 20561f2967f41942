"""Los enlaces de la biblioteca y lo que respondieron la última vez."""

from datetime import datetime

from django.db.models import Q, QuerySet

from contenidos.consultas.edicion import con_enlace_roto
from contenidos.models import Contenido

REVISIONES = {
    "rotos": ("Rotos", con_enlace_roto),
    "fallaron": ("Fallaron una vez", lambda: Q(revision_del_enlace__fallas_seguidas=1)),
    "mudados": (
        "Se mudaron",
        lambda: Q(
            revision_del_enlace__funciona=True, revision_del_enlace__detalle__startswith="Se mudó"
        ),
    ),
    "todos": ("Todos", Q),
}


def con_enlace() -> QuerySet[Contenido]:
    """Los publicados que llevan a otro sitio. Los inventados no llevan a ninguno de verdad."""
    return Contenido.objects.publicados().filter(es_demostracion=False).exclude(enlace="")


def enlaces_revisados(cuales: str) -> QuerySet[Contenido]:
    return (
        con_enlace()
        .filter(REVISIONES[cuales][1]())
        .select_related("clase", "responsable", "revision_del_enlace")
        .order_by("-revision_del_enlace__fallas_seguidas", "titulo", "pk")
    )


def enlaces_por_probar(
    *, antes_de: datetime, cuales: str = "todos", contenido_id: int | None = None
) -> QuerySet[Contenido]:
    """Los que no se han probado desde entonces."""
    contenidos = con_enlace().exclude(revision_del_enlace__revisado_en__gte=antes_de)
    if contenido_id is not None:
        contenidos = contenidos.filter(pk=contenido_id)
    elif cuales == "fallidos":
        contenidos = contenidos.filter(revision_del_enlace__funciona=False)
    return contenidos.order_by("pk")
