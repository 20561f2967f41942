"""Contar lo que la gente se lleva, sin guardar quién se lo llevó."""

import re

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from contenidos.models import Contenido, Descarga, VersionDeContenido

# Buscadores, vistas previas de mensajes y programas. Un navegador siempre dice cuál es.
ROBOTS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|scrap|preview|monitor|uptime|lighthouse|archiver|facebookext"
    r"|whatsapp|telegram|curl|wget|libwww|python|java/|go-http|okhttp|axios|httpclient|node|ruby|php",
    re.IGNORECASE,
)


def contar_descarga(
    request: HttpRequest, contenido: Contenido, version: VersionDeContenido | None = None
) -> None:
    """Una por persona, o por sesión de navegación si no entró. Repetirla no suma."""
    if not _es_de_una_persona(request):
        return
    Descarga.objects.bulk_create(
        [
            Descarga(
                contenido=contenido,
                version_id=version.pk if version else contenido.version_actual_id,
                entidad_id=getattr(request.user, "entidad_id", None),
                testigo=_testigo(request, contenido),
            )
        ],
        ignore_conflicts=True,
    )


def _es_de_una_persona(request):
    navegador = request.headers.get("User-Agent", "")
    se_adelanta = "prefetch" in request.headers.get(
        "Sec-Purpose", request.headers.get("Purpose", "")
    )
    return bool(navegador) and not ROBOTS.search(navegador) and not se_adelanta


def _testigo(request, contenido):
    """Cambia con el contenido: dos descargas de la misma persona no se pueden juntar."""
    if request.user.is_authenticated:
        quien = f"persona:{request.user.pk}"
    else:
        if request.session.session_key is None:
            request.session.create()
        quien = f"sesion:{request.session.session_key}"
    return salted_hmac(
        "contenidos.descarga", f"{contenido.pk}:{quien}", algorithm="sha256"
    ).hexdigest()
