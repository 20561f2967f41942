"""Las direcciones que no llevan nada: se buscan una vez."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch

from escuela.direcciones import _hallada


@pytest.fixture(autouse=True)
def nada_recordado():
    _hallada.cache_clear()


def pintar(plantilla, **datos):
    return Template(plantilla).render(Context(datos))


def test_se_busca_una_vez_y_se_puede_guardar():
    html = pintar("{% url 'mapa-del-sitio' %} {% url 'mapa-del-sitio' as mapa %}{{ mapa }}")

    assert html == "/mapa-del-sitio/ /mapa-del-sitio/"
    assert _hallada.cache_info().misses == 1


def test_la_que_lleva_algo_se_busca_cada_vez():
    assert pintar("{% url 'contenidos:politica' 'cookies' %}") != ""
    assert pintar("{% url cual %}", cual="mapa-del-sitio") == "/mapa-del-sitio/"
    assert _hallada.cache_info().currsize == 0


def test_la_que_no_existe_falla_salvo_que_se_guarde():
    assert pintar("{% url 'no-existe' as nada %}[{{ nada }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        pintar("{% url 'no-existe' %}")


def test_bajo_otro_prefijo_es_otra(settings):
    from django.urls import set_script_prefix

    en_la_raiz = pintar("{% url 'mapa-del-sitio' %}")
    set_script_prefix("/portal/")
    try:
        assert pintar("{% url 'mapa-del-sitio' %}") == f"/portal{en_la_raiz}"
    finally:
        set_script_prefix("/")
