"""Lo que se pinta una vez: un componente aislado con los mismos datos."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from escuela.templatetags.componentes import _pintado

ESTADO = '{% include "componentes/estado.html" with texto=texto tono="hecho" only %}'


@pytest.fixture(autouse=True)
def nada_recordado():
    _pintado.cache_clear()


def pintar(plantilla, **datos):
    return Template(plantilla).render(Context(datos))


def test_con_los_mismos_datos_se_pinta_una_vez():
    veinte = "{% for n in renglones %}" + ESTADO + "{% endfor %}"

    html = pintar(veinte, renglones=range(20), texto="cumplido")

    assert html.count('<span class="badge badge-hecho">Cumplido</span>') == 20
    assert _pintado.cache_info().misses == 1


def test_con_otros_datos_se_pinta_otro():
    fecha = '{% include "componentes/fecha.html" with fecha=fecha only %}'

    assert "13 de noviembre de 2026" in pintar(fecha, fecha=date(2026, 11, 13))
    assert "14 de noviembre de 2026" in pintar(fecha, fecha=date(2026, 11, 14))


def test_lo_ya_escapado_no_se_confunde_con_lo_que_falta_por_escapar():
    texto = "<b>Cumplido</b>"

    assert "<b>" in pintar(ESTADO, texto=mark_safe(texto))
    assert "<b>" not in pintar(ESTADO, texto=texto)


def test_lo_que_puede_cambiar_por_dentro_se_pinta_cada_vez():
    class Cambiante:
        texto = "uno"

        def __str__(self):
            return self.texto

    cambiante = Cambiante()
    antes = pintar(ESTADO, texto=cambiante)
    cambiante.texto = "dos"

    assert "Uno" in antes
    assert "Dos" in pintar(ESTADO, texto=cambiante)


@pytest.mark.parametrize(
    "plantilla",
    [
        '{% include "componentes/estado.html" with texto=texto %}',
        "{% include cual with texto=texto only %}",
        f"{{% autoescape off %}}{ESTADO}{{% endautoescape %}}",
    ],
    ids=["ve lo de afuera", "no se sabe cuál es", "sin escapar"],
)
def test_lo_que_depende_de_algo_mas_no_se_recuerda(plantilla):
    html = pintar(plantilla, texto="cumplido", cual="componentes/estado.html")

    assert "Cumplido" in html
    assert _pintado.cache_info().currsize == 0
