"""Para archivos grandes: no calcular dos veces lo mismo ni buscar basura donde no la hay."""

import gc
import sys
from collections.abc import Callable
from contextlib import contextmanager
from weakref import WeakMethod


class Memoria(dict):
    """Un diccionario que calcula lo que le falta: `map` lo recorre sin llamar a Python."""

    def __init__(self, metodo: Callable, tope: int = sys.maxsize):
        # Sin atarse a su dueño: con un ciclo, los dos esperarían al recolector para irse.
        self._metodo = WeakMethod(metodo)
        self._tope = tope

    def __missing__(self, clave):
        valor = self._metodo()(clave)
        if len(self) < self._tope:
            self[clave] = valor
        return valor


@contextmanager
def recolector_en_pausa():
    """Un archivo grande crea cientos de miles de listas, todas vivas: buscar entre ellas basura
    cíclica cuesta la mitad del tiempo y no encuentra ninguna."""
    estaba = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if estaba:
            # Congelar y descongelar pasa lo recién creado a los viejos sin recorrerlo.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
