"""El calendario: por mes, por año y en lista; cada quien ve lo suyo y lo de otro no existe."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conectate.consultas.calendario import Cuenta, dias_en_palabras, meses_de, semanas_de
from conectate.models import Sesion, TipoSesion
from tests.fabricas import un_tema, un_tipo, un_usuario, una_entidad, una_sesion

pytestmark = pytest.mark.django_db

CALENDARIO = "/conectate/calendario/"
JUNIO = f"{CALENDARIO}2020/6/"
VISTAS = [JUNIO, f"{CALENDARIO}2020/", f"{CALENDARIO}lista/anteriores/"]


def texto(respuesta):
    return " ".join(respuesta.content.decode().split())


def titulos(respuesta):
    """Los de las sesiones que la página enseña, una vez cada una."""
    pagina = respuesta.content.decode()
    return {s.titulo for s in Sesion.objects.all() if f">{s.titulo}</a>" in pagina}


def un_encuentro(titulo="Encuentro", **datos):
    tipo = un_tipo("encuentro", conteo=TipoSesion.Conteo.APARTE)
    return una_sesion(titulo, tipo=tipo, audiencia="comunidad", **datos)


# ── Quién ve qué ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cuatro_sesiones():
    huila = una_entidad("Huila")
    una_sesion("Abierta", audiencia="comunidad")
    una_sesion("De Huila", convocadas=[huila])
    una_sesion("De Meta", convocadas=[una_entidad("Meta")])
    una_sesion("Borrador", audiencia="comunidad", estado="borrador", convocadas=[huila])
    return huila


@pytest.mark.parametrize("vista", VISTAS)
def test_quien_no_ha_entrado_ve_solo_las_abiertas(client, cuatro_sesiones, vista):
    assert titulos(client.get(vista)) == {"Abierta"}


@pytest.mark.parametrize("vista", VISTAS)
def test_una_secretaria_ve_las_abiertas_y_las_suyas(client, cuatro_sesiones, vista):
    client.force_login(un_usuario("secretario", entidad=cuatro_sesiones))

    assert titulos(client.get(vista)) == {"Abierta", "De Huila"}


@pytest.mark.parametrize("vista", VISTAS)
def test_el_ministerio_las_ve_todas(client, cuatro_sesiones, vista):
    client.force_login(un_usuario("profesional"))

    assert titulos(client.get(vista)) == {"Abierta", "De Huila", "De Meta", "Borrador"}


# ── El mes ────────────────────────────────────────────────────────────────────────────────────


def test_sin_decir_cual_es_el_mes_de_hoy_y_hoy_esta_marcado(client):
    hoy = timezone.localdate()
    una_sesion("La de hoy", audiencia="comunidad", fecha=hoy, estado="convocada")

    pagina = client.get(CALENDARIO)

    assert titulos(pagina) == {"La de hoy"}
    assert f'aria-current="date"><time datetime="{hoy.isoformat()}">' in texto(pagina)


def test_cada_hora_dice_que_es_la_de_colombia(client):
    una_sesion("Abierta", audiencia="comunidad")

    for vista in (JUNIO, f"{CALENDARIO}lista/anteriores/"):
        pagina = texto(client.get(vista))

        assert pagina.count("9:00 a.m.") == pagina.count(", hora de Colombia</span>") == 1


def test_el_mes_es_una_tabla_con_los_dias_de_la_semana_por_cabecera(client):
    pagina = texto(client.get(JUNIO))

    assert pagina.count('<th scope="col">') == 7
    assert "<caption>Junio de 2020. " in pagina


def test_lo_que_dura_varios_dias_sale_en_cada_uno_tambien_al_pasar_de_mes(client):
    un_encuentro(fecha=date(2020, 6, 29), fecha_fin=date(2020, 7, 2))

    veces = [
        client.get(f"{CALENDARIO}2020/{mes}/").content.decode().count(">Encuentro</a>")
        for mes in (5, 6, 7, 8)
    ]

    assert veces == [0, 2, 2, 0]


def test_una_cancelada_sigue_y_lo_dice(client):
    una_sesion("Se cayó", audiencia="comunidad", estado="cancelada")

    assert '<b class="cita-estado">Cancelada</b>' in texto(client.get(JUNIO))


def test_un_mes_vacio_lleva_a_los_que_no_lo_estan(client):
    una_sesion("De febrero", audiencia="comunidad", fecha=date(2020, 2, 4))
    una_sesion("De octubre", audiencia="comunidad", fecha=date(2020, 10, 6))

    pagina = texto(client.get(JUNIO))

    assert "No hay sesiones este mes." in pagina
    assert f'href="{CALENDARIO}2020/2/">Ir a febrero de 2020</a>' in pagina
    assert f'href="{CALENDARIO}2020/10/">Ir a octubre de 2020</a>' in pagina


def test_enero_y_diciembre_pasan_de_un_ano_al_otro(client):
    enero, diciembre = (texto(client.get(f"{CALENDARIO}2020/{mes}/")) for mes in (1, 12))

    assert f'rel="prev" href="{CALENDARIO}2019/12/"' in enero
    assert f'rel="next" href="{CALENDARIO}2021/1/"' in diciembre


def test_en_los_bordes_del_calendario_no_hay_a_donde_seguir(client):
    primero, ultimo = (
        texto(client.get(f"{CALENDARIO}{donde}/")) for donde in ("1900/1", "2099/12")
    )

    assert ('rel="prev"' in primero, 'rel="next"' in ultimo) == (False, False)


@pytest.mark.parametrize(
    "direccion",
    ["2020/13/", "2020/0/", "2020/06/", "1899/", "2100/", "20200/", "0/1/", "2020/-1/", "x/"],
)
def test_un_mes_o_un_ano_que_no_existe_no_es_una_pagina(client, direccion):
    assert client.get(CALENDARIO + direccion).status_code == 404


# ── El año y la lista ─────────────────────────────────────────────────────────────────────────


def test_el_ano_cuenta_aparte_lo_que_no_es_sesion_y_no_cuenta_lo_cancelado(client):
    una_sesion("Una", audiencia="comunidad")
    una_sesion("Otra", audiencia="comunidad", fecha=date(2020, 9, 1))
    una_sesion("Se cayó", audiencia="comunidad", estado="cancelada")
    un_encuentro(fecha=date(2020, 1, 23), fecha_fin=date(2020, 1, 25))

    pagina = client.get(f"{CALENDARIO}2020/")

    assert str(pagina.context["cuenta"]) == "2 sesiones y 1 actividad que se cuenta aparte"
    assert "Encuentro, se cuenta aparte" in texto(pagina)
    assert "23 al 25 de enero de 2020" in texto(pagina)


def test_la_lista_empieza_hoy_y_lo_anterior_va_al_reves(client):
    hoy = timezone.localdate()
    for titulo, dias in (("Ayer", -1), ("Antier", -2), ("Hoy", 0), ("Mañana", 1)):
        una_sesion(titulo, audiencia="comunidad", fecha=hoy + timedelta(days=dias))
    un_encuentro("En curso", fecha=hoy - timedelta(days=1), fecha_fin=hoy)

    adelante, atras = (
        [sesion.titulo for sesion in client.get(CALENDARIO + vista).context["pagina"]]
        for vista in ("lista/", "lista/anteriores/")
    )

    assert adelante == ["En curso", "Hoy", "Mañana"]
    assert atras == ["Ayer", "Antier"]


def test_una_lista_vacia_dice_que_hacer(client):
    pagina = texto(client.get(f"{CALENDARIO}lista/"))

    assert "No hay sesiones de hoy en adelante." in pagina
    assert "Ver lo que ya pasó" in pagina


# ── Los filtros ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "filtro",
    ["tipo=dialogo", "modalidad=presencial", "audiencia=secretarios", "tema=alimentacion"],
)
@pytest.mark.parametrize("vista", VISTAS)
def test_se_filtra_por_tipo_modalidad_audiencia_y_tema(client, vista, filtro):
    una_sesion("La otra")
    una_sesion(
        "La buscada",
        tipo=un_tipo("dialogo"),
        modalidad="presencial",
        audiencia="secretarios",
        temas=[un_tema("Alimentación")],
    )
    client.force_login(un_usuario())

    pagina = client.get(f"{vista}?{filtro}")

    assert titulos(pagina) == {"La buscada"}
    assert f"?{filtro}" in texto(pagina)


@pytest.mark.parametrize("consulta", ["tipo=no-hay", "modalidad=%00", "tema=9", "page=x", "q=["])
def test_un_filtro_que_no_se_entiende_no_filtra(client, consulta):
    una_sesion("Abierta", audiencia="comunidad")

    assert titulos(client.get(f"{JUNIO}?{consulta}")) == {"Abierta"}


# ── Consultas ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("vista", [*VISTAS, "/conectate/calendario.ics"])
def test_con_una_y_con_tres_sesiones_son_las_mismas_consultas(
    client, vista, django_assert_num_queries, django_assert_max_num_queries
):
    una_sesion(audiencia="comunidad")
    with django_assert_max_num_queries(10) as con_una:
        client.get(vista)
    for _ in range(2):
        una_sesion(audiencia="comunidad")

    with django_assert_num_queries(len(con_una)):
        client.get(vista)


# ── Las piezas ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("desde", "hasta", "dicho"),
    [
        (date(2020, 11, 13), None, "13 de noviembre de 2020"),
        (date(2020, 1, 23), date(2020, 1, 25), "23 al 25 de enero de 2020"),
        (date(2020, 6, 29), date(2020, 7, 2), "29 de junio al 2 de julio de 2020"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 de diciembre de 2020 al 2 de enero de 2021"),
    ],
)
def test_los_dias_se_dicen_sin_repetir_lo_que_sobra(desde, hasta, dicho):
    assert dias_en_palabras(Sesion(fecha=desde, fecha_fin=hasta)) == dicho


def test_una_semana_va_de_lunes_a_domingo_y_los_dias_ajenos_van_vacios():
    sesion = un_encuentro(fecha=date(2020, 6, 30), fecha_fin=date(2020, 7, 1))

    ultima = semanas_de(date(2020, 6, 1), [sesion], date(2020, 6, 30))[-1]

    assert [dia.fecha.weekday() for dia in ultima] == [0, 1, 2, 3, 4, 5, 6]
    assert [len(dia.cosas) for dia in ultima] == [0, 1, 0, 0, 0, 0, 0]
    assert [dia.es_hoy for dia in ultima].index(True) == 1


def test_en_el_ano_una_sesion_sale_en_cada_mes_que_toca():
    sesion = un_encuentro(fecha=date(2020, 2, 29), fecha_fin=date(2020, 3, 1))

    con_ella = [mes.primero.month for mes in meses_de(2020, [sesion]) if mes.sesiones]

    assert con_ella == [2, 3]


@pytest.mark.parametrize(
    ("sesiones", "aparte", "dicho"),
    [
        (0, 0, "0 sesiones"),
        (1, 0, "1 sesión"),
        (0, 1, "1 actividad que se cuenta aparte"),
        (50, 2, "50 sesiones y 2 actividades que se cuentan aparte"),
    ],
)
def test_la_cuenta_nunca_suma_lo_que_va_aparte(sesiones, aparte, dicho):
    assert str(Cuenta(sesiones, aparte)) == dicho
