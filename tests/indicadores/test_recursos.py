"""J8 y J9: las cifras de recursos, lo reportado junto a lo calculado, y quién puede verlas."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from indicadores.cargas.recursos_catalogo import anadir_recursos
from indicadores.consultas.balances import Balance, millones, pesos
from indicadores.consultas.recursos import balance_de, balances, por_entidad, recursos, recursos_de
from indicadores.models import CorteDeRecursos
from tests.fabricas import una_entidad
from tests.fabricas_de_recursos import un_corte, un_recurso

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogo():
    anadir_recursos()


def el_balance(clave) -> Balance:
    return balance_de(CorteDeRecursos.objects.get(clave=clave))


# ── El catálogo ───────────────────────────────────────────────────────────────────────────────


def test_repetir_el_catalogo_no_toca_lo_que_alguien_corrigio(catalogo):
    CorteDeRecursos.objects.filter(clave="fome-2020").update(nota="Corregida.")

    cambios = anadir_recursos()

    assert not any(cambios.values())
    assert CorteDeRecursos.objects.get(clave="fome-2020").nota == "Corregida."


def test_la_orden_del_catalogo_trae_los_recursos(capsys):
    call_command("cargar_catalogo_indicadores")

    assert CorteDeRecursos.objects.publicados().count() == 9


def test_todo_corte_del_catalogo_cuadra_y_dice_su_fuente(catalogo):
    for corte in CorteDeRecursos.objects.all():
        corte.full_clean()

        assert "Acompañamiento territorial 2020" in corte.fuente


# ── Lo que dice la fuente ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("clave", "frase"),
    [
        (
            "fome-2020",
            "FOME $400.005 millones asignados a las 96 ETC = $88.880 primera + $311.125 segunda",
        ),
        ("fome-2020-primera", "FOME, primera asignación: $88.880 asignado"),
        (
            "fse-2020-09-30",
            (
                "FSE, corte 30 de septiembre de 2020: $725.978 asignado, $351.580 ejecutado "
                "(48,4 %), $374.398 pendiente (51,6 %)"
            ),
        ),
        ("recursos-propios-2020-1", "58 ETC reportaron (60,4 %), de 96"),
        ("sgp-calidad-matricula-2020", "La fuente dice qué se revisa y no trae cifras."),
    ],
)
def test_cada_corte_se_dice_en_una_frase(catalogo, clave, frase):
    assert el_balance(clave).frase == frase


@pytest.mark.parametrize(
    ("clave", "cuenta"),
    [
        ("fome-2020", "88.880 + 311.125 = 400.005"),
        ("fse-2020-09-30", "351.580 + 374.398 = 725.978"),
    ],
)
def test_las_cuentas_de_la_fuente_se_comprueban(catalogo, clave, cuenta):
    (comprobacion,) = el_balance(clave).comprobaciones

    assert (comprobacion.cuenta, comprobacion.cuadra) == (cuenta, True)


def test_lo_que_la_fuente_no_trae_no_es_cero(catalogo):
    primera = el_balance("fome-2020-primera")

    assert [(r.nombre, r.texto_reportado) for r in primera.renglones] == [
        ("Asignado", "$88.880"),
        ("Incorporación", "la fuente no trae el dato"),
        ("Ejecución", "la fuente no trae el dato"),
        ("Pendiente", "la fuente no trae el dato"),
    ]
    assert primera.reportaron == "12 ETC reportaron (12,5 %)"


def test_una_cuenta_que_no_da_se_dice(catalogo):
    CorteDeRecursos.objects.filter(clave="fome-2020-segunda").update(asignado=311126)

    (comprobacion,) = el_balance("fome-2020").comprobaciones

    assert (comprobacion.cuadra, comprobacion.detalle) == (False, "La fuente dice 400.005.")


def test_la_barra_reparte_el_total(catalogo):
    tramos = el_balance("fse-2020-09-30").tramos

    assert [(tramo.nombre, tramo.porcentaje) for tramo in tramos] == [
        ("Ejecutado", "48,4 %"),
        ("Pendiente", "51,6 %"),
    ]
    assert tramos[1].desde == tramos[0].ancho


# ── Lo calculado ──────────────────────────────────────────────────────────────────────────────


def tres_entidades(corte):
    """Suman lo que dice el FSE: 351.580 ejecutado de 725.978 asignado."""
    return [
        un_recurso(corte, asignado=asignado, ejecutado=ejecutado, pendiente=asignado - ejecutado)
        for asignado, ejecutado in ((500_000, 151_580), (200_000, 190_000), (25_978, 10_000))
    ]


def test_la_ejecucion_nacional_es_suma_sobre_suma(catalogo):
    corte = CorteDeRecursos.objects.get(clave="fse-2020-09-30")
    tres_entidades(corte)

    balance = balance_de(corte)

    assert (balance.ejecucion_reportada, balance.ejecucion_calculada) == ("48,4 %", "48,4 %")
    assert [c.cuadra for c in balance.comprobaciones] == [True, True, True, True]


def test_si_cambia_lo_asignado_de_una_entidad_cambia_la_ejecucion(catalogo):
    corte = CorteDeRecursos.objects.get(clave="fse-2020-09-30")
    primero, *_ = tres_entidades(corte)
    primero.asignado = 400_000
    primero.save()

    balance = balance_de(corte)

    assert balance.ejecucion_calculada == "56,2 %"
    assert balance.comprobaciones[1].detalle == "Son 100.000 menos que lo reportado."


@pytest.mark.parametrize("montos", [{}, {"ejecutado": 9_999}, {"asignado": 9_999}])
def test_una_entidad_sin_las_dos_cifras_no_mueve_la_ejecucion(catalogo, montos):
    corte = CorteDeRecursos.objects.get(clave="fse-2020-09-30")
    tres_entidades(corte)
    un_recurso(corte, **montos)

    assert balance_de(corte).ejecucion_calculada == "48,4 %"


def test_lo_reportado_manda_aunque_las_entidades_digan_otra_cosa(catalogo):
    corte = CorteDeRecursos.objects.get(clave="fome-2020-primera")
    un_recurso(corte, asignado=80_000)

    balance = balance_de(corte)

    assert balance.renglones[0].texto_reportado == "$88.880"
    assert [(c.cuenta, c.detalle) for c in balance.comprobaciones] == [
        ("Asignado: 1 entidad suma 80.000", "Son 8.880 menos que lo reportado."),
        ("La fuente dice que reportaron 12; aquí hay 1 entidad", ""),
    ]


def test_por_entidad_estan_todas_las_de_esa_fecha_y_ninguna_mas():
    corte = un_corte(vigencia=2020)
    reporto, no_reporto = una_entidad("Cali"), una_entidad("Neiva")
    una_entidad("La que vino después", desde="2023-01-01")
    un_recurso(corte, reporto, asignado=5)

    entidades = por_entidad(corte)

    assert entidades.titulos == ["Asignado"]
    assert entidades.renglones == [(reporto, ["$5"]), (no_reporto, [])]
    assert entidades.sin_dato == ["incorporación", "ejecución", "pendiente"]


def test_lo_de_una_entidad_dice_tambien_en_que_no_reporto():
    cali, neiva = una_entidad("Cali"), una_entidad("Neiva")
    corte, otro = un_corte("a"), un_corte("b")
    un_corte("sin-entidades")
    un_recurso(un_corte("borrador", estado="borrador"), cali, asignado=9)
    un_recurso(corte, cali, asignado=Decimal("12.5"), ejecutado=5)
    un_recurso(otro, neiva, asignado=7)

    suyos = recursos_de(cali)

    assert [(uno.corte, uno.montos, uno.ejecucion) for uno in suyos] == [
        (corte, [("Asignado", "$12,5 millones"), ("Ejecución", "$5 millones")], "40,0 %"),
        (otro, [], ""),
    ]


def test_lo_de_una_entidad_es_una_consulta(django_assert_num_queries):
    cali = una_entidad("Cali")
    for clave in "abc":
        un_recurso(un_corte(clave), cali, asignado=1)

    with django_assert_num_queries(1):
        recursos_de(cali)


def test_la_pagina_de_recursos_son_las_mismas_consultas_con_mas_cortes(
    catalogo, django_assert_num_queries
):
    with django_assert_num_queries(3):
        recursos()
    for clave in "abc":
        un_recurso(un_corte(clave, asignado=1), asignado=1)
    with django_assert_num_queries(3):
        recursos()


def test_una_parte_sin_su_total_se_ve_sola(catalogo):
    CorteDeRecursos.objects.filter(clave="fome-2020").update(estado="borrador")

    publicados = balances(CorteDeRecursos.objects.publicados().filter(fondo__clave="fome"))

    assert [balance.corte.clave for balance in publicados] == [
        "fome-2020-primera",
        "fome-2020-segunda",
    ]


@pytest.mark.parametrize(
    ("valor", "texto"),
    [
        (0, "0"),
        (725978, "725.978"),
        ("12.5", "12,5"),
        ("0.042", "0,042"),
        ("0.000001", "0,000001"),
        ("1234.567891", "1.234,6"),
    ],
)
def test_los_millones_se_escriben_como_en_colombia(valor, texto):
    assert millones(Decimal(valor)) == texto
    assert pesos(None) == "la fuente no trae el dato"
