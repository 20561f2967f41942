"""Una secretaría con su grupo y su líder, que ya entró."""

import pytest

from tests.fabricas import una_entidad
from tests.fabricas_de_acompanamiento import un_grupo, un_lider


@pytest.fixture
def huila():
    return una_entidad("Huila", codigo_dane="41")


@pytest.fixture
def lider(client, huila):
    lider = un_lider()
    un_grupo(huila, lider=lider, numero=7)
    client.force_login(lider)
    return lider
