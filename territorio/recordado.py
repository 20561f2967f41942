"""Lo que casi todas las páginas preguntan y casi nunca cambia: las secretarías, los temas…"""

import time
from collections.abc import Callable

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

SEGUNDOS = 60


class Recordado:
    """La respuesta a una pregunta, guardada un minuto en cada proceso.

    Guardar o borrar algo de ese modelo la olvida aquí de inmediato; los demás procesos lo ven, a
    más tardar, al minuto. Lo que deba verse al instante en todos no se recuerda.
    """

    def __init__(self, modelo: type[Model], pregunta: Callable):
        self.pregunta = pregunta
        self.olvidar()
        for cambio in (post_save, post_delete):
            cambio.connect(self.olvidar, sender=modelo)

    def __call__(self):
        hasta, respuesta = self._recordado
        if time.monotonic() >= hasta:
            respuesta = self.pregunta()
            self._recordado = time.monotonic() + SEGUNDOS, respuesta
        return respuesta

    def olvidar(self, **_):
        self._recordado = 0, None
