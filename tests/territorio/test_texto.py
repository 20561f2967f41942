"""Cómo se comparan los textos y los dominios."""

import pytest

from territorio.texto import dominio_limpio, normalizar


@pytest.mark.parametrize(
    ("escrito", "comparable"),
    [
        ("  PEÑUELA-Ibáñez, Ana ", "penuela ibanez ana"),
        ("Bogotá, D.C.", "bogota d c"),
        ("Bogota\u0301", "bogota"),
        ("San\u200b Andrés", "san andres"),
        ("Itagüí", "itagui"),
        ("S.E.D.\u00a0NARIÑO", "s e d narino"),
        ("Valle_del_Cauca", "valle del cauca"),
        ("", ""),
    ],
)
def test_un_texto_se_compara_sin_tildes_mayusculas_ni_puntuacion(escrito, comparable):
    assert normalizar(escrito) == comparable


@pytest.mark.parametrize(
    "escrito",
    ["semneiva.gov.co", "@SemNeiva.gov.co", " semneiva.gov.co. ", "ana@semneiva.gov.co>"],
)
def test_un_dominio_se_limpia_venga_como_venga(escrito):
    assert dominio_limpio(escrito) == "semneiva.gov.co"
