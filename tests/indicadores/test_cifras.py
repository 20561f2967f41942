"""Cómo se escribe una cifra: la mitad sube, y lo que no es número lo dice."""

import pytest

from indicadores.consultas.cifras import Cifra, en_espanol, exacto
from indicadores.models import Indicador, Valor


@pytest.mark.parametrize(
    ("valor", "decimales", "texto"),
    [
        (2.05, 1, "2,1"),  # en binario es 2,0499…
        (2.25, 1, "2,3"),
        (0.0, 1, "0,0"),
        (1288473.0, 0, "1.288.473"),
        (99.94, 1, "99,9"),
    ],
)
def test_se_escribe_como_en_colombia_y_la_mitad_sube(valor, decimales, texto):
    assert en_espanol(valor, decimales) == texto


@pytest.mark.parametrize(
    ("estado", "texto"),
    [
        (Valor.Estado.SIN_DATO, "sin dato"),
        (Valor.Estado.NO_APLICA, "no aplica"),
        (Valor.Estado.NO_REPORTADO, "no reportado"),
        (Valor.Estado.ANULADO, "anulado"),
        (Valor.Estado.RETENIDO, "en revisión"),
        (Valor.Estado.NO_CALCULABLE, "no calculable"),
    ],
)
def test_lo_que_no_es_numero_dice_por_que(estado, texto):
    cifra = Cifra(
        indicador=Indicador(medida="porcentaje"), unidad_id=1, vigencia=2022, estado=estado
    )

    assert (cifra.hay, cifra.texto) == (False, texto)


def test_cero_es_un_valor():
    indicador = Indicador(medida="porcentaje", decimales=1)

    cifra = Cifra(indicador, 1, 2022, Valor.Estado.VALOR, 0.0)

    assert (cifra.hay, cifra.texto) == (True, "0,0 %")


@pytest.mark.parametrize(
    ("valor", "texto"),
    [(4.71, "4,71"), (0.0, "0"), (-0.5, "-0,5"), (1288473.0, "1.288.473"), (18.538, "18,538")],
)
def test_el_valor_exacto_lleva_todos_sus_decimales_y_ninguno_de_mas(valor, texto):
    assert exacto(valor) == texto
