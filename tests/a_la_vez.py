"""Dos personas en el mismo instante: cada acción en su hilo, con su conexión, y salen juntas."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection


def a_la_vez(*acciones):
    """Lo que responde cada una, en orden; de una regla rota, su código. Una sola va dos veces."""
    acciones = acciones if len(acciones) > 1 else acciones * 2
    salida = Barrier(len(acciones))

    def en_su_hilo(accion):
        try:
            salida.wait(10)
            return accion()
        except ValidationError as error:
            return error.error_list[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acciones)) as hilos:
        return list(hilos.map(en_su_hilo, acciones))
