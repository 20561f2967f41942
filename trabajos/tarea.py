"""Un trabajo mientras corre: late, avanza, adjunta su archivo y se cierra una sola vez."""

import logging
import re
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F
from django.utils import timezone

from trabajos.models import Trabajo
from trabajos.registro import ReclamoPerdido, limite_de

registro = logging.getLogger("portal.trabajos")

ENTRE_AVANCES = 0.5  # segundos: más seguido nadie lo alcanza a leer
ENTRE_LATIDOS = 5.0


@dataclass
class Cierre:
    """Lo que el trabajo deja dicho al terminar."""

    resultado: dict = field(default_factory=dict)
    mensaje: str = ""


class Tarea:
    """Lo que recibe la función de un trabajo.

    La regla: lo lento (leer, calcular, componer el archivo) va **fuera** de toda transacción, y lo
    que cambia la base va junto en `cierre()`. En SQLite una transacción larga detiene a todos, y
    lo que se escriba fuera del cierre queda hecho aunque el trabajo se repita.
    """

    def __init__(self, trabajo: Trabajo):
        self.trabajo = trabajo
        self.reclamo = trabajo.reclamo
        self.por = trabajo.pedido_por
        self.esta_cerrada = False
        self._avance = {}
        self._archivo = {}
        self._perdida = threading.Event()
        self._fin = threading.Event()

    @property
    def es_la_suya(self):
        """La fila, solo mientras siga siendo de este trabajador."""
        return Trabajo.objects.filter(
            pk=self.trabajo.pk, reclamo=self.reclamo, estado=Trabajo.Estado.EN_CURSO
        )

    def avanzar(self, hechas: int, total: int | None = None, paso: str | None = None) -> None:
        """Dice por dónde va. Se puede llamar en cada fila: a la base va de vez en cuando.

        Lo escribe el hilo que late, con su propia conexión: ni espera ni entra en la transacción.
        """
        if self._perdida.is_set():
            raise ReclamoPerdido
        avance = {**self._avance, "hechas": hechas}
        if total is not None:
            avance["total"] = total
        if paso is not None:
            avance["paso"] = paso[:200]
        self._avance = avance

    def adjuntar(self, nombre: str, contenido: bytes | Path) -> None:
        """Guarda el archivo que se lleva quien pidió el trabajo. Va antes del cierre."""
        if self.esta_cerrada:
            raise RuntimeError("El archivo se adjunta antes de cerrar el trabajo.")
        self._soltar_archivo()
        nombre = nombre_ofrecido(nombre)
        campo = Trabajo._meta.get_field("archivo")
        # El nombre en disco es interno; el que ve la persona se guarda aparte.
        ruta = campo.generate_filename(self.trabajo, self.reclamo.hex + Path(nombre).suffix)
        with BytesIO(contenido) if isinstance(contenido, bytes) else open(contenido, "rb") as datos:
            archivo = File(datos, name=nombre)
            tamano = len(contenido) if isinstance(contenido, bytes) else archivo.size
            guardado = campo.storage.save(ruta, archivo)
        self._archivo = {
            "archivo": guardado,
            "nombre_del_archivo": nombre,
            "bytes_del_archivo": tamano,
            "vence_en": timezone.now() + timedelta(days=settings.TRABAJOS_DIAS_DE_RESULTADOS),
        }

    @contextmanager
    def archivo(self, nombre: str):
        """Da una ruta donde componer el archivo; al salir, queda adjunto."""
        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as carpeta:
            ruta = Path(carpeta) / f"archivo{Path(nombre).suffix}"
            yield ruta
            self.adjuntar(nombre, ruta)

    @contextmanager
    def cierre(self):
        """Lo que se escribe aquí y el «terminado» se confirman juntos, o ninguno.

        Si otro trabajador ya tomó este trabajo, levanta ReclamoPerdido y todo se deshace.
        """
        if self.esta_cerrada:
            raise RuntimeError("Este trabajo ya se cerró.")
        cierre = Cierre()
        with transaction.atomic():
            # Con la fila en la mano, el barredor no puede revivirlo hasta que esto se confirme.
            if not self.es_la_suya.select_for_update().values_list("pk").first():
                raise ReclamoPerdido
            yield cierre
            self._exigir(
                self.es_la_suya.update(
                    **self._avance,
                    **self._archivo,
                    estado=Trabajo.Estado.TERMINADO,
                    terminado_en=timezone.now(),
                    resultado=cierre.resultado,
                    mensaje=cierre.mensaje,
                    detalle_del_error="",
                )
            )
        self.esta_cerrada = True
        self._archivo = {}

    def fallar(self, mensaje: str, detalle: str = "") -> None:
        """Se acabó: no se repite solo. Como el cierre, exige que el trabajo siga siendo suyo."""
        self._exigir(
            self.es_la_suya.update(
                estado=Trabajo.Estado.FALLIDO,
                terminado_en=timezone.now(),
                mensaje=mensaje,
                detalle_del_error=detalle,
            )
        )
        self.esta_cerrada = True

    def devolver(self, *, espera: timedelta, mensaje: str, detalle: str = "") -> None:
        """Vuelve a la fila; el barredor lo despierta cuando pase la espera."""
        self._exigir(
            self.es_la_suya.update(
                estado=Trabajo.Estado.PENDIENTE,
                reclamo=None,
                no_antes_de=timezone.now() + espera,
                encolado_en=None,
                mensaje=mensaje,
                detalle_del_error=detalle,
            )
        )

    def aplazar(self, *, hasta: datetime, mensaje: str) -> None:
        """Todavía no es hora: vuelve a la fila, y este intento no cuenta."""
        self._exigir(
            self.es_la_suya.update(
                estado=Trabajo.Estado.PENDIENTE,
                reclamo=None,
                no_antes_de=hasta,
                encolado_en=None,
                intentos=F("intentos") - 1,
                mensaje=mensaje,
            )
        )
        self.esta_cerrada = True

    def devolver_sin_contar(self) -> None:
        """Se interrumpió porque el portal se apaga: no fue culpa del trabajo."""
        self.es_la_suya.update(
            estado=Trabajo.Estado.PENDIENTE,
            reclamo=None,
            encolado_en=None,
            intentos=F("intentos") - 1,
        )

    @contextmanager
    def latiendo(self):
        """Late desde un hilo propio mientras la función trabaja."""
        hilo = None
        # Dentro de una transacción ajena nadie más ve la fila: no hay a quién latirle.
        if not connection.in_atomic_block:
            hilo = threading.Thread(target=self._latir, name="latido", daemon=True)
            hilo.start()
        try:
            yield
        finally:
            self._fin.set()
            if hilo:
                hilo.join()
            self._soltar_archivo()

    def _latir(self):
        limite = time.monotonic() + limite_de(self.trabajo.tipo).total_seconds()
        ultimo, escrito = time.monotonic(), {}
        try:
            while not self._fin.wait(ENTRE_AVANCES):
                ahora, avance = time.monotonic(), self._avance
                if ahora > limite:
                    registro.error("trabajo %s: pasó su límite", self.trabajo.pk)
                    self._perdida.set()
                    return
                if avance == escrito and ahora - ultimo < ENTRE_LATIDOS:
                    continue
                try:
                    if not self.es_la_suya.update(latido=timezone.now(), **avance):
                        self._perdida.set()
                        return
                    ultimo, escrito = ahora, avance
                except DatabaseError:
                    # Otro escribe hace rato, o la base se cayó: se intenta en la próxima vuelta.
                    registro.warning("trabajo %s: no pudo latir", self.trabajo.pk)
                    connection.close()
        finally:
            connections.close_all()

    def _exigir(self, filas):
        if filas != 1:
            raise ReclamoPerdido

    def _soltar_archivo(self):
        """El que quedó guardado sin que un cierre lo hiciera suyo."""
        if self._archivo:
            Trabajo._meta.get_field("archivo").storage.delete(self._archivo["archivo"])
            self._archivo = {}


def nombre_ofrecido(nombre: str) -> str:
    """El nombre con sus tildes, sin lo que un sistema de archivos o una cabecera no admiten."""
    nombre = re.sub(r'[\x00-\x1f\x7f\\/:*?"<>|]+', " ", nombre)
    nombre = re.sub(r"\s+", " ", nombre).strip(" .")
    raiz, extension = Path(nombre).stem, Path(nombre).suffix
    return f"{raiz[: 190 - len(extension)].strip()}{extension}"
