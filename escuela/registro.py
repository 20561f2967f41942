"""El registro técnico: una línea JSON en UTC por hecho, sin datos personales ni secretos.

Cada petición lleva un identificador que la persona ve en la página de error y que aparece en el
registro y en la bitácora: con él se encuentra qué pasó.
"""

import json
import logging
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

peticiones = logging.getLogger("portal.peticiones")

_correlacion = ContextVar("correlacion", default=None)


def correlacion():
    return _correlacion.get()


class FormatoJson(logging.Formatter):
    def format(self, record):
        hecho = {
            "en": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "origen": record.name,
            "mensaje": record.getMessage(),
            "correlacion": correlacion(),
            **getattr(record, "datos", {}),
        }
        if record.exc_info:
            hecho["error"] = self.formatException(record.exc_info)
        return json.dumps(hecho, ensure_ascii=False, default=str)


class RegistroDePeticionesMiddleware:
    """Va de primero: anota quién pidió qué y cómo terminó. La persona, por su número interno."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.correlacion = uuid.uuid4().hex[:12]
        ficha = _correlacion.set(request.correlacion)
        inicio = time.monotonic()
        try:
            respuesta = self.get_response(request)
            self.anotar(request, respuesta, time.monotonic() - inicio)
        finally:
            _correlacion.reset(ficha)
        respuesta["X-Correlacion"] = request.correlacion
        return respuesta

    def anotar(self, request, respuesta, segundos):
        usuario = getattr(request, "user", None)
        rechazada = respuesta.status_code in (401, 403, 429)
        peticiones.log(
            logging.WARNING if rechazada else logging.INFO,
            "petición rechazada" if rechazada else "petición",
            extra={
                "datos": {
                    "usuario": usuario.pk if usuario is not None else None,
                    "metodo": request.method,
                    "ruta": getattr(request.resolver_match, "route", None),
                    "estado": respuesta.status_code,
                    "ms": round(segundos * 1000),
                }
            },
        )
