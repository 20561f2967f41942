"""Lo que un formulario manda: siempre escrito igual, una vez, y sin pisar lo de otro."""

import uuid

import pytest
from django.utils import timezone

from acompanamiento.forms.contactos import ContactoForm
from acompanamiento.models import Contacto, Envio
from tests.fabricas import un_tema, un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import un_grupo, un_lider, un_papel, una_visita

pytestmark = pytest.mark.django_db


def lleno(entidad, **datos):
    return {
        "entidad": entidad.codigo_dane,
        "canal": "llamada",
        "estado": "completo",
        "fecha": timezone.localdate().isoformat(),
        "asunto": "Matrícula",
        **datos,
    }


def mandar(por, datos, *, clave, base=0, objeto=None):
    form = ContactoForm.con_datos(datos, clave=clave, base=base, por=por, objeto=objeto)
    return form.guardar(), form


def test_nace_con_clave_propia_y_base_cero():
    form = ContactoForm(por=un_lider())

    assert (form.initial["clave"].version, form.initial["base"]) == (4, 0)


def test_de_la_pagina_y_por_json_es_el_mismo_envio():
    huila, lider, clave = una_entidad(), un_lider(), uuid.uuid4()
    papel, tema = un_papel(), un_tema()
    datos = lleno(huila, acuerdos="Uno\nDos", hora_inicio="08:00:00") | {
        f"papel_{papel.pk}": 2,
        "temas": [tema.pk],
    }
    mandar(lider, datos, clave=clave)

    de_la_pagina = ContactoForm(
        lleno(huila, acuerdos=" Uno\r\nDos ", hora_inicio="08:00")
        | {f"papel_{papel.pk}": "2", "temas": [str(tema.pk)], "clave": str(clave), "base": "0"},
        por=lider,
    )
    recibo = de_la_pagina.guardar()

    assert recibo.es_repetido
    assert Contacto.objects.count() == Envio.objects.count() == 1


def test_lo_repetido_se_responde_igual_aunque_hoy_no_pasara_las_reglas():
    huila, lider, clave = una_entidad(), un_lider(), uuid.uuid4()
    primero, _ = mandar(lider, lleno(huila), clave=clave)
    huila.hasta = timezone.localdate().replace(year=2020)
    huila.save()
    un_grupo(huila, lider=un_lider())

    otra_vez, _ = mandar(lider, lleno(huila), clave=clave)

    assert otra_vez.es_repetido
    assert otra_vez.envio == primero.envio


def test_lo_guardado_y_lo_mandado_se_escriben_igual():
    lider, clave, papel, tema = un_lider(), uuid.uuid4(), un_papel(), un_tema()
    datos = lleno(
        una_entidad(),
        canal="visita_virtual",
        acta="Acta.\nDos renglones.",
        hora_inicio="08:00",
        temas=[tema.pk],
        del_ministerio=[lider.pk],
    ) | {f"papel_{papel.pk}": 3}
    recibo, form = mandar(lider, datos, clave=clave)

    editar = ContactoForm(por=lider, objeto=Contacto.objects.get())

    assert editar.guardado() == form.cuerpo()
    assert editar.initial["base"] == recibo.objeto.version == 1


def test_dos_personas_sobre_la_misma_visita_no_se_pisan():
    contacto = una_visita(acta="Borrador", estado="borrador").contacto
    lider, colega = un_lider(), un_usuario()
    paginas = [ContactoForm(por=quien, objeto=contacto) for quien in (lider, colega)]
    suyos = [{**pagina.guardado(), "acta": f"Acta de {n}"} for n, pagina in enumerate(paginas)]

    de_ella, _ = mandar(lider, suyos[0], clave=contacto.clave, base=1, objeto=contacto)
    del_otro, _ = mandar(colega, suyos[1], clave=contacto.clave, base=1, objeto=contacto)

    contacto.visita.refresh_from_db()
    assert (de_ella.hay_conflicto, del_otro.hay_conflicto) == (False, True)
    assert contacto.visita.acta == "Acta de 0"
    assert del_otro.envio.cuerpo["acta"] == "Acta de 1"


def test_sin_decir_la_version_no_se_guarda_encima():
    contacto = una_visita().contacto
    form = ContactoForm(por=un_lider(), objeto=contacto)

    form = ContactoForm({**form.guardado(), "asunto": "Otro"}, por=un_lider(), objeto=contacto)

    assert form.guardar() is None
    assert form.non_field_errors().as_data()[0].code == "sin_base"


def test_la_clave_de_otro_registro_no_cambia_cual_se_edita():
    uno, otro, lider = una_visita().contacto, una_visita().contacto, un_lider()
    datos = {**ContactoForm(por=lider, objeto=uno).guardado(), "asunto": "Cambiado"}

    recibo, _ = mandar(lider, datos, clave=otro.clave, base=1, objeto=uno)

    assert recibo.objeto == uno


def test_lo_que_la_accion_no_admite_se_dice_en_su_campo_y_el_formulario_vuelve_lleno():
    caqueta, ajeno = una_entidad(), un_lider()
    un_grupo(caqueta, lider=un_lider())

    recibo, form = mandar(ajeno, lleno(caqueta), clave=uuid.uuid4())

    assert recibo is None
    assert form.errors.as_data()["motivo_de_otro_grupo"][0].code == "falta_motivo"
    assert form["asunto"].value() == "Matrícula"


def test_quien_se_escoge_en_la_lista_larga_va_con_los_demas():
    lider, otra = un_lider(), un_usuario()
    datos = lleno(una_entidad(), del_ministerio=[lider.pk], otra_persona=otra.pk)

    recibo, form = mandar(lider, datos, clave=uuid.uuid4())

    assert set(recibo.objeto.del_ministerio.values_list("persona", flat=True)) == {
        lider.pk,
        otra.pk,
    }
    assert form.cuerpo()["del_ministerio"] == sorted([str(lider.pk), str(otra.pk)])


def test_un_valor_se_lee_con_palabras():
    huila, tema = una_entidad("Huila"), un_tema("Permanencia")
    form = ContactoForm(por=un_lider())

    leidos = [
        form.legible("entidad", huila.codigo_dane),
        form.legible("canal", "visita_presencial"),
        form.legible("temas", [str(tema.pk)]),
        form.legible("acta", ""),
    ]

    assert leidos == ["Huila", "Visita presencial", "Permanencia", ""]
