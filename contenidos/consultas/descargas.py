"""Cuánto se llevaron, qué y de dónde. Nunca quién."""

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import ExtractYear

from contenidos.models import Descarga

POR_CONTENIDO, POR_ENTIDAD = "contenido", "entidad"
QUE_ES = (
    "Una descarga es una persona que se llevó un contenido, o una sesión de navegación si no entró "
    "con su cuenta. La misma cuenta una sola vez por contenido, aunque lo baje de nuevo o retome "
    "una bajada que se cortó. Los robots, los buscadores y los programas no cuentan."
)


def vigencias() -> list[int]:
    """Los años en que hubo alguna, del último al primero."""
    anuales = Descarga.objects.annotate(vigencia=ExtractYear("en")).order_by("-vigencia")
    return list(anuales.values_list("vigencia", flat=True).distinct())


def descargas(*, vigencia=None, entidad=None, contenido=None) -> QuerySet[Descarga]:
    suyas = Descarga.objects.order_by()
    if vigencia:
        suyas = suyas.filter(en__year=vigencia)
    if entidad:
        suyas = suyas.filter(entidad=entidad)
    if contenido:
        suyas = suyas.filter(contenido=contenido)
    return suyas


def por_contenido(suyas: QuerySet[Descarga]) -> QuerySet:
    """De lo que más se llevan a lo que menos. Lo que nadie se llevó no sale."""
    return (
        suyas.values("contenido__slug", "contenido__titulo", "contenido__clase__nombre")
        .annotate(n=Count("pk"), n_entidades=Count("entidad", distinct=True), ultima=Max("en"))
        .order_by("-n", "contenido__slug")
    )


def por_entidad(suyas: QuerySet[Descarga]) -> QuerySet:
    """Las secretarías; lo que se llevaron el público y el Ministerio va aparte."""
    return (
        suyas.exclude(entidad=None)
        .values("entidad__codigo_dane", "entidad__nombre")
        .annotate(n=Count("pk"), n_contenidos=Count("contenido", distinct=True), ultima=Max("en"))
        .order_by("-n", "entidad__nombre", "entidad__codigo_dane")
    )


def por_contenido_y_entidad(suyas: QuerySet[Descarga]) -> QuerySet:
    return (
        suyas.exclude(entidad=None)
        .values("contenido__titulo", "contenido__slug", "entidad__codigo_dane", "entidad__nombre")
        .annotate(n=Count("pk"))
        .order_by("contenido__slug", "entidad__codigo_dane")
    )
