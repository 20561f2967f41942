"""Una secretaría ve lo suyo por cargos: ni notas del equipo, ni motivos, ni nombres de personas."""

import pytest
from django.test import Client
from django.urls import reverse

from acompanamiento.acciones.calendario import MI_CALENDARIO
from acompanamiento.acciones.recepcion import marcar_cambio
from acompanamiento.forms.necesidades import NecesidadForm
from acompanamiento.informes.acta import acta_en_pdf, datos_de
from acompanamiento.models import (
    CambioDeResponsable,
    Contacto,
    Envio,
    Lado,
    ParticipanteDelMinisterio,
)
from cuentas.models import Usuario
from tests.fabricas_de_acompanamiento import un_compromiso, un_contacto, una_necesidad
from tests.tabla_de_acceso import Escena
from tests.tabla_de_acompanamiento import ACOMPANAMIENTO

pytestmark = pytest.mark.django_db

NOMBRE, NOTA, MOTIVO, BORRADOR = "Zoila Reservada", "Nota secreta", "Motivo secreto", "Sin revelar"


@pytest.fixture
def escena():
    """De todo, y el Ministerio con un nombre que no debe salir en ninguna parte."""
    escena = Escena()
    escena.personas  # noqa: B018  (las crea)
    del_ministerio = Usuario.objects.filter(entidad=None)
    del_ministerio.update(nombre=NOMBRE)
    alguien = escena.personas["profesional"] = del_ministerio.get(
        pk=escena.personas["profesional"].pk
    )
    contacto = escena._visita.contacto
    Contacto.objects.filter(pk=contacto.pk).update(
        notas=NOTA, motivo_de_otro_grupo=MOTIVO, creado_por=alguien
    )
    ParticipanteDelMinisterio.objects.create(
        contacto=contacto, persona=alguien, direccion=alguien.direccion
    )
    suyo = {"persona": alguien, "direccion": alguien.direccion, "creado_por": alguien}
    compromiso = un_compromiso(escena.propia, lado=Lado.MINISTERIO, contacto=contacto, **suyo)
    CambioDeResponsable.objects.create(
        compromiso=escena._compromiso, lado=Lado.MINISTERIO, motivo="Se fue", **suyo
    )
    compromiso.seguimientos.create(texto="Va bien", estado="en_curso", creado_por=alguien)
    un_contacto(escena.propia, estado="borrador", asunto=BORRADOR, anterior=contacto, notas=NOTA)
    return escena


def lo_que_lee(cliente, direccion):
    respuesta = cliente.get(direccion, follow=True)
    cuerpo = b"".join(respuesta) if respuesta.streaming else respuesta.content
    return cuerpo.decode(errors="ignore")


def test_ninguna_pagina_nombra_a_nadie_del_ministerio_ni_muestra_sus_notas(escena):
    cliente = Client()
    cliente.force_login(escena.personas["equipo_secretaria"])
    direcciones = [
        reverse(fila.nombre, args=[getattr(escena, objeto) for objeto in fila.objetos])
        for fila in ACOMPANAMIENTO
        if fila.lee["equipo_secretaria"] in (200, 302) and "ics" not in fila.nombre
    ]

    dichos = {
        (direccion, secreto)
        for direccion in [*direcciones, "/", "/mi-portal/", "/buscar/?q=secreta"]
        for secreto in (NOMBRE, NOTA, MOTIVO, BORRADOR)
        if secreto in lo_que_lee(cliente, direccion)
    }

    assert dichos == set()


def test_su_calendario_no_trae_borradores_ni_nombres(client, escena):
    testigo = MI_CALENDARIO.firmar(MI_CALENDARIO.cambiar(por=escena.personas["equipo_secretaria"]))

    ics = client.get(reverse("acompanamiento:calendario-ics", args=[testigo])).content.decode()

    assert [s for s in (NOMBRE, NOTA, MOTIVO, BORRADOR) if s in ics.replace("\r\n ", "")] == []


def test_el_acta_dice_que_unidad_responde_y_no_quien(escena):
    acta = acta_en_pdf(
        escena.personas["equipo_secretaria"], contacto_id=escena._visita.contacto.pk
    ).acta

    assert NOMBRE not in str(datos_de(acta))


def test_un_conflicto_le_dice_que_fue_el_ministerio_y_no_quien(client, escena):
    alguien, suya = escena.personas["profesional"], escena.personas["equipo_secretaria"]
    necesidad = una_necesidad(escena.propia)
    Envio.objects.create(
        **{"clase": "necesidad", "clave": necesidad.clave, "base": 0, "huella": "a", "cuerpo": {}},
        **{"estado": Envio.Estado.ACEPTADO, "version": 2, "enviado_por": alguien},
    )
    marcar_cambio(necesidad)
    datos = {**NecesidadForm(por=alguien, objeto=necesidad).guardado(), "texto": "Otra cosa"}
    conflicto = (
        NecesidadForm.con_datos(datos, clave=necesidad.clave, base=1, por=alguien, objeto=necesidad)
        .guardar()
        .envio
    )
    client.force_login(suya)

    lista = lo_que_lee(client, reverse("acompanamiento:conflictos"))
    uno = lo_que_lee(client, reverse("acompanamiento:conflicto", args=[conflicto.pk]))

    assert "El Ministerio" in lista
    assert "El Ministerio" in uno
    assert NOMBRE not in lista + uno


def test_de_un_compromiso_que_salio_de_un_borrador_no_sabe_de_que_se_trato(client, escena):
    borrador = Contacto.objects.get(asunto=BORRADOR)
    compromiso = un_compromiso(escena.propia, contacto=borrador)
    client.force_login(escena.personas["secretario"])

    pagina = lo_que_lee(client, compromiso.get_absolute_url())

    assert "no está a la vista" in pagina
    assert BORRADOR not in pagina


def test_desde_el_contacto_se_pide_el_acta_en_pdf(client, escena):
    client.force_login(escena.personas["secretario"])

    pagina = lo_que_lee(client, escena._visita.contacto.get_absolute_url())

    assert f'action="{reverse("acompanamiento:acta-de-contacto-pdf", args=[escena.contacto])}"' in (
        pagina
    )
