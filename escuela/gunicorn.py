"""Cómo sirve gunicorn: dos procesos de cuatro hilos; así una descarga lenta no tapa a nadie."""

from gunicorn.glogging import Logger

from escuela.registro import FormatoJson


class RegistroDeGunicorn(Logger):
    """Lo poco que dice gunicorn sale en el mismo formato que lo demás."""

    def setup(self, cfg):
        super().setup(cfg)
        for salida in self.error_log.handlers:
            salida.setFormatter(FormatoJson())


wsgi_app = "escuela.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
# Ningún proceso toma más de lo que puede atender: lo demás espera al primero que quede libre, y no
# en la fila de uno ocupado. Mantener conexiones abiertas con el navegador es cosa del proxy.
worker_connections = threads
keepalive = 0
timeout = 60
graceful_timeout = 10
control_socket_disable = True  # nada fuera de ESCUELA_DATOS
loglevel = "warning"
logger_class = RegistroDeGunicorn
