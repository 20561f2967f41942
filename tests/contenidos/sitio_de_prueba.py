"""Un sitio de verdad, en esta máquina, que responde lo que la prueba le pida."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class SitioDePrueba:
    """`responde[ruta]`: un código, (código, a dónde manda) o «despacio»."""

    def __init__(self):
        self.responde = {}
        self.pedidas = []
        self.a_la_vez = self.mas_a_la_vez = 0
        self.demora = 0

    def url(self, ruta="/"):
        return f"http://127.0.0.1:{self.puerto}{ruta}"


@contextmanager
def sirviendo():
    sitio = SitioDePrueba()
    servidor = ThreadingHTTPServer(("127.0.0.1", 0), type("Suyo", (_Pedido,), {"dueno": sitio}))
    sitio.puerto = servidor.server_port
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.02})
    hilo.start()
    try:
        yield sitio
    finally:
        servidor.shutdown()
        hilo.join()
        servidor.server_close()


def puerto_cerrado():
    """Uno en que no hay nadie."""
    with socket.socket() as suelto:
        suelto.bind(("127.0.0.1", 0))
        return suelto.getsockname()[1]


class _Pedido(BaseHTTPRequestHandler):
    candado = threading.Lock()

    def do_GET(self):
        with self.candado:
            self.dueno.pedidas.append(self.path)
            self.dueno.a_la_vez += 1
            self.dueno.mas_a_la_vez = max(self.dueno.mas_a_la_vez, self.dueno.a_la_vez)
        try:
            time.sleep(self.dueno.demora)
            self._responder(self.dueno.responde.get(self.path, 200))
        except OSError:
            pass  # colgaron, que es lo que se quería ver
        finally:
            with self.candado:
                self.dueno.a_la_vez -= 1

    def _responder(self, que):
        if que == "despacio":
            for letra in b"HTTP/1.1 200 OK\r\nX-Eterna: " + b"a" * 200:
                self.wfile.write(bytes([letra]))
                self.wfile.flush()
                time.sleep(0.05)
            return
        codigo, destino = que if isinstance(que, tuple) else (que, None)
        self.send_response(codigo)
        if destino:
            self.send_header("Location", destino)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass
