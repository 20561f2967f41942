"""Los grupos cambian con fecha: lo de antes se queda como estaba."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from acompanamiento.acciones.grupos import (
    agregar_integrante,
    asignar_padrino,
    crear_grupo,
    editar_grupo,
    mover_entidad,
    retirar_integrante,
    sacar_entidad,
)
from acompanamiento.admin.catalogos import ReglaDeContactoForm
from acompanamiento.consultas.grupos import entidades_de, grupo_de
from acompanamiento.forms.actividades import ActividadForm
from acompanamiento.forms.grupos import (
    GrupoForm,
    IntegranteForm,
    MoverForm,
    PadrinoForm,
    RelevoForm,
    RetiroForm,
)
from acompanamiento.forms.listados import NuevoListadoDeGruposForm
from acompanamiento.forms.programas import ProgramaForm
from acompanamiento.models import Grupo, Integrante, Padrinazgo, Pertenencia
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    HACE_TIEMPO,
    un_contacto,
    un_grupo,
    un_integrante,
    un_padrinazgo,
    una_pertenencia,
)

pytestmark = pytest.mark.django_db

MAYO, JUNIO, JULIO = date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1)


def mover(entidad, grupo, desde=JUNIO, motivo="Reparto nuevo"):
    return mover_entidad(entidad=entidad, grupo=grupo, desde=desde, motivo=motivo, por=un_usuario())


def tramos(entidad):
    return list(entidad.pertenencias.order_by("desde").values_list("grupo", "desde", "hasta"))


def codigo(error):
    return error.value.code


# ── Mover una secretaría ──────────────────────────────────────────────────────────────────────


def test_mover_cierra_un_tramo_y_abre_otro():
    huila = una_entidad("Huila")
    antes, despues = un_grupo(huila), un_grupo()

    mover(huila, despues)

    assert tramos(huila) == [(antes.pk, HACE_TIEMPO, MAYO), (despues.pk, JUNIO, None)]
    assert (grupo_de(huila, MAYO), grupo_de(huila, JUNIO)) == (antes, despues)


def test_un_cambio_en_junio_no_mueve_las_cifras_de_mayo():
    huila = una_entidad("Huila")
    antes, despues = un_grupo(huila), un_grupo()
    de_mayo = un_contacto(huila, fecha=MAYO, grupo=antes)
    de_junio = un_contacto(huila, fecha=JUNIO, grupo=antes)
    de_otra = un_contacto(fecha=JUNIO, grupo=antes)

    mover(huila, despues)

    for contacto in (de_mayo, de_junio, de_otra):
        contacto.refresh_from_db()
    assert [c.grupo for c in (de_mayo, de_junio, de_otra)] == [antes, despues, antes]


def test_moverla_a_donde_ya_esta_no_cambia_nada():
    huila = una_entidad("Huila")
    grupo = un_grupo(huila)

    pertenencia = mover(huila, grupo, motivo="")

    assert pertenencia.desde == HACE_TIEMPO
    assert Pertenencia.objects.count() == 1


def test_un_cambio_para_el_mismo_dia_corrige_el_anterior():
    huila = una_entidad("Huila")
    antes, uno, otro = un_grupo(huila), un_grupo(), un_grupo()

    mover(huila, uno)
    mover(huila, otro)

    assert tramos(huila) == [(antes.pk, HACE_TIEMPO, MAYO), (otro.pk, JUNIO, None)]


def test_un_cambio_que_se_supo_tarde_llega_hasta_el_que_sigue():
    huila = una_entidad("Huila")
    enero, de_junio, de_julio = un_grupo(huila), un_grupo(), un_grupo()
    mover(huila, de_julio, JULIO)
    contacto = un_contacto(huila, fecha=JULIO, grupo=de_julio)

    mover(huila, de_junio, JUNIO)

    contacto.refresh_from_db()
    assert tramos(huila) == [
        (enero.pk, HACE_TIEMPO, MAYO),
        (de_junio.pk, JUNIO, date(2026, 6, 30)),
        (de_julio.pk, JULIO, None),
    ]
    assert contacto.grupo == de_julio


def test_entre_dos_grupos_hay_que_decir_por_que():
    huila = una_entidad("Huila")
    un_grupo(huila)

    with pytest.raises(ValidationError) as error:
        mover(huila, un_grupo(), motivo="")

    assert codigo(error) == "falta_motivo"


def test_la_primera_vez_no_pide_motivo():
    huila, grupo = una_entidad("Huila"), un_grupo()

    mover(huila, grupo, motivo="")

    assert list(entidades_de(grupo, JUNIO)) == [huila]


def test_una_secretaria_que_ya_cerro_no_entra_a_un_grupo():
    cerrada = una_entidad("Cerrada", hasta=MAYO)

    with pytest.raises(ValidationError) as error:
        mover(cerrada, un_grupo())

    assert codigo(error) == "entidadterritorial_no_vale"


def test_un_grupo_cerrado_no_recibe_a_nadie():
    with pytest.raises(ValidationError) as error:
        mover(una_entidad(), un_grupo(hasta=MAYO))

    assert codigo(error) == "grupo_no_vale"


def test_sacarla_deja_sin_grupo_lo_de_ahi_en_adelante():
    huila = una_entidad("Huila")
    grupo = un_grupo(huila)
    contacto = un_contacto(huila, fecha=JUNIO, grupo=grupo)

    sacar_entidad(entidad=huila, desde=JUNIO, motivo="Se reparte", por=un_usuario())

    contacto.refresh_from_db()
    assert (grupo_de(huila, MAYO), grupo_de(huila, JUNIO), contacto.grupo) == (grupo, None, None)


def test_no_sale_el_mismo_dia_que_entra():
    huila = una_entidad("Huila")
    una_pertenencia(un_grupo(), huila, desde=JUNIO)

    with pytest.raises(ValidationError) as error:
        sacar_entidad(entidad=huila, desde=JUNIO, motivo="Se reparte", por=un_usuario())

    assert codigo(error) == "sale_el_dia_que_entra"


# ── El grupo y sus integrantes ────────────────────────────────────────────────────────────────


def test_no_hay_dos_grupos_con_el_mismo_numero():
    crear_grupo(numero=7, por=un_usuario())

    with pytest.raises(ValidationError) as error:
        crear_grupo(numero=7, por=un_usuario())

    assert codigo(error) == "numero_repetido"
    assert Grupo.objects.count() == 1


def test_un_grupo_con_secretarias_no_se_cierra():
    grupo = un_grupo(una_entidad())

    with pytest.raises(ValidationError) as error:
        editar_grupo(grupo=grupo, nombre="", desde=HACE_TIEMPO, hasta=MAYO, por=un_usuario())

    assert codigo(error) == "grupo_con_entidades"


def sumar(grupo, persona, papel=Integrante.Papel.TECNICO, desde=JUNIO):
    return agregar_integrante(
        grupo=grupo, persona=persona, papel=papel, desde=desde, por=un_usuario()
    )


def test_sumar_dos_veces_a_alguien_lo_deja_una():
    grupo, persona = un_grupo(), un_usuario(Rol.PROFESIONAL)

    sumar(grupo, persona)
    sumar(grupo, persona, desde=JULIO)

    assert grupo.integrantes.get().desde == JUNIO


def test_quien_llega_a_liderar_releva_a_quien_lideraba():
    antes, despues = un_usuario(Rol.LIDER_GRUPO), un_usuario(Rol.LIDER_GRUPO)
    grupo = un_grupo(lider=antes)

    sumar(grupo, despues, Integrante.Papel.LIDER)

    assert list(grupo.integrantes.order_by("desde").values_list("persona", "hasta")) == [
        (antes.pk, MAYO),
        (despues.pk, None),
    ]


@pytest.mark.parametrize(
    ("persona", "razon"),
    [
        ({"rol": Rol.SECRETARIO}, "no_es_del_ministerio"),
        ({"rol": Rol.PROFESIONAL, "is_active": False}, "cuenta_desactivada"),
    ],
)
def test_quien_no_puede_acompanar_no_entra_a_un_grupo(persona, razon):
    with pytest.raises(ValidationError) as error:
        sumar(un_grupo(), un_usuario(**persona))

    assert codigo(error) == razon


def test_retirarse_conserva_lo_que_fue():
    integrante = un_integrante(un_grupo())

    retirar_integrante(integrante=integrante, hasta=MAYO, por=un_usuario())

    assert list(Integrante.objects.vigentes(MAYO)) == [integrante]
    assert list(Integrante.objects.vigentes(JUNIO)) == []


# ── Quién responde por una entidad ────────────────────────────────────────────────────────────


def test_un_padrino_sucede_a_otro():
    huila = una_entidad("Huila")
    antes = un_padrinazgo(huila)
    despues = un_usuario(Rol.PROFESIONAL)

    for _ in range(2):
        asignar_padrino(
            entidad=huila, persona=despues, papel="padrino", desde=JUNIO, por=un_usuario()
        )

    antes.refresh_from_db()
    assert antes.hasta == MAYO
    assert Padrinazgo.objects.get(hasta=None).persona == despues


def test_el_enlace_no_desplaza_al_padrino():
    huila = una_entidad("Huila")
    un_padrinazgo(huila)

    asignar_padrino(
        entidad=huila,
        persona=un_usuario(Rol.PROFESIONAL),
        papel=Padrinazgo.Papel.ENLACE,
        desde=JUNIO,
        por=un_usuario(),
    )

    assert Padrinazgo.objects.vigentes(JUNIO).count() == 2


@pytest.mark.parametrize("desde", ["1900-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "formulario",
    [
        lambda desde: GrupoForm({"numero": 1, "desde": desde}),
        lambda desde: IntegranteForm({"desde": desde}, grupo=un_grupo()),
        lambda desde: RetiroForm({"hasta": desde}, integrante=un_integrante(un_grupo())),
        lambda desde: MoverForm({"desde": desde}, entidad=una_entidad()),
        lambda desde: PadrinoForm({"desde": desde}, entidad=una_entidad()),
        lambda desde: RelevoForm({"fecha": desde}, por=un_usuario()),
        lambda desde: NuevoListadoDeGruposForm({"desde": desde}),
        lambda desde: ReglaDeContactoForm({"desde": desde, "dias": 7, "dias_de_alerta": 14}),
        lambda desde: ProgramaForm({"desde": desde}, por=un_usuario()),
        lambda desde: ActividadForm({"hasta": desde}, por=un_usuario()),
    ],
)
def test_una_fecha_de_otro_siglo_se_rechaza(formulario, desde):
    errores = formulario(desde).errors

    dichos = [uno for campo in ("desde", "hasta", "fecha") for uno in errores.get(campo, ())]
    assert "Revise el año: esa fecha está muy lejos de hoy." in dichos


def test_un_grupo_no_empieza_despues_de_acompanar_a_alguien():
    grupo = un_grupo(una_entidad("Tolima"))

    with pytest.raises(ValidationError) as error:
        editar_grupo(grupo=grupo, nombre="", desde=JUNIO, hasta=None, por=un_usuario())

    assert error.value.message_dict == {
        "desde": ["Acompaña a Tolima desde el 1 de enero de 2020. Escriba ese día o antes."]
    }
