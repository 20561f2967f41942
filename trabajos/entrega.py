"""Cómo sale un archivo: entero o por trozos, para que una línea lenta retome donde se cortó."""

import mimetypes
import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

PEDAZO = 64 * 1024
UN_RANGO = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
NO_VA_EN_UN_NOMBRE = re.compile(r"[\x00-\x1f\x7f/\\]")


class RangoImposible(Exception):
    """Pide desde donde el archivo ya terminó."""


def entregar(
    request: HttpRequest, archivo: File, *, nombre: str, tipo: str, etiqueta: str
) -> HttpResponse:
    """El archivo como descarga. `etiqueta` cambia cuando cambian sus bytes: su huella sirve.

    Si lo que se retoma ya es otro archivo (If-Range), va entero: nunca media guía y media otra.
    """
    etag, total = quote_etag(etiqueta), archivo.size
    if condicionada := get_conditional_response(request, etag=etag):
        condicionada.headers["ETag"] = etag
        return condicionada
    nombre = NO_VA_EN_UN_NOMBRE.sub(" ", nombre)
    cabeceras = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Type": tipo,
        "Content-Disposition": content_disposition_header(True, nombre),
        "X-Content-Type-Options": "nosniff",
        # Hay que preguntar cada vez si sigue siendo el mismo; y que nadie lo comprima por el
        # camino, que los trozos se cuentan sobre los bytes de verdad.
        "Cache-Control": "private, no-cache, no-transform",
        "Content-Encoding": "identity",
    }
    try:
        rango = _rango_pedido(request, etag, total)
    except RangoImposible:
        return HttpResponse(status=416, headers={"ETag": etag, "Content-Range": f"bytes */{total}"})
    desde, hasta = rango or (0, total - 1)
    cabeceras["Content-Length"] = str(hasta - desde + 1)
    if rango:
        cabeceras["Content-Range"] = f"bytes {desde}-{hasta}/{total}"
    estado = 206 if rango else 200
    if request.method == "HEAD":
        return HttpResponse(status=estado, headers=cabeceras)
    if not rango:
        return FileResponse(
            archivo.open("rb"), as_attachment=True, filename=nombre, headers=cabeceras
        )
    return StreamingHttpResponse(_trozo(archivo, desde, hasta), status=estado, headers=cabeceras)


def tipo_por_el_nombre(nombre: str) -> str:
    return mimetypes.guess_type(nombre)[0] or "application/octet-stream"


def empieza_una_descarga(request: HttpRequest, respuesta: HttpResponse) -> bool:
    """Se lleva los primeros bytes: ni pregunta por el archivo, ni retoma donde se cortó."""
    return (
        request.method == "GET"
        and respuesta.status_code in (200, 206)
        and respuesta.get("Content-Range", "bytes 0-").startswith("bytes 0-")
    )


def _rango_pedido(request, etag, total) -> tuple[int, int] | None:
    """El primer y el último byte; nada si hay que entregarlo entero."""
    pedido = UN_RANGO.fullmatch(request.headers.get("Range", "").strip())
    if pedido is None or pedido.groups() == ("", ""):
        return None  # sin rango, o con uno que no se entiende o varios: va entero
    if request.headers.get("If-Range", etag) != etag:
        return None
    primero, ultimo = (int(numero) if numero else None for numero in pedido.groups())
    if primero is None:
        primero, ultimo = max(total - ultimo, 0), total - 1 if ultimo else -1
    elif ultimo is not None and ultimo < primero:
        return None
    else:
        ultimo = min(total - 1, total if ultimo is None else ultimo)
    if primero > ultimo:
        raise RangoImposible
    return primero, ultimo


def _trozo(archivo, desde, hasta) -> Iterator[bytes]:
    with archivo.open("rb") as abierto:
        abierto.seek(desde)
        falta = hasta - desde + 1
        while falta and (pedazo := abierto.read(min(PEDAZO, falta))):
            falta -= len(pedazo)
            yield pedazo
