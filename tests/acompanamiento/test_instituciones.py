"""Las instituciones que cada quien ve, y cuántas están en presencialidad por el tiempo."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acompanamiento.consultas.presencialidad import en_barras, serie_de
from acompanamiento.models import Envio, Presencialidad
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import una_institucion, una_presencialidad

pytestmark = pytest.mark.django_db

LISTA = reverse("acompanamiento:instituciones")


@pytest.fixture
def del_ministerio(client):
    client.force_login(un_usuario(Rol.PROFESIONAL))
    return client


def entrar_por(client, entidad):
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA, entidad=entidad))
    return client


# ── Las instituciones ─────────────────────────────────────────────────────────────────────────


def test_una_secretaria_ve_las_suyas_y_la_ajena_no_existe(client):
    tolima, huila = una_entidad("Tolima"), una_entidad("Huila")
    propia, ajena = una_institucion(tolima, "IE Propia"), una_institucion(huila, "IE Ajena")
    entrar_por(client, tolima)

    lista = client.get(LISTA, {"entidad": huila.codigo_dane}).content.decode()
    ver = [
        client.get(reverse("acompanamiento:institucion", args=[una.codigo_dane])).status_code
        for una in (propia, ajena)
    ]

    assert ("IE Propia" in lista, "IE Ajena" in lista) == (True, False)
    assert ver == [200, 404]


@pytest.mark.parametrize(
    ("filtro", "hallada"),
    [
        ({"q": "primero"}, "IE Primero"),
        ({"q": "173001000012"}, "IE Segundo"),
        ({"sector": "oficial"}, "IE Primero"),
        ({"sector": "sin_decir"}, "IE Segundo"),
        ({"zona": "rural"}, "IE Primero"),
        ({"estado": "cierre_definitivo"}, "IE Segundo"),
    ],
)
def test_se_filtran_por_lo_que_son(del_ministerio, filtro, hallada):
    tolima = una_entidad("Tolima")
    una_institucion(tolima, "IE Primero", sector="oficial", zona="rural", estado="activa")
    una_institucion(tolima, "IE Segundo", codigo_dane="173001000012", estado="cierre_definitivo")

    pagina = del_ministerio.get(LISTA, filtro).context["pagina"]

    assert [una.nombre for una in pagina] == [hallada]


def test_los_municipios_se_ofrecen_al_escoger_la_secretaria(del_ministerio):
    tolima = una_entidad("Tolima")
    una_institucion(tolima)

    sin = del_ministerio.get(LISTA).context["filtro"]
    con = del_ministerio.get(LISTA, {"entidad": tolima.codigo_dane}).context["filtro"]

    assert ("municipio" in sin.fields, "municipio" in con.fields) == (False, True)


@pytest.mark.parametrize("cuantas", [1, 40])
def test_la_lista_cuesta_las_mismas_consultas(
    del_ministerio, cuantas, django_assert_max_num_queries
):
    for n in range(cuantas):
        una_institucion(una_entidad(f"Secretaría {n}"))

    with django_assert_max_num_queries(12):
        del_ministerio.get(LISTA)


# ── La presencialidad ─────────────────────────────────────────────────────────────────────────


def decir(client, entidad, **datos):
    return client.post(
        reverse("acompanamiento:presencialidad", args=[entidad.codigo_dane]),
        {
            "clave": uuid.uuid4(),
            "base": 0,
            "entidad": entidad.codigo_dane,
            "fecha": "2021-05-03",
            "en_presencialidad": 35,
            "total": 60,
            "fuente": "Cobertura",
            **datos,
        },
    )


def test_la_secretaria_dice_la_suya_y_dos_toques_la_guardan_una_vez(client):
    tolima = una_entidad("Tolima")
    entrar_por(client, tolima)
    clave = uuid.uuid4()

    primera = decir(client, tolima, clave=clave)
    segunda = decir(client, tolima, clave=clave)

    assert (primera.status_code, segunda.status_code) == (302, 302)
    assert [(una.en_presencialidad, una.total) for una in tolima.presencialidad.all()] == [(35, 60)]


def test_cero_es_ninguna_y_un_dia_sin_cuenta_no_sale(client):
    tolima = una_entidad("Tolima")
    entrar_por(client, tolima)
    decir(client, tolima, en_presencialidad=0, total="")

    pagina = client.get(reverse("acompanamiento:presencialidad", args=[tolima.codigo_dane]))
    [barra] = pagina.context["barras"]

    assert (barra.cuenta.en_presencialidad, barra.ancho, barra.porcentaje) == (0, 0, None)
    assert "sin total" in pagina.content.decode()


def test_sin_ninguna_cuenta_no_se_dice_cero(client):
    tolima = una_entidad("Tolima")
    entrar_por(client, tolima)

    pagina = client.get(reverse("acompanamiento:presencialidad", args=[tolima.codigo_dane]))

    assert "Aún no se sabe cuántas están en presencialidad." in pagina.content.decode()


def test_las_barras_se_miden_todas_contra_la_misma_cifra():
    tolima = una_entidad("Tolima")
    una_presencialidad(tolima, date(2021, 3, 1), 20, total=80)
    una_presencialidad(tolima, date(2021, 4, 1), 50, total=100)

    barras = en_barras(tolima, serie_de(tolima))

    assert [(b.cuenta.fecha.month, b.ancho, b.porcentaje) for b in barras] == [
        (4, 50, 50),
        (3, 20, 25),
    ]


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"total": 30}, "Son más las que están en presencialidad que el total."),
        (
            {"fecha": (timezone.localdate() + timedelta(days=1)).isoformat()},
            "Ese día no ha llegado.",
        ),
        ({"fecha": "1021-05-03"}, "Revise el año"),
        ({"fecha": "2021-04-30"}, "De ese día ya se dijo 12."),
        ({"fecha": "2022-02-01"}, "Tolima no es una secretaría certificada"),
        ({"en_presencialidad": -1}, "mayor o igual a 0"),
    ],
)
def test_lo_que_no_puede_ser_se_dice_y_el_formulario_vuelve_lleno(client, datos, mensaje):
    tolima = una_entidad("Tolima", hasta=date(2021, 12, 31))
    una_presencialidad(tolima, date(2021, 4, 30), 12)
    entrar_por(client, tolima)

    respuesta = decir(client, tolima, **datos)

    pagina = respuesta.content.decode()
    assert (respuesta.status_code, Presencialidad.objects.count()) == (200, 1)
    assert mensaje in pagina
    assert 'value="Cobertura"' in pagina


def test_se_corrige_y_si_otro_la_corrigio_antes_quedan_las_dos(client):
    tolima = una_entidad("Tolima")
    cuenta = una_presencialidad(tolima, date(2021, 5, 3), 35, total=60)
    entrar_por(client, tolima)
    direccion = reverse("acompanamiento:corregir-presencialidad", args=[cuenta.clave])
    datos = {
        "base": 1,
        "entidad": tolima.codigo_dane,
        "fecha": "2021-05-03",
        "total": 60,
        "fuente": "Cobertura",
    }

    client.post(direccion, {**datos, "en_presencialidad": 36})
    tarde = client.post(direccion, {**datos, "en_presencialidad": 40})

    cuenta.refresh_from_db()
    [espera] = Envio.objects.en_conflicto()
    assert (cuenta.en_presencialidad, cuenta.version) == (36, 2)
    assert espera.cuerpo["en_presencialidad"] == "40"
    assert tarde.url == reverse("acompanamiento:conflicto", args=[espera.pk])


def test_nadie_cuenta_por_otra_secretaria(client):
    tolima, huila = una_entidad("Tolima"), una_entidad("Huila")
    ajena = una_presencialidad(huila, date(2021, 5, 3), 35)
    entrar_por(client, tolima)

    por_su_pagina = decir(client, huila)
    por_la_propia = client.post(
        reverse("acompanamiento:presencialidad", args=[tolima.codigo_dane]),
        {
            "entidad": huila.codigo_dane,
            "fecha": "2021-05-04",
            "en_presencialidad": 1,
            "fuente": "x",
        },
    )
    por_json = client.post(
        reverse("acompanamiento:registros", args=["presencialidad"]),
        {
            "clave": str(uuid.uuid4()),
            "base": 0,
            "datos": {
                "entidad": huila.codigo_dane,
                "fecha": "2021-05-04",
                "en_presencialidad": 1,
                "fuente": "x",
            },
        },
        content_type="application/json",
    )
    corregir = client.get(reverse("acompanamiento:corregir-presencialidad", args=[ajena.clave]))

    assert (por_su_pagina.status_code, corregir.status_code) == (404, 404)
    assert (por_la_propia.status_code, por_json.status_code) == (200, 400)
    assert Presencialidad.objects.count() == 1


@pytest.mark.parametrize("cuantas", [1, 30])
def test_la_serie_cuesta_las_mismas_consultas(
    del_ministerio, cuantas, django_assert_max_num_queries
):
    tolima = una_entidad("Tolima")
    for n in range(cuantas):
        una_presencialidad(tolima, date(2021, 1, 1) + timedelta(days=7 * n), n)

    with django_assert_max_num_queries(12):
        del_ministerio.get(reverse("acompanamiento:presencialidad", args=[tolima.codigo_dane]))
