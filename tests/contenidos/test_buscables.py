"""Lo que cada app pone en el buscador del portal: se encuentra, y solo lo encuentra quien lo ve."""

import pytest
from django.contrib.auth.models import AnonymousUser

from contenidos.acciones.indice import poner_al_dia
from contenidos.consultas.busqueda import encontrar, fichas_de, interpretar
from cuentas.models import Rol
from indicadores.models import Indicador
from tests.fabricas import un_departamento, un_tema, un_usuario, una_entidad, una_sesion
from tests.fabricas_de_contenidos import un_material

pytestmark = pytest.mark.django_db


def titulos(texto, usuario, clase):
    hallado = encontrar(interpretar(texto), usuario, clase)
    return {ficha.titulo for uno in hallado for ficha in fichas_de(uno.hallados)}


def un_secretario(entidad):
    return un_usuario(Rol.SECRETARIO, entidad=entidad)


# ── Sesiones ──────────────────────────────────────────────────────────────────────────────────


def test_una_sesion_se_encuentra_por_su_titulo_sus_temas_y_su_descripcion():
    sesion = una_sesion(
        "Rutas",
        temas=[un_tema("Permanencia")],
        descripcion="Alertas tempranas",
        audiencia="comunidad",
    )
    poner_al_dia(sesion)

    hallados = [titulos(q, AnonymousUser(), "sesion") for q in ("ruta", "permanencia", "alerta")]

    assert hallados == [{"Rutas"}] * 3


def test_una_sesion_no_se_encuentra_por_quien_la_presenta():
    poner_al_dia(una_sesion(ponentes="Rosa Inventada", audiencia="comunidad"))

    assert titulos("Inventada", un_usuario(), "sesion") == set()


def test_la_sesion_de_otra_secretaria_no_se_encuentra():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    poner_al_dia(una_sesion("Rutas", convocadas=[huila]))

    quienes = (un_secretario(huila), un_secretario(meta), AnonymousUser(), un_usuario())

    assert [titulos("rutas", quien, "sesion") for quien in quienes] == [
        {"Rutas"},
        set(),
        set(),
        {"Rutas"},
    ]


def test_una_sesion_en_borrador_solo_la_encuentra_el_ministerio():
    huila = una_entidad("Huila")
    poner_al_dia(una_sesion("Rutas", convocadas=[huila], estado="borrador"))

    assert titulos("rutas", un_secretario(huila), "sesion") == set()
    assert titulos("rutas", un_usuario(), "sesion") == {"Rutas"}


def test_lo_entregado_en_una_sesion_ajena_no_se_encuentra():
    huila, meta = una_entidad("Huila"), una_entidad("Meta")
    poner_al_dia(un_material(una_sesion(convocadas=[huila]), "Presentación reservada").contenido)

    assert titulos("reservada", un_secretario(huila), "contenido") == {"Presentación reservada"}
    assert titulos("reservada", un_secretario(meta), "contenido") == set()
    assert titulos("reservada", AnonymousUser(), "contenido") == set()


# ── Indicadores y secretarías ─────────────────────────────────────────────────────────────────


def un_indicador(**datos):
    return Indicador.objects.create(
        **{
            "codigo": "desercion-total",
            "nombre": "Tasa de deserción",
            "nombre_corto": "Deserción",
            "familia": Indicador.Familia.DESERCION,
            "nivel": Indicador.Nivel.TOTAL,
            "definicion": "Quienes se fueron antes de terminar el año.",
            "formula": "x",
            "medida": Indicador.Medida.PORCENTAJE,
            "sentido": Indicador.Sentido.BAJA,
            "agregacion": Indicador.Agregacion.NINGUNA,
            "fuente": "MEN",
            "desde": 2011,
            "orden": 1,
            **datos,
        }
    )


def test_un_indicador_se_encuentra_sin_tildes_y_por_lo_que_dice():
    poner_al_dia(un_indicador())

    hallados = [titulos(q, AnonymousUser(), "indicador") for q in ("desercion", "terminar")]

    assert hallados == [{"Tasa de deserción"}] * 2


def test_un_indicador_que_ya_no_se_usa_no_se_encuentra():
    poner_al_dia(un_indicador(activo=False))

    assert titulos("desercion", un_usuario(), "indicador") == set()


def test_una_secretaria_se_encuentra_por_su_nombre_su_codigo_y_su_departamento():
    entidad = una_entidad(
        "Dosquebradas", codigo_dane="66170", departamento=un_departamento("Risaralda", "66")
    )
    poner_al_dia(entidad)

    hallados = [
        titulos(q, AnonymousUser(), "entidad") for q in ("dosquebradas", "66170", "risaralda")
    ]

    assert hallados == [{"Dosquebradas"}] * 3


def test_una_que_dejo_de_ser_certificada_no_se_encuentra():
    poner_al_dia(una_entidad("Antigua", hasta="2015-01-01"))

    assert titulos("antigua", un_usuario(), "entidad") == set()
