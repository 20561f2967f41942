"""Dos personas confirman en el mismo instante: cada cifra entra una vez."""

import threading

import pytest
from django.db import connection

from indicadores.acciones.cargas import confirmar
from indicadores.models import Carga, Valor, Version
from tests.indicadores.archivos import CALI, MEDELLIN, una_leida

pytestmark = pytest.mark.django_db(transaction=True)


def confirmar_a_la_vez(*pks):
    """Cada una en su hilo, con su conexión, y todas salen juntas."""
    salida, fallas = threading.Barrier(len(pks)), []

    def correr(pk):
        try:
            carga = Carga.objects.select_related("conjunto").get(pk=pk)
            salida.wait()
            confirmar(carga=carga, por=None)
        except Exception as error:
            fallas.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=(pk,)) for pk in pks]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return fallas


def test_la_misma_carga_confirmada_dos_veces_publica_una():
    carga = una_leida(MEDELLIN)

    fallas = confirmar_a_la_vez(carga.pk, carga.pk)

    assert (fallas, Version.objects.count(), Valor.objects.count()) == ([], 1, 6)


def test_dos_cargas_que_se_cruzan_no_repiten_ninguna_cifra():
    una, otra = una_leida(MEDELLIN), una_leida(MEDELLIN, CALI)

    fallas = confirmar_a_la_vez(una.pk, otra.pk)

    estados = set(Carga.objects.values_list("estado", flat=True))
    assert fallas == []
    assert "confirmada" in estados
    assert estados <= {"confirmada", "sin_cambios", "vista_previa"}
    claves = Valor.objects.vigentes().values_list("indicador", "unidad", "vigencia")
    assert len(claves) == len(set(claves))
    assert Version.objects.count() == 1
