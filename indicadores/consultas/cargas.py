"""Lo que se pregunta de los archivos de indicadores que llegan."""

from django.db.models import QuerySet

from indicadores.models import Carga, Version
from trabajos.models import Trabajo


def cargas_recientes() -> QuerySet[Carga]:
    return Carga.objects.select_related("conjunto", "creado_por", "version").defer(
        "resumen", "rechazadas", "columnas", "emparejamiento"
    )


def trabajo_de_la_carga(carga: Carga) -> Trabajo | None:
    """El último paso pedido, si no ha terminado bien: su avance, o por qué no se pudo."""
    claves = [f"leer-carga:{carga.pk}", f"confirmar-carga:{carga.pk}"]
    if carga.estado == Carga.Estado.DESCARGANDO:
        claves.append(f"fuente-de-indicadores:{carga.fuente_programada_id}")
    return _sin_terminar_bien(claves)


def trabajo_de_deshacer(version: Version) -> Trabajo | None:
    return _sin_terminar_bien([f"deshacer-version:{version.pk}"])


def _sin_terminar_bien(claves):
    trabajo = Trabajo.objects.filter(clave_unica__in=claves).order_by("-pedido_en", "-pk").first()
    return trabajo if trabajo and trabajo.estado != Trabajo.Estado.TERMINADO else None
