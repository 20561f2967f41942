"""Registrar por JSON: la misma acción que el formulario, y una respuesta que se puede repetir."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from acompanamiento.forms.registros import REGISTRABLES
from acompanamiento.models import Contacto, Envio
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_contacto,
    un_grupo,
    un_lider,
    un_papel,
    una_necesidad,
    una_visita,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lider(client):
    lider = un_lider()
    client.force_login(lider)
    return lider


def mandar(client, datos, *, clave=None, base=0, clase="contacto"):
    return client.post(
        reverse("acompanamiento:registros", args=[clase]),
        json.dumps({"clave": str(clave or uuid.uuid4()), "base": base, "datos": datos}),
        content_type="application/json",
    )


def datos_de(entidad, **datos):
    return {
        "entidad": entidad.codigo_dane,
        "canal": "visita_presencial",
        "estado": "completo",
        "fecha": timezone.localdate().isoformat(),
        "asunto": "Visita",
        **datos,
    }


def test_lo_nuevo_se_crea_con_sus_participantes_y_su_acta(client, lider):
    papel, clave = un_papel(), uuid.uuid4()

    respuesta = mandar(
        client,
        datos_de(una_entidad(), acta="Acta.", del_ministerio=[lider.pk]) | {f"papel_{papel.pk}": 2},
        clave=clave,
    )

    contacto = Contacto.objects.get()
    assert respuesta.status_code == 201
    assert respuesta.json() == {
        "clave": str(clave),
        "recibo": clave.hex[:8].upper(),
        "version": 1,
        "direccion": contacto.get_absolute_url(),
    }
    assert (contacto.visita.acta, contacto.de_la_entidad.get().personas) == ("Acta.", 2)


def test_tres_envios_dan_la_misma_respuesta_y_un_registro(client, lider):
    datos, clave = datos_de(una_entidad()), uuid.uuid4()

    respuestas = [mandar(client, datos, clave=clave) for _ in range(3)]

    assert [r.status_code for r in respuestas] == [201, 200, 200]
    assert len({r.content for r in respuestas}) == 1
    assert Contacto.objects.count() == 1


def test_cambiarlo_sobre_su_version_da_la_siguiente(client, lider):
    datos, clave = datos_de(una_entidad()), uuid.uuid4()
    mandar(client, datos, clave=clave)

    respuesta = mandar(client, {**datos, "asunto": "Otro"}, clave=clave, base=1)

    assert (respuesta.status_code, respuesta.json()["version"]) == (200, 2)


def test_sobre_una_version_vieja_dice_en_que_se_diferencian(client, lider):
    datos, clave = datos_de(una_entidad(), acta="Uno"), uuid.uuid4()
    mandar(client, datos, clave=clave)
    mandar(client, {**datos, "acta": "Dos"}, clave=clave, base=1)

    respuesta = mandar(client, {**datos, "acta": "Tres"}, clave=clave, base=1)

    envio = Envio.objects.en_conflicto().get()
    assert respuesta.status_code == 409
    assert respuesta.json()["diferencias"] == [
        {"campo": "acta", "nombre": "Texto del acta", "guardado": "Dos", "suyo": "Tres"}
    ]
    assert respuesta.json()["conflicto"] == reverse("acompanamiento:conflicto", args=[envio.pk])
    assert Contacto.objects.get().visita.acta == "Dos"


def test_lo_que_falta_se_dice_campo_por_campo(client, lider):
    caqueta = una_entidad()
    un_grupo(caqueta, lider=un_lider())

    sin_asunto = mandar(client, datos_de(caqueta, asunto=""))
    de_otro_grupo = mandar(client, datos_de(caqueta))

    assert (sin_asunto.status_code, set(sin_asunto.json()["errores"])) == (400, {"asunto"})
    assert set(de_otro_grupo.json()["errores"]) == {"motivo_de_otro_grupo"}


def test_un_dato_que_no_se_conoce_no_se_ignora_callado(client, lider):
    respuesta = mandar(client, datos_de(una_entidad(), telefono="1"))

    assert (respuesta.status_code, set(respuesta.json()["errores"])) == (400, {"telefono"})
    assert not Contacto.objects.exists()


@pytest.mark.parametrize(
    "cuerpo",
    [
        "",
        "no es json",
        "[]",
        "null",
        '{"clave": "x", "base": 0, "datos": {}}',
        '{"clave": "6f0d8b0e-4c53-4a44-9d7e-6a3b2f1c0d9e", "base": -1, "datos": {}}',
        '{"clave": "6f0d8b0e-4c53-4a44-9d7e-6a3b2f1c0d9e", "base": true, "datos": {}}',
        '{"clave": "6f0d8b0e-4c53-4a44-9d7e-6a3b2f1c0d9e", "base": 0, "datos": []}',
        '{"clave": 7, "base": 0, "datos": {}}',
        "\xff\xfe",
        "[" * 100_000,
    ],
)
def test_lo_que_no_se_entiende_se_rechaza_con_explicacion(client, lider, cuerpo):
    respuesta = client.post(
        reverse("acompanamiento:registros", args=["contacto"]),
        cuerpo,
        content_type="application/json",
    )

    assert respuesta.status_code == 400
    assert "errores" in respuesta.json()


@pytest.mark.parametrize(
    "malo", [{"a": 1}, [[1]], 10**30, "x\x00y", {"a": {"b": []}}, 1.5, "ayer", [None]], ids=repr
)
@pytest.mark.parametrize(
    "campo", ["entidad", "canal", "fecha", "hora_inicio", "temas", "del_ministerio", "asunto"]
)
def test_un_valor_raro_se_rechaza_sin_romperse(client, lider, campo, malo):
    respuesta = mandar(client, {**datos_de(una_entidad()), campo: malo})

    se_entiende = campo == "asunto" and malo in (10**30, 1.5, "ayer")
    assert respuesta.status_code == (201 if se_entiende else 400)


def test_sin_entrar_responde_en_json_que_entre(client):
    respuesta = mandar(client, {})

    assert respuesta.status_code == 401
    assert "errores" in respuesta.json()


def test_una_secretaria_no_registra_contactos(client):
    huila = una_entidad()
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = mandar(client, datos_de(huila))

    assert (respuesta.status_code, Contacto.objects.count()) == (403, 0)


def test_una_clase_que_no_existe_no_esta(client, lider):
    assert mandar(client, {}, clase="nada").status_code == 404


def test_se_lee_con_la_version_sobre_la_que_se_escribe_y_sirve_para_mandarlo(client, lider):
    contacto = una_visita(acta="Acta.").contacto

    leido = client.get(reverse("acompanamiento:registro", args=["contacto", contacto.clave])).json()
    respuesta = mandar(
        client, {**leido["datos"], "asunto": "Otro"}, clave=leido["clave"], base=leido["base"]
    )

    contacto.refresh_from_db()
    assert (respuesta.status_code, contacto.asunto, contacto.version) == (200, "Otro", 2)
    assert contacto.visita.acta == "Acta."


def test_la_secretaria_no_lee_un_registro_que_no_puede_cambiar(client):
    huila = una_entidad()
    contacto = un_contacto(huila, notas="NOTA-RESERVADA")
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=huila))

    respuesta = client.get(reverse("acompanamiento:registro", args=["contacto", contacto.clave]))

    assert respuesta.status_code == 404


# ── Lo que no se puede recibir ────────────────────────────────────────────────────────────────


def test_sin_la_ficha_de_la_pagina_se_dice_en_json(lider):
    sin_ficha = Client(enforce_csrf_checks=True)
    sin_ficha.force_login(lider)

    respuesta = mandar(sin_ficha, {})

    assert respuesta.status_code == 403
    assert "Recárguela" in respuesta.json()["errores"][""][0]


def test_a_quien_no_ha_entrado_se_le_dice_eso_aunque_no_traiga_la_ficha():
    respuesta = mandar(Client(enforce_csrf_checks=True), {})

    assert (respuesta.status_code, list(respuesta.json())) == (401, ["errores"])


def test_con_la_ficha_de_la_pagina_se_guarda(lider):
    con_ficha = Client(enforce_csrf_checks=True)
    con_ficha.force_login(lider)
    con_ficha.get(reverse("acompanamiento:nuevo-contacto"))
    ficha = next(g.value for nombre, g in con_ficha.cookies.items() if nombre.endswith("csrf"))
    cuerpo = {"clave": str(uuid.uuid4()), "base": 0, "datos": datos_de(una_entidad())}

    respuesta = con_ficha.post(
        reverse("acompanamiento:registros", args=["contacto"]),
        json.dumps(cuerpo),
        content_type="application/json",
        headers={"X-CSRFToken": ficha},
    )

    assert respuesta.status_code == 201


@pytest.mark.parametrize("megas", [1, 5])
def test_lo_desmedido_se_rechaza_en_json(client, lider, megas):
    respuesta = mandar(client, {"notas": "x" * megas * 1024 * 1024})

    assert respuesta.status_code == 400
    assert "demasiado largo" in respuesta.json()["errores"][""][0]


@pytest.mark.parametrize("texto", ["\ud800", "a\x00b"])
def test_lo_que_la_base_no_puede_guardar_se_rechaza(client, lider, texto):
    respuesta = mandar(client, datos_de(una_entidad(), asunto=texto))

    assert (respuesta.status_code, Contacto.objects.count()) == (400, 0)


def test_un_compromiso_con_medio_origen_o_con_dos_se_rechaza(client, lider):
    entidad = una_entidad()
    contacto, necesidad = un_contacto(entidad), una_necesidad(entidad)
    de_dos = {"contacto": str(contacto.clave), "necesidad": str(necesidad.clave)}
    datos = {"entidad": entidad.codigo_dane, "texto": "Enviar", "responsable": "entidad"}

    respuestas = [
        mandar(client, {**datos, "habiles": "5", **origen}, clase="compromiso")
        for origen in ({"cosa_id": 1}, {"cosa_clase": "sesion"}, de_dos)
    ]

    assert [una.status_code for una in respuestas] == [400, 400, 400]


@pytest.mark.parametrize(
    ("campo", "fecha"),
    [("acordado_el", "9999-12-30"), ("acordado_el", "0001-01-01"), ("vence_el", "9999-12-31")],
)
def test_un_compromiso_de_otro_siglo_se_rechaza(client, lider, campo, fecha):
    datos = {"entidad": una_entidad().codigo_dane, "texto": "Enviar", "responsable": "entidad"}
    plazo = {} if campo == "vence_el" else {"habiles": "5"}

    respuesta = mandar(client, {**datos, **plazo, campo: fecha}, clase="compromiso")

    assert (respuesta.status_code, list(respuesta.json()["errores"])) == (400, [campo])


# ── Todas las clases ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("clase", sorted(REGISTRABLES))
def test_cada_clase_dice_que_falta_y_a_donde_lleva_lo_guardado(client, clase):
    client.force_login(un_usuario(Rol.ADMINISTRACION))

    respuesta = mandar(client, {}, clase=clase)

    assert (respuesta.status_code, bool(respuesta.json()["errores"])) == (400, True)
    assert hasattr(REGISTRABLES[clase].modelo, "get_absolute_url")


@pytest.mark.parametrize("clase", sorted(REGISTRABLES))
def test_cada_clase_sabe_quien_ve_y_quien_cambia_sus_registros(clase):
    de_afuera, Formulario = un_usuario(Rol.SECRETARIO), REGISTRABLES[clase]

    assert list(Formulario.visibles(de_afuera)) == list(Formulario.editables(de_afuera)) == []
