"""Registrar un contacto: qué queda, qué se exige y qué no cambia después."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from acompanamiento.acciones.contactos import cancelar_contacto, registrar_contacto
from acompanamiento.models import Contacto, Integrante
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_contacto,
    un_grupo,
    un_integrante,
    un_lider,
    un_padrinazgo,
    un_papel,
    una_pertenencia,
    una_visita,
)

pytestmark = pytest.mark.django_db


def registrar(por, entidad, *, clave=None, base=0, **datos):
    return registrar_contacto(
        clave=clave or uuid.uuid4(),
        base=base,
        por=por,
        datos={
            "entidad": entidad,
            "canal": "llamada",
            "fecha": timezone.localdate(),
            "asunto": "Matrícula",
            **datos,
        },
    )


def lo_que_falta(error):
    return {campo: errores[0].code for campo, errores in error.value.error_dict.items()}


def test_queda_con_el_grupo_que_acompanaba_ese_dia():
    caqueta, lider = una_entidad("Caquetá"), un_lider()
    mayo, junio = date(2026, 5, 31), date(2026, 6, 1)
    antes, ahora = un_grupo(lider=lider), un_grupo(lider=lider)
    una_pertenencia(antes, caqueta, hasta=mayo)
    una_pertenencia(ahora, caqueta, desde=junio)

    de_mayo = registrar(lider, caqueta, fecha=mayo).objeto
    de_junio = registrar(lider, caqueta, fecha=junio).objeto

    assert (de_mayo.grupo, de_junio.grupo) == (antes, ahora)


def test_cada_persona_del_ministerio_queda_con_su_equipo_de_ese_dia():
    huila, lider = una_entidad(), un_lider(direccion=una_direccion("Calidad"))
    grupo = un_grupo(huila, lider=lider)
    tecnica = un_integrante(grupo, papel=Integrante.Papel.TECNICO).persona
    madrina = un_padrinazgo(huila).persona
    invitado = un_usuario(Rol.EQUIPO_MEN, direccion=una_direccion("Cobertura"))

    contacto = registrar(lider, huila, del_ministerio=[lider, tecnica, madrina, invitado]).objeto

    assert {
        uno.persona: (uno.papel, uno.grupo, uno.direccion) for uno in contacto.del_ministerio.all()
    } == {
        lider: ("lider", grupo, lider.direccion),
        tecnica: ("tecnico", grupo, tecnica.direccion),
        madrina: ("padrino", None, madrina.direccion),
        invitado: ("", None, invitado.direccion),
    }


def test_de_la_secretaria_se_cuenta_con_que_papel_y_no_quienes():
    huila, lider = una_entidad(), un_lider()
    calidad, cobertura = un_papel("Líder de calidad"), un_papel("Líder de cobertura")
    recibo = registrar(lider, huila, de_la_entidad={calidad: 2, cobertura: 1})

    registrar(
        lider,
        huila,
        clave=recibo.objeto.clave,
        base=1,
        de_la_entidad={calidad: 3, cobertura: None},
    )

    assert list(recibo.objeto.de_la_entidad.values_list("papel", "personas")) == [(calidad.pk, 3)]


def test_una_visita_trae_su_acta_y_una_llamada_no_tiene():
    huila, lider = una_entidad(), un_lider()

    visita = registrar(lider, huila, canal="visita_presencial", acta="Se revisó el plan.").objeto
    llamada = registrar(lider, huila).objeto

    assert visita.visita.acta == "Se revisó el plan."
    assert not hasattr(llamada, "visita")


def test_el_acta_de_una_llamada_se_dice_y_no_se_pierde_callada():
    with pytest.raises(ValidationError) as error:
        registrar(un_lider(), una_entidad(), acta="Se revisó el plan.")

    assert lo_que_falta(error) == {"acta": "no_es_visita"}


def test_a_una_entidad_de_otro_grupo_hay_que_decir_por_que():
    caqueta, ajeno = una_entidad("Caquetá"), un_lider()
    un_grupo(caqueta, lider=un_lider(), numero=7)
    un_grupo(una_entidad(), lider=ajeno)

    with pytest.raises(ValidationError) as error:
        registrar(ajeno, caqueta, canal="visita_presencial")

    assert lo_que_falta(error) == {"motivo_de_otro_grupo": "falta_motivo"}
    assert "la acompañaba el Grupo 7" in error.value.messages[0]
    assert not Contacto.objects.exists()


def test_con_motivo_si_y_el_contacto_es_del_grupo_que_la_acompana():
    caqueta, ajeno = una_entidad(), un_lider()
    grupo = un_grupo(caqueta, lider=un_lider())
    un_grupo(una_entidad(), lider=ajeno)

    contacto = registrar(ajeno, caqueta, motivo_de_otro_grupo="Cubría una licencia.").objeto

    assert contacto.grupo == grupo
    assert contacto.del_ministerio.get().grupo != grupo


@pytest.mark.parametrize("quien", ["sin grupo", "padrino de otro grupo"])
def test_no_se_pide_motivo_a_quien_no_le_falta(quien):
    huila = una_entidad()
    if quien == "sin grupo":
        persona = un_lider()
    else:
        un_grupo(huila, lider=un_lider())
        persona = un_padrinazgo(huila).persona

    assert registrar(persona, huila).objeto.motivo_de_otro_grupo == ""


def test_una_entidad_cerrada_admite_lo_anterior_y_nada_posterior():
    cierre = timezone.localdate() - timedelta(days=30)
    cerrada, lider = una_entidad("Cerrada", hasta=cierre), un_lider()

    anterior = registrar(lider, cerrada, fecha=cierre).objeto
    with pytest.raises(ValidationError) as error:
        registrar(lider, cerrada)

    assert anterior.fecha == cierre
    assert lo_que_falta(error) == {"entidad": "entidad_cerrada"}


def test_lo_de_una_entidad_que_cerro_despues_se_puede_corregir():
    lider, entidad = un_lider(), una_entidad()
    contacto = registrar(lider, entidad).objeto
    entidad.hasta = timezone.localdate() - timedelta(days=1)
    entidad.save()

    recibo = registrar(lider, entidad, clave=contacto.clave, base=1, asunto="Transporte")

    assert recibo.objeto.asunto == "Transporte"


@pytest.mark.parametrize(
    ("estado", "dias", "code"),
    [("completo", 1, "fecha_por_llegar"), ("programado", -1, "fecha_pasada")],
)
def test_lo_completo_ya_ocurrio_y_lo_programado_no(estado, dias, code):
    with pytest.raises(ValidationError) as error:
        registrar(
            un_lider(),
            una_entidad(),
            estado=estado,
            fecha=timezone.localdate() + timedelta(days=dias),
        )

    assert lo_que_falta(error) == {"estado": code}


def test_lo_completo_no_vuelve_a_ser_borrador():
    lider, huila = un_lider(), una_entidad()
    contacto = registrar(lider, huila).objeto

    with pytest.raises(ValidationError) as error:
        registrar(lider, huila, clave=contacto.clave, base=1, estado="borrador")

    assert lo_que_falta(error) == {"estado": "ya_completo"}


def test_todo_lo_que_falta_se_dice_de_una_vez():
    cerrada = una_entidad(hasta=date(2025, 12, 31))
    ajeno = un_usuario(Rol.SECRETARIO)

    with pytest.raises(ValidationError) as error:
        registrar(
            un_lider(),
            cerrada,
            fecha=timezone.localdate() + timedelta(days=1),
            acta="Acta.",
            del_ministerio=[ajeno],
        )

    assert lo_que_falta(error) == {
        "estado": "fecha_por_llegar",
        "entidad": "entidad_cerrada",
        "acta": "no_es_visita",
        "del_ministerio": "no_es_del_ministerio",
    }


def test_quien_ya_no_tiene_cuenta_sigue_en_lo_que_hizo_y_no_entra_en_lo_nuevo():
    lider, huila = un_lider(), una_entidad()
    colega = un_usuario()
    contacto = registrar(lider, huila, del_ministerio=[lider, colega]).objeto
    colega.is_active = False
    colega.save()

    recibo = registrar(
        lider, huila, clave=contacto.clave, base=1, asunto="Otro", del_ministerio=[lider, colega]
    )
    with pytest.raises(ValidationError) as error:
        registrar(lider, huila, del_ministerio=[colega])

    assert recibo.objeto.del_ministerio.count() == 2
    assert lo_que_falta(error) == {"del_ministerio": "persona_desactivada"}


def test_las_horas_al_reves_se_dicen_junto_a_la_hora():
    with pytest.raises(ValidationError) as error:
        registrar(un_lider(), una_entidad(), hora_inicio="10:00", hora_fin="09:00")

    assert set(error.value.error_dict) == {"hora_fin"}


def test_un_cambio_de_fecha_cambia_la_secuencia_del_calendario_y_uno_de_texto_no():
    lider, huila = un_lider(), una_entidad()
    manana = timezone.localdate() + timedelta(days=1)
    contacto = registrar(lider, huila, estado="programado").objeto

    registrar(lider, huila, clave=contacto.clave, base=1, estado="programado", notas="x")
    contacto.refresh_from_db()
    sin_cambio = contacto.secuencia
    registrar(lider, huila, clave=contacto.clave, base=2, estado="programado", fecha=manana)
    contacto.refresh_from_db()

    assert (sin_cambio, contacto.secuencia) == (0, 1)


def test_los_temas_quedan():
    tema = un_tema("Permanencia")

    contacto = registrar(un_lider(), una_entidad(), temas=[tema]).objeto

    assert list(contacto.temas.all()) == [tema]


def test_cancelar_conserva_el_contacto_y_pide_un_motivo():
    contacto, lider = un_contacto(estado=Contacto.Estado.PROGRAMADO), un_lider()

    with pytest.raises(ValidationError):
        cancelar_contacto(contacto=contacto, motivo=" ", por=lider)
    cancelar_contacto(contacto=contacto, motivo="La secretaría pidió otra fecha.", por=lider)

    contacto.refresh_from_db()
    assert (contacto.estado, contacto.version, contacto.secuencia) == ("cancelado", 2, 1)
    assert contacto.motivo_de_cancelacion == "La secretaría pidió otra fecha."


def test_lo_cancelado_no_se_edita_ni_se_cancela_otra_vez():
    lider, contacto = un_lider(), una_visita(estado=Contacto.Estado.CANCELADO).contacto

    with pytest.raises(ValidationError) as al_cancelar:
        cancelar_contacto(contacto=contacto, motivo="Otra vez.", por=lider)
    with pytest.raises(ValidationError) as al_editar:
        registrar(lider, contacto.entidad, clave=contacto.clave, base=1)

    assert al_cancelar.value.code == "ya_cancelado"
    assert lo_que_falta(al_editar) == {"estado": "cancelado"}
