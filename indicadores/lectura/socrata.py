"""El servicio de datos abiertos (Socrata), una página cada vez.

Solo por https y solo con los servidores permitidos, también si uno de ellos manda a otro lado.
"""

import csv
import http.client
import io
import json
import re
import time
import urllib.request
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlencode, urlsplit

POR_PAGINA = 5_000
SEGUNDOS = 30
ESPERAS = (2, 8, 30)  # tras el primer tropiezo, el segundo y el tercero
LA_MAYOR_ESPERA = 60
PASAJEROS = {408, 425, 429, 500, 502, 503, 504}
BYTES_POR_PAGINA = 64 * 1024 * 1024
PEDAZO = 256 * 1024

_IDENTIFICADOR = re.compile(r"(?<![a-z0-9])[a-z0-9]{4}-[a-z0-9]{4}(?![a-z0-9])")


class DireccionNoPermitida(ValueError):
    """El portal no pide nada ahí. El mensaje lo lee la persona."""


class ServicioNoResponde(Exception):
    """Es pasajero: más tarde puede salir bien."""

    def __init__(
        self, mensaje: str = "El servicio de datos abiertos no responde.", espera: int = 0
    ):
        self.espera = espera  # los segundos que pidió el servicio
        super().__init__(mensaje)


class RespuestaInservible(Exception):
    """Repetirlo no ayuda: hay que cambiar algo. El mensaje lo dice."""


@dataclass(frozen=True)
class Censo:
    """Cuántas filas dice el servicio que hay y cuándo cambiaron; si cambia, lo bajado no sirve."""

    filas: int
    modificado: str = ""

    @property
    def dia(self):
        try:
            return parsedate_to_datetime(self.modificado).date()
        except ValueError:
            return None


@dataclass(frozen=True)
class Pagina:
    encabezado: list[str]
    filas: list[list[str]]


def direccion_del_recurso(url: str, formato: str, servidores: Collection[str]) -> str:
    """Donde el servicio entrega las filas, se haya copiado la dirección de donde se haya copiado.

    Del enlace del conjunto, del botón «Exportar» o de la API: lo que cuenta es su identificador.
    """
    partes = _permitida(url, servidores)
    identificadores = _IDENTIFICADOR.findall(partes.path)
    if not identificadores:
        raise DireccionNoPermitida(
            "Esa dirección no nombra ningún conjunto. Copie la del conjunto: lleva su código, "
            "como «nudc-7mev»."
        )
    return f"https://{partes.netloc}/resource/{identificadores[-1]}.{formato}"


def _permitida(url: str, servidores: Collection[str]) -> SplitResult:
    try:
        partes = urlsplit(url)
        puerto = partes.port
    except ValueError:
        raise DireccionNoPermitida("Esa dirección no está bien escrita.") from None
    if partes.scheme != "https":
        raise DireccionNoPermitida("La dirección debe empezar por https://.")
    servidor = partes.hostname if puerto in (None, 443) else f"{partes.hostname}:{puerto}"
    if "@" in partes.netloc or servidor not in servidores:
        raise DireccionNoPermitida(
            f"Solo se traen datos de {', '.join(servidores)}. Revise la dirección o pida a quien "
            "opera el portal que añada ese servidor."
        )
    return partes


class _SinSalirDeAhi(urllib.request.HTTPRedirectHandler):
    def __init__(self, servidores):
        self.servidores = servidores

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        _permitida(newurl, self.servidores)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Servicio:
    """Un conjunto del servicio. Espera y vuelve a pedir lo que es pasajero."""

    def __init__(
        self,
        url: str,
        formato: str,
        *,
        servidores: Collection[str],
        esperar: Callable[[float], None] = time.sleep,
    ):
        self.formato = formato
        self.direccion = direccion_del_recurso(url, formato, servidores)
        self.esperar = esperar
        self._abridor = urllib.request.build_opener(_SinSalirDeAhi(servidores))

    @property
    def identificador(self) -> str:
        return _IDENTIFICADOR.findall(self.direccion)[-1]

    def censo(self) -> Censo:
        direccion = self.direccion.rpartition(".")[0] + ".json"
        cuerpo, cabeceras = self._pedir(direccion, {"$select": "count(*)"})
        try:
            (cuenta,) = _json(cuerpo)[0].values()
            filas = int(cuenta)
        except (ValueError, IndexError, AttributeError, TypeError):
            raise RespuestaInservible(
                "El servicio no dijo cuántas filas hay. Revise que la dirección sea la de un "
                "conjunto de datos."
            ) from None
        modificado = cabeceras.get("X-SODA2-Truth-Last-Modified") or cabeceras.get("Last-Modified")
        return Censo(filas, modificado or "")

    def pagina(self, desde: int, cuantas: int = POR_PAGINA) -> Pagina:
        """Las filas que siguen. El orden por `:id` es el único que no baraja entre páginas."""
        parametros = {"$limit": cuantas, "$offset": desde, "$order": ":id"}
        cuerpo, cabeceras = self._pedir(self.direccion, parametros)
        return _de_json(cuerpo, cabeceras) if self.formato == "json" else _de_csv(cuerpo)

    def _pedir(self, direccion, parametros):
        for espera in (*ESPERAS, None):
            try:
                return self._pedir_una_vez(f"{direccion}?{urlencode(parametros)}")
            except ServicioNoResponde as error:
                if espera is None or error.espera > LA_MAYOR_ESPERA:
                    raise
                self.esperar(max(espera, error.espera))

    def _pedir_una_vez(self, direccion):
        peticion = urllib.request.Request(direccion, headers={"User-Agent": "escuela-virtual"})
        try:
            with self._abridor.open(peticion, timeout=SEGUNDOS) as respuesta:
                cuerpo = _leer(respuesta)
        except HTTPError as error:
            with error:
                raise _segun_el_codigo(error) from None
        except DireccionNoPermitida:
            raise RespuestaInservible(
                "El servicio manda a otro sitio, y el portal no lo sigue. Revise la dirección."
            ) from None
        except (URLError, OSError, http.client.HTTPException):
            raise ServicioNoResponde from None
        if _es_una_pagina_web(respuesta, cuerpo):
            raise RespuestaInservible(
                "El servicio respondió una página web en vez de datos. Ábrala en el navegador: si "
                "es un aviso de mantenimiento, inténtelo más tarde; si no, revise la dirección."
            )
        return cuerpo, respuesta.headers


def _leer(respuesta):
    cuerpo = bytearray()
    while pedazo := respuesta.read(PEDAZO):
        cuerpo += pedazo
        if len(cuerpo) > BYTES_POR_PAGINA:
            raise RespuestaInservible("El servicio mandó mucho más de lo que se le pidió.")
    # Leyendo por pedazos, la biblioteca no avisa si se cortó antes de lo anunciado.
    anunciados = respuesta.headers.get("Content-Length")
    if anunciados is not None and len(cuerpo) < int(anunciados):
        raise http.client.IncompleteRead(bytes(cuerpo[:1]))
    sin_final = anunciados is None and "chunked" not in respuesta.headers.get(
        "Transfer-Encoding", ""
    )
    if sin_final and not cuerpo.rstrip(b"\r ").endswith((b"\n", b"]")):
        raise http.client.IncompleteRead(bytes(cuerpo[:1]))
    return bytes(cuerpo)


def _segun_el_codigo(error):
    if error.code in PASAJEROS:
        pedida = error.headers.get("Retry-After", "")
        return ServicioNoResponde(espera=int(pedida) if pedida.isdigit() else 0)
    if error.code in (404, 410):
        return RespuestaInservible(
            "En esa dirección no hay ningún conjunto. Revise su código: puede haber cambiado."
        )
    if error.code in (401, 403):
        return RespuestaInservible("El servicio no deja leer ese conjunto: no es público.")
    return RespuestaInservible(
        f"El servicio no aceptó el pedido (código {error.code}). Revise la dirección."
    )


def _es_una_pagina_web(respuesta, cuerpo):
    return respuesta.headers.get_content_type() == "text/html" or cuerpo.lstrip()[:1] == b"<"


def _de_csv(cuerpo):
    try:
        texto = cuerpo.decode("utf-8-sig")
        encabezado, *filas = csv.reader(io.StringIO(texto, newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise ServicioNoResponde("El servicio mandó una página dañada.") from None
    if any(len(fila) != len(encabezado) for fila in filas):
        raise ServicioNoResponde("El servicio mandó una página incompleta.")
    return Pagina(encabezado, filas)


def _de_json(cuerpo, cabeceras):
    """Socrata calla los campos vacíos de cada fila: los nombres, de la cabecera y de todas."""
    objetos = _json(cuerpo)
    if not isinstance(objetos, list) or not all(isinstance(uno, dict) for uno in objetos):
        raise RespuestaInservible("El servicio no mandó filas. Revise la dirección.")
    try:
        campos = json.loads(cabeceras.get("X-SODA2-Fields") or "[]")
    except ValueError:
        campos = []
    campos = [campo for campo in campos if not campo.startswith(":")]
    campos = list(dict.fromkeys([*campos, *(campo for uno in objetos for campo in uno)]))
    return Pagina(campos, [[_celda(uno.get(campo)) for campo in campos] for uno in objetos])


def _json(cuerpo):
    try:
        # Los números, como vinieron: 05 y 94.30 no pasan por la aritmética.
        return json.loads(cuerpo, parse_float=str, parse_int=str)
    except ValueError:
        raise ServicioNoResponde("El servicio mandó una página dañada.") from None


def _celda(valor):
    if valor is None:
        return ""
    return valor if isinstance(valor, str) else json.dumps(valor, ensure_ascii=False)
