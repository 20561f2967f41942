"""Si una dirección de otro sitio responde. Pregunta con cuidado: nunca por dentro de la casa.

Cada salto se resuelve una sola vez y se llama al número que dio: una dirección que dice ser pública
y apunta a esta máquina, o que cambia entre mirarla y llamarla, no llega a ninguna parte.
"""

import http.client
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

SEGUNDOS = 20  # para todos los saltos juntos
POR_LLAMADA = 10
SALTOS = 5
MUDANZAS = {301, 308}
SIGUE_EN_OTRA = MUDANZAS | {302, 303, 307}
# Le responden a un navegador y no a un programa: no prueban que esté roto.
RESERVADOS = {401, 403, 405, 406, 429, 451, 503, 999}
TRADUCIDAS = IPv6Network("64:ff9b::/96")  # una IPv4 escrita como IPv6
PUERTOS = {"http": 80, "https": 443}
SE_DEJAN = "/%:=&~+!$,;'@()*?[]#"
CABECERAS = {
    "User-Agent": "Mozilla/5.0 (compatible; escuela-virtual; revision de enlaces)",
    "Accept": "text/html,*/*",
    "Accept-Language": "es",
    "Connection": "close",
}


class NoSeLlega(Exception):
    """El mensaje lo lee la persona."""


@dataclass(frozen=True)
class Respuesta:
    funciona: bool
    codigo: int | None
    detalle: str = ""


def probar(direccion: str, *, segundos: float = SEGUNDOS) -> Respuesta:
    """Pide la página y no la baja: basta con lo primero que contesta."""
    limite = time.monotonic() + segundos
    actual, se_mudo, codigo = direccion, True, None
    try:
        for _ in range(SALTOS + 1):
            codigo, destino = _preguntar(actual, limite)
            if codigo not in SIGUE_EN_OTRA or not destino:
                return _juicio(codigo, actual if se_mudo and actual != direccion else "")
            se_mudo = se_mudo and codigo in MUDANZAS
            actual = urljoin(actual, quote(destino, safe=SE_DEJAN, encoding="latin-1"))
    except NoSeLlega as error:
        return Respuesta(False, codigo, str(error))
    return Respuesta(False, codigo, "Manda de una dirección a otra sin terminar.")


def _juicio(codigo, ahora_en):
    if codigo < 400:
        return Respuesta(True, codigo, f"Se mudó a {ahora_en}"[:200] if ahora_en else "")
    if codigo in RESERVADOS:
        return Respuesta(True, codigo, "Responde, pero no deja que un programa lo compruebe.")
    if codigo in (404, 410):
        return Respuesta(False, codigo, "Esa página ya no está.")
    return Respuesta(False, codigo, f"El otro sitio responde con un error ({codigo}).")


def _preguntar(direccion, limite):
    """El código con que responde y, si manda a otra parte, a cuál."""
    try:
        partes = urlsplit(direccion)
        puerto = partes.port or PUERTOS[partes.scheme]
        servidor = partes.hostname.encode("idna").decode()
    except (ValueError, KeyError, AttributeError):
        raise NoSeLlega("La dirección no está bien escrita.") from None
    ruta = quote(partes.path or "/", safe=SE_DEJAN)
    ruta += f"?{quote(partes.query, safe=SE_DEJAN)}" if partes.query else ""
    con_puerto = "" if puerto == PUERTOS[partes.scheme] else f":{puerto}"
    try:
        with _canal(partes.scheme, servidor, puerto, limite) as canal:
            conexion = http.client.HTTPConnection(servidor, puerto)
            conexion.sock = canal
            conexion.request("GET", ruta, headers={"Host": servidor + con_puerto, **CABECERAS})
            respuesta = conexion.getresponse()
            return respuesta.status, respuesta.headers.get("Location")
    except ssl.SSLCertVerificationError:
        raise NoSeLlega("Su certificado de seguridad no vale.") from None
    except TimeoutError:
        raise NoSeLlega("No respondió a tiempo.") from None
    except (OSError, http.client.HTTPException, ValueError):
        a_tiempo = time.monotonic() < limite
        raise NoSeLlega(
            "El otro sitio cortó la llamada." if a_tiempo else "No respondió a tiempo."
        ) from None


@contextmanager
def _canal(esquema, servidor, puerto, limite):
    """La llamada abierta. Al llegar el límite se cuelga, aunque el otro siga hablando despacio."""
    canal = _llamar(servidor, puerto, limite)
    try:
        if esquema == "https":
            canal = _contexto().wrap_socket(canal, server_hostname=servidor)
        reloj = threading.Timer(_cuanto_queda(limite), _colgar, [canal])
        reloj.daemon = True
        reloj.start()
        try:
            yield canal
        finally:
            reloj.cancel()
    finally:
        canal.close()


def _llamar(servidor, puerto, limite):
    try:
        destinos = socket.getaddrinfo(servidor, puerto, type=socket.SOCK_STREAM)
    except OSError:
        raise NoSeLlega("Ese sitio ya no existe: su nombre no lleva a ninguna parte.") from None
    numeros = list(dict.fromkeys(destino[0] for *_, destino in destinos))
    if not all(es_publica(numero) for numero in numeros):
        raise NoSeLlega("Lleva a una dirección interna, y el portal no llama ahí.")
    for numero in numeros:
        with suppress(ConnectionError):
            espera = min(POR_LLAMADA, _cuanto_queda(limite))
            return socket.create_connection((numero, puerto), timeout=espera)
    raise NoSeLlega("El otro sitio no contesta.")


def es_publica(numero: str) -> bool:
    """Ni esta máquina, ni la red de la casa, ni una disfrazada de otra."""
    ip = ip_address(numero.partition("%")[0])
    if ip.version == 6:
        ip = ip.ipv4_mapped or ip.sixtofour or ip
        if ip in TRADUCIDAS:
            ip = ip_address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast


def _cuanto_queda(limite):
    queda = limite - time.monotonic()
    if queda <= 0:
        raise TimeoutError
    return queda


def _colgar(canal):
    with suppress(OSError):
        socket.socket.shutdown(canal, socket.SHUT_RDWR)


@cache
def _contexto():
    return ssl.create_default_context()
