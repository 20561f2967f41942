"""Los documentos y los enlaces se mudaron a la biblioteca: sus direcciones de siempre llegan."""

import pytest
from django.urls import reverse

from tests.fabricas_de_contenidos import un_contenido, una_clase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("vieja", "nueva"),
    [
        ("/indicadores/documentos/", "/contenidos/?clase=documento-estrategico"),
        ("/indicadores/documentos/analisis/", "/contenidos/analisis/"),
        ("/indicadores/documentos/analisis/archivo/", "/contenidos/analisis/archivo/"),
        ("/indicadores/enlaces/", "/contenidos/?clase=enlace"),
    ],
)
def test_la_direccion_de_siempre_lleva_a_la_biblioteca(client, vieja, nueva):
    respuesta = client.get(vieja)

    assert (respuesta.status_code, respuesta["Location"]) == (301, nueva)


def test_el_enlace_viejo_de_un_documento_entrega_sus_mismos_bytes(client):
    un_contenido(
        slug="analisis", clase=una_clase("documento-estrategico"), archivo=b"%PDF-1.7 analisis"
    )

    respuesta = client.get("/indicadores/documentos/analisis/archivo/", follow=True)

    assert b"".join(respuesta.streaming_content) == b"%PDF-1.7 analisis"


def test_la_entrada_lleva_a_los_documentos_y_a_los_enlaces_sin_dar_la_vuelta(client):
    pagina = client.get(reverse("indicadores:entrada")).content.decode()

    assert "/contenidos/?clase=documento-estrategico" in pagina
    assert "/contenidos/?clase=enlace" in pagina
