"""Cómo va la cola y si el portal está sano."""

import uuid
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from trabajos.models import Trabajo, esta_atascado

Estado = Trabajo.Estado


def resumen_de_la_cola() -> dict:
    """Lo que quien administra mira primero. Con la cola vacía, la edad es None."""
    ayer = timezone.now() - timedelta(days=1)
    return Trabajo.objects.aggregate(
        pendientes=Count("pk", filter=Q(estado=Estado.PENDIENTE)),
        en_curso=Count("pk", filter=Q(estado=Estado.EN_CURSO)),
        fallidos=Count("pk", filter=Q(estado=Estado.FALLIDO, terminado_en__gt=ayer)),
        mas_viejo=Min(
            "pedido_en",
            filter=Q(estado=Estado.EN_CURSO)
            | Q(estado=Estado.PENDIENTE, no_antes_de__lte=timezone.now()),
        ),
        atascados=Count("pk", filter=esta_atascado()),
    )


def salud() -> dict[str, str]:
    """«bien» o lo que pasa con la base, la caché y la cola."""
    partes = {"base": _salud_de_la_base(), "cache": _salud_de_la_cache()}
    partes["cola"] = _salud_de_la_cola() if partes["base"] == "bien" else "no se pudo consultar"
    return partes


def _salud_de_la_base():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no responde"
    return "bien"


def _salud_de_la_cache():
    clave = f"salud:{uuid.uuid4().hex}"
    try:
        cache.set(clave, "bien", 10)
        dicho = cache.get(clave)
        cache.delete(clave)
    except Exception:  # cada caché falla con sus propios errores
        return "no responde"
    return dicho or "no guarda"


def _salud_de_la_cola():
    atascados = Trabajo.objects.atascados().count()
    return f"{atascados} sin moverse" if atascados else "bien"
