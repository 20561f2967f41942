"""«x de N» año a año: de una secretaría y de un tipo, en tabla y en gráfico."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.urls import reverse

from conectate.consultas.historia import Punto, historia_de_entidad, historia_de_tipo
from conectate.consultas.participacion import XdeN
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_tipo, un_usuario, una_asistencia, una_entidad, una_sesion

pytestmark = pytest.mark.django_db


def en_la_vigencia(vigencia, entidad, presentes=1, ausentes=0, sin_dato=0, **datos):
    """Sesiones de ese año: en unas estuvo, a otras faltó y de otras no se sabe."""
    for i in range(presentes + ausentes + sin_dato):
        sesion = una_sesion(fecha=date(vigencia, 6, i + 1), convocadas=[entidad], **datos)
        if i < presentes:
            una_asistencia(sesion, entidad, registro="presente")
        elif i < presentes + ausentes:
            una_asistencia(sesion, entidad, registro="ausente")


@pytest.fixture
def huila():
    return una_entidad("Huila")


# ── Las cuentas ───────────────────────────────────────────────────────────────────────────────


def test_cada_ano_dice_su_x_de_n_y_lo_que_no_se_sabe_va_aparte(huila):
    en_la_vigencia(2020, huila, presentes=2, ausentes=1, sin_dato=1)
    en_la_vigencia(2022, huila, presentes=0, ausentes=1)
    en_la_vigencia(2023, huila, presentes=0, sin_dato=2)

    historia = historia_de_entidad(huila)

    assert historia.total == [
        Punto(2020, XdeN(2, 3), 1),
        Punto(2021),
        Punto(2022, XdeN(0, 1)),
        Punto(2023, XdeN(), 2),
    ]
    assert [str(punto) for punto in historia.total] == [
        "2020: 2 de 3",
        "2021: sin sesiones",
        "2022: 0 de 1",
        "2023: sin dato",
    ]


def test_las_reuniones_van_aparte_y_no_suman(huila):
    en_la_vigencia(2020, huila, presentes=2)
    en_la_vigencia(2020, huila, presentes=1, tipo=un_tipo("reunion", conteo="aparte"))
    en_la_vigencia(2021, huila, presentes=1, tipo=un_tipo("dialogo"))

    historia = historia_de_entidad(huila)

    assert [str(punto) for punto in historia.total] == ["2020: 2 de 2", "2021: 1 de 1"]
    assert [tipo.clave for tipo, _ in historia.cuentan] == ["dialogo", "informativa"]
    assert [tipo.clave for tipo, _ in historia.aparte] == ["reunion"]


def test_lo_que_aun_no_se_realiza_no_es_historia(huila):
    una_sesion(convocadas=[huila], estado="convocada")
    una_sesion(convocadas=[huila], estado="cancelada")

    assert historia_de_entidad(huila).vigencias == []


def test_la_de_un_tipo_suma_las_convocatorias_y_cuenta_cada_secretaria_una_vez(huila):
    meta = una_entidad("Meta")
    for dia in (1, 2):
        sesion = una_sesion(fecha=date(2020, 6, dia), convocadas=[huila, meta])
        una_asistencia(sesion, huila, registro="presente")
    una_sesion(fecha=date(2020, 7, 1), convocadas=[huila, meta])

    [anual] = historia_de_tipo(sesion.tipo).anual

    assert (anual.sesiones, anual.sin_dato) == (3, 1)
    assert (str(anual.convocatorias), str(anual.secretarias)) == ("2 de 4", "1 de 2")


@pytest.mark.parametrize("vigencias", [[2020], range(2016, 2026)])
def test_las_consultas_no_crecen_con_los_anos(huila, vigencias, django_assert_num_queries):
    for vigencia in vigencias:
        en_la_vigencia(vigencia, huila, presentes=1, ausentes=1)

    with django_assert_num_queries(2):
        assert len(historia_de_entidad(huila).total) == len(vigencias)
    tipo = un_tipo()
    with django_assert_num_queries(2):
        assert len(historia_de_tipo(tipo).anual) == len(vigencias)


# ── El gráfico ────────────────────────────────────────────────────────────────────────────────


def dibujo(*puntos):
    plantilla = Template(
        "{% load historia %}{% linea_de_tiempo puntos id='g' titulo='Participó' %}"
    )
    return plantilla.render(Context({"puntos": puntos}))


def test_el_grafico_dice_cada_cuenta_y_no_confunde_cero_con_sin_dato():
    svg = dibujo(Punto(2020, XdeN(43, 45)), Punto(2021, XdeN(0, 4)), Punto(2022, XdeN(), 3))

    letreros = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert letreros == [
        *("43", "de 45", "2020"),
        *("0", "de 4", "2021"),
        *("sin", "dato", "2022"),
    ]
    assert svg.count('class="lleno"') == 1
    assert (svg.count('class="pista"'), svg.count('class="sin-dato"')) == (2, 1)
    assert "2020: 43 de 45; 2021: 0 de 4; 2022: sin dato</desc>" in svg


def test_el_grafico_no_lleva_estilos_ni_guiones_y_sus_medidas_llevan_punto():
    svg = dibujo(Punto(2020, XdeN(1, 3)))

    assert ("style=" in svg, "<script" in svg) == (False, False)
    assert 'height="50.0"' in svg


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


def test_la_secretaria_ve_la_suya_con_su_tabla(client, huila):
    en_la_vigencia(2020, huila, presentes=2, ausentes=1, sin_dato=1)
    en_la_vigencia(2021, huila, presentes=1)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    pagina = texto(client.get(reverse("conectate:historia-entidad", args=[huila.codigo_dane])))

    assert "2021 1 de 1 100 % 1 de 1 0 2020 2 de 3 66,7 % 2 de 3 1" in pagina


def test_la_de_otra_secretaria_no_existe(client, huila):
    en_la_vigencia(2020, huila)
    client.force_login(un_usuario(Rol.SECRETARIO))

    respuestas = [
        client.get(reverse("conectate:historia-entidad", args=[codigo]))
        for codigo in (huila.codigo_dane, "00000")
    ]

    assert [r.status_code for r in respuestas] == [404, 404]


def test_la_de_un_tipo_es_publica_y_no_nombra_a_nadie(client, huila):
    en_la_vigencia(2020, huila, presentes=1, ausentes=1)

    pagina = texto(client.get(reverse("conectate:historia-tipo", args=["informativa"])))

    assert "2020 1 de 2 50,0 % 1 de 1 2 0" in pagina
    assert "Huila" not in pagina


def test_sin_historia_se_dice(client, huila):
    client.force_login(un_usuario())

    de_entidad = texto(client.get(reverse("conectate:historia-entidad", args=[huila.codigo_dane])))
    de_tipo = texto(client.get(reverse("conectate:historia-tipo", args=[un_tipo().clave])))

    assert "Todavía no tiene historia." in de_entidad
    assert "Aún no se ha realizado ninguna." in de_tipo


def test_un_codigo_que_la_base_no_puede_buscar_no_existe(client):
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    assert client.get("/conectate/historia/%00/").status_code == 404
