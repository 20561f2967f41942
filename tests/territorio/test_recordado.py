"""Lo que se pregunta una vez por minuto."""

import pytest

from territorio import recordado
from territorio.models import Dominio
from territorio.recordado import Recordado
from tests.fabricas import una_entidad

pytestmark = pytest.mark.django_db


@pytest.fixture
def dominios(monkeypatch):
    monkeypatch.setattr(recordado, "SEGUNDOS", 60)
    return Recordado(
        Dominio, lambda: list(Dominio.objects.order_by("pk").values_list("dominio", flat=True))
    )


def un_dominio(dominio):
    return Dominio.objects.create(dominio=dominio, entidad=una_entidad())


def test_se_pregunta_una_vez(dominios, django_assert_num_queries):
    un_dominio("huila.example")

    with django_assert_num_queries(1):
        assert (dominios(), dominios()) == (["huila.example"], ["huila.example"])


def test_lo_guardado_y_lo_borrado_se_ven_de_inmediato(dominios):
    un_dominio("huila.example")
    antes = dominios()
    otro = un_dominio("meta.example")
    con_otro = dominios()
    otro.delete()

    assert antes == dominios() == ["huila.example"]
    assert con_otro == ["huila.example", "meta.example"]


def test_lo_que_cambia_otro_proceso_se_ve_al_minuto(dominios, monkeypatch):
    un_dominio("huila.example")
    reloj = [100.0]
    monkeypatch.setattr(recordado.time, "monotonic", lambda: reloj[0])
    dominios()
    Dominio.objects.update(dominio="tolima.example")

    reloj[0] += recordado.SEGUNDOS - 1
    todavia = dominios()
    reloj[0] += 1

    assert (todavia, dominios()) == (["huila.example"], ["tolima.example"])
