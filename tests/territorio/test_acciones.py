"""Lo que se aprende de una persona, lo que se rechaza y lo que se retira."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from territorio.acciones import aprender_alias, aprender_dominio, retirar_alias, retirar_dominio
from territorio.models import Alias, Dominio, EntidadTerritorial, Origen
from territorio.resolucion import resolver
from tests.fabricas import un_usuario

pytestmark = pytest.mark.usefixtures("territorio")
HOY = date(2026, 3, 1)


def entidad(nombre):
    return EntidadTerritorial.objects.get(nombre=nombre)


def test_lo_que_se_aprende_de_un_texto_vale_para_quien_lo_vuelva_a_escribir():
    persona = un_usuario()

    alias = aprender_alias(texto="Honda - Tolima", entidad=entidad("Tolima"), por=persona)

    assert (alias.origen, alias.creado_por) == (Origen.PERSONA, persona)
    resolucion = resolver("HONDA – tolima", fecha=HOY)
    assert (resolucion.decision, resolucion.codigo) == ("automatica", "73")
    assert resolucion.evidencia == "confirmacion"
    assert resolucion.explicacion == "Ya se confirmó que «HONDA – tolima» es Tolima."


def test_lo_aprendido_manda_sobre_lo_que_se_entendia():
    aprender_alias(texto="Nariño - Pasto", entidad=entidad("Nariño"))

    assert resolver("Nariño - Pasto", fecha=HOY).codigo == "52"


def test_tambien_se_aprende_que_un_texto_no_es_una_secretaria():
    aprender_alias(texto="Universidad de Antioquia", ajena="Universidad de Antioquia")

    resolucion = resolver("universidad de antioquia", fecha=HOY)

    assert (resolucion.decision, resolucion.codigo) == ("automatica", None)
    assert resolucion.ajena == "Universidad de Antioquia"


def test_lo_aprendido_se_contradice_con_el_dominio_como_cualquier_texto():
    aprender_alias(texto="La de siempre", entidad=entidad("Neiva"))
    aprender_dominio(dominio="sempasto.gov.co", entidad=entidad("Pasto"))

    resolucion = resolver("La de siempre", "ana@sempasto.gov.co", fecha=HOY)

    assert (resolucion.decision, resolucion.sugerencias) == ("revision", ("52001", "41001"))


def test_retirar_un_alias_deja_todo_como_estaba():
    antes = resolver("Honda - Tolima", fecha=HOY)
    alias = aprender_alias(texto="Honda - Tolima", entidad=entidad("Tolima"))

    retirar_alias(alias)

    assert resolver("Honda - Tolima", fecha=HOY) == antes


def test_un_dominio_aprendido_asigna_y_retirado_deja_de_hacerlo():
    dominio = aprender_dominio(dominio="@SemNeiva.gov.co", entidad=entidad("Neiva"))
    con = resolver("", "ana@semneiva.gov.co", fecha=HOY)
    retirar_dominio(dominio)
    sin = resolver("", "ana@semneiva.gov.co", fecha=HOY)

    assert (con.decision, con.codigo) == ("automatica", "41001")
    assert (sin.decision, sin.sugerencias) == ("sugerencia", ("41001",))


def test_un_dominio_puede_ser_de_otra_organizacion_o_de_correo_personal():
    ajeno = aprender_dominio(dominio="unicauca.edu.co", ajena="Universidad del Cauca")
    personal = aprender_dominio(dominio="correo.test")

    assert (ajeno.clase, personal.clase) == (Dominio.Clase.AJENO, Dominio.Clase.PERSONAL)
    assert resolver("", "ana@unicauca.edu.co", fecha=HOY).ajena == "Universidad del Cauca"


def test_aprender_lo_que_ya_se_sabia_no_deja_nada_que_retirar():
    aprender_dominio(dominio="semneiva.gov.co", entidad=entidad("Neiva"))
    n_alias, n_dominios = Alias.objects.count(), Dominio.objects.count()

    repetidos = [
        aprender_alias(texto="VALLE", entidad=entidad("Valle del Cauca")),
        aprender_dominio(dominio="semneiva.gov.co", entidad=entidad("Neiva")),
        aprender_dominio(dominio="gmail.com"),
    ]

    assert repetidos == [None, None, None]
    assert (Alias.objects.count(), Dominio.objects.count()) == (n_alias, n_dominios)


@pytest.mark.parametrize(
    ("texto", "mensaje"),
    [
        ("Secretaría de Educación", "no dice de qué entidad se trata"),
        ("N/A", "no dice de qué entidad se trata"),
        ("S.E.M.", "no dice de qué entidad se trata"),
        ("Cundinamarca", "es el nombre de una secretaría"),
        ("Valle", "El catálogo dice que «Valle» es Valle del Cauca"),
        ("MEN", "El catálogo dice que «MEN» es Ministerio de Educación Nacional"),
        ("Honda", "Ya se confirmó que «Honda» es Tolima"),
    ],
)
def test_lo_que_no_se_puede_aprender_de_un_texto_dice_por_que(texto, mensaje):
    aprender_alias(texto="Honda", entidad=entidad("Tolima"))

    with pytest.raises(ValidationError, match=mensaje):
        aprender_alias(texto=texto, entidad=entidad("Pasto"))


@pytest.mark.parametrize(
    ("dominio", "mensaje"),
    [
        ("no es dominio", "Escríbalo como «semneiva.gov.co»"),
        ("gmail.com", "es de correo personal"),
        ("mineducacion.gov.co", "El catálogo dice que «mineducacion.gov.co» es Ministerio"),
        ("semneiva.gov.co", "Ya se confirmó que «semneiva.gov.co» es Neiva"),
    ],
)
def test_lo_que_no_se_puede_aprender_de_un_dominio_dice_por_que(dominio, mensaje):
    aprender_dominio(dominio="semneiva.gov.co", entidad=entidad("Neiva"))

    with pytest.raises(ValidationError, match=mensaje):
        aprender_dominio(dominio=dominio, entidad=entidad("Pasto"))


def test_un_dominio_de_alguien_no_pasa_a_ser_de_correo_personal():
    aprender_dominio(dominio="semneiva.gov.co", entidad=entidad("Neiva"))

    with pytest.raises(ValidationError, match="es de Neiva: no es de correo personal"):
        aprender_dominio(dominio="semneiva.gov.co")


def test_un_texto_larguisimo_se_aprende_una_vez():
    largo = "Secretaría de Educación de Neiva " + "y de sus corregimientos " * 10

    aprendidos = [aprender_alias(texto=largo, entidad=entidad("Neiva")) for _ in range(2)]

    assert (aprendidos[0].entidad.nombre, aprendidos[1]) == ("Neiva", None)


def test_lo_del_catalogo_no_se_retira():
    with pytest.raises(ValidationError, match="se le pone fecha final"):
        retirar_alias(Alias.objects.get(texto="Valle"))


def test_un_alias_de_una_entidad_que_no_existia_no_vale_en_esa_fecha():
    aprender_alias(texto="La Funza de siempre", entidad=entidad("Funza"))

    assert resolver("La Funza de siempre", fecha=date(2018, 6, 1)).decision != "automatica"
    assert resolver("La Funza de siempre", fecha=date(2019, 6, 1)).codigo == "25286"
