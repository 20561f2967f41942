"""Un servidor de verdad, por https y en esta máquina, que se porta como el de datos abiertos."""

import csv
import io
import json
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

AYER = "Sat, 21 Nov 2026 10:00:00 GMT"
CONJUNTO = "nudc-7mev"


class SocrataDePrueba:
    """`filas` es lo que tiene publicado; `tropiezos`, lo que hará mal al servir cada página."""

    def __init__(self, filas):
        self.filas = filas
        self.modificado = AYER
        self.tropiezos = []  # uno por página pedida: None, un código, "corte", "html", "a_otro"
        self.cuenta = None  # la que dice, si miente
        self.pedidas = []  # los $offset de cada página pedida
        self.al_entregar = lambda desde: None

    @property
    def campos(self):
        return list(dict.fromkeys(campo for fila in self.filas for campo in fila))

    def url(self, formato="csv"):
        return f"https://127.0.0.1:{self.puerto}/resource/{CONJUNTO}.{formato}"

    @property
    def servidor(self):
        return f"127.0.0.1:{self.puerto}"


@contextmanager
def sirviendo(socrata, carpeta):
    """Lo enciende y da el archivo con el certificado en que hay que confiar."""
    certificado, llave = _certificado(carpeta)
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), type("Suyo", (_Pedido,), {"dueno": socrata}))
    contexto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contexto.load_cert_chain(certificado, llave)
    servidor.socket = contexto.wrap_socket(servidor.socket, server_side=True)
    socrata.puerto = servidor.server_port
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.02})
    hilo.start()
    try:
        yield certificado
    finally:
        servidor.shutdown()
        hilo.join()
        servidor.server_close()


class _Pedido(BaseHTTPRequestHandler):
    def do_GET(self):
        partes = urlsplit(self.path)
        parametros = {clave: valor[0] for clave, valor in parse_qs(partes.query).items()}
        if not partes.path.startswith(f"/resource/{CONJUNTO}."):
            return self.entregar(b'{"code": "dataset.missing"}', "application/json", codigo=404)
        if parametros.get("$select") == "count(*)":
            cuantas = len(self.dueno.filas) if self.dueno.cuenta is None else self.dueno.cuenta
            cuerpo = json.dumps([{"count": str(cuantas)}]).encode()
            return self.entregar(cuerpo, "application/json")
        return self.pagina(partes.path.rpartition(".")[2], parametros)

    def pagina(self, formato, parametros):
        desde, cuantas = int(parametros.get("$offset", 0)), int(parametros.get("$limit", 1000))
        self.dueno.pedidas.append(desde)
        tropiezo = self.dueno.tropiezos.pop(0) if self.dueno.tropiezos else None
        if isinstance(tropiezo, int):
            return self.entregar(b"{}", "application/json", codigo=tropiezo)
        if tropiezo == "html":
            return self.entregar(b"<!doctype html><h1>Mantenimiento</h1>", "text/html")
        if tropiezo == "a_otro":
            return self.entregar(b"", "text/plain", codigo=302, Location="https://otro.example/")
        # Sin pedirlo por :id, el servicio no promete ningún orden.
        filas = self.dueno.filas if parametros.get("$order") == ":id" else self.dueno.filas[::-1]
        filas = filas[desde : desde + cuantas]
        cuerpo, tipo = (_en_json if formato == "json" else _en_csv)(filas, self.dueno.campos)
        self.entregar(cuerpo, tipo, corte=tropiezo == "corte")
        self.dueno.al_entregar(desde)

    def entregar(self, cuerpo, tipo, codigo=200, corte=False, **cabeceras):
        self.send_response(codigo)
        self.send_header("Content-Type", f"{tipo}; charset=utf-8")
        self.send_header("Content-Length", str(len(cuerpo)))
        self.send_header("Last-Modified", self.dueno.modificado)
        if codigo == 429:
            self.send_header("Retry-After", "1")
        if tipo == "application/json":
            self.send_header("X-SODA2-Fields", json.dumps(self.dueno.campos))
        for nombre, valor in cabeceras.items():
            self.send_header(nombre, valor)
        self.end_headers()
        self.wfile.write(cuerpo[: len(cuerpo) // 2] if corte else cuerpo)

    def log_message(self, *_):
        pass


def _en_csv(filas, campos):
    salida = io.StringIO(newline="")
    tabla = csv.DictWriter(salida, campos, quoting=csv.QUOTE_ALL, lineterminator="\n")
    tabla.writeheader()
    tabla.writerows(filas)
    return salida.getvalue().encode(), "text/csv"


def _en_json(filas, campos):
    sin_vacios = [{campo: valor for campo, valor in fila.items() if valor != ""} for fila in filas]
    return json.dumps(sin_vacios).encode(), "application/json"


def _certificado(carpeta):
    llave = ec.generate_private_key(ec.SECP256R1())
    nombre = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Servidor de prueba")])
    ahora = datetime.now(UTC)
    certificado = (
        x509.CertificateBuilder()
        .subject_name(nombre)
        .issuer_name(nombre)
        .public_key(llave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ahora - timedelta(days=1))
        .not_valid_after(ahora + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(llave, hashes.SHA256())
    )
    rutas = carpeta / "certificado.pem", carpeta / "llave.pem"
    rutas[0].write_bytes(certificado.public_bytes(serialization.Encoding.PEM))
    rutas[1].write_bytes(
        llave.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return rutas
