"""Las palabras: sus raíces, sus errores y dónde se marcan. Sin base de datos."""

import pytest

from contenidos.lengua.errores import a_una_letra, la_mas_parecida
from contenidos.lengua.palabras import raices, raiz
from contenidos.lengua.resaltado import marcar, recortar

IGUALES = [
    "educación educacion Educaciones EDUCATIVO",
    "secretaría secretaria secretarías",
    "joven jóvenes",
    "niño niña niños NIÑAS nino",
    "luz luces",
    "vez veces",
    "docente docentes",
    "guía guías guia",
    "plan planes",
    "mes meses",
    "día días",
    "evaluación evaluaciones evaluar",
    "lineamiento lineamientos",
    "examen exámenes",
    "imagen imágenes",
    "interés intereses",
    "inglés ingleses",
    "país países",
    "índice índices",
    "matrícula matricular",
    "ley leyes",
    "director directores",
]
DISTINTAS = ["plan planta", "rural ruta", "formato forma", "2019 2020", "calidad cálido"]


@pytest.mark.parametrize("palabras", IGUALES)
def test_tienen_la_misma_raiz(palabras):
    assert len(set(raices(palabras))) == 1


@pytest.mark.parametrize("palabras", DISTINTAS)
def test_no_se_confunden(palabras):
    assert len(set(raices(palabras))) == 2


def test_los_articulos_y_las_letras_sueltas_no_dicen_nada():
    assert raices("¿Qué es el plan B de la SE? El 5 de mayo") == ["plan", "5", "may"]


@pytest.mark.parametrize("rara", ["x" * 300, "ﬁn", "½", "日本語", "covid19", "\0", "😀"])
def test_lo_raro_tambien_tiene_raiz_y_cabe(rara):
    assert all(0 < len(una) <= 40 for una in raices(f"plan {rara}"))
    assert raiz("plan") in raices(f"plan {rara}")


def test_a_una_letra_estan_los_cuatro_errores():
    de_menos, de_mas, cambiada, trocadas = "matrcula", "mattricula", "matricola", "matrciula"

    for escrita in (de_menos, de_mas, cambiada, trocadas):
        assert "matricula" in a_una_letra(escrita)


@pytest.mark.parametrize("palabra", ["pmi", "2020", "covid19", "a"])
def test_una_sigla_o_un_numero_no_se_corrigen(palabra):
    assert a_una_letra(palabra) == set()


def test_a_dos_letras_se_pregunta_y_a_tres_no():
    conocidas = ["alternancia", "permanencia"]

    assert la_mas_parecida("altrnansia", conocidas) == "alternancia"
    assert la_mas_parecida("altrnansya", conocidas) == ""


def test_se_marca_lo_buscado_con_sus_tildes_y_sus_mayusculas():
    assert marcar("La Educación en el río", [("educ",), ("rio",)]) == (
        ("La ", False),
        ("Educación", True),
        (" en el ", False),
        ("río", True),
    )


def test_una_frase_se_marca_seguida_y_no_sus_pedazos():
    formas = [tuple(raices("alimentación escolar"))]

    partes = marcar("La alimentación escolar no es cualquier alimentación", formas)

    assert [texto for texto, va_marcado in partes if va_marcado] == ["alimentación escolar"]


def test_el_recorte_muestra_donde_esta_y_no_parte_palabras():
    texto = "antes " * 200 + "la matrícula de los niños " + "después " * 200

    partes = recortar(texto, [(raiz("matricula"),), (raiz("ninos"),)], ancho=80)
    entero = "".join(parte for parte, _ in partes)

    assert [parte for parte, va_marcado in partes if va_marcado] == ["matrícula", "niños"]
    assert len(entero) <= 84
    assert set(entero.split()) <= {"…", *texto.split()}


def test_un_texto_que_trae_html_se_marca_tal_cual():
    partes = marcar("<b>plan</b>", [("plan",)])

    assert partes == (("<b>", False), ("plan", True), ("</b>", False))
