"""Dos versiones de lo mismo: se muestran campo por campo y alguien escoge; nada se pierde."""

import pytest
from django.urls import reverse

from acompanamiento.forms.contactos import ContactoForm
from acompanamiento.models import Contacto, Envio
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_acompanamiento import un_lider, una_visita

pytestmark = pytest.mark.django_db


@pytest.fixture
def contacto():
    return una_visita(acta="Acta", asunto="Visita", donde="Florencia").contacto


def guardar(contacto, por, *, base, **cambios):
    contacto = Contacto.objects.get(pk=contacto.pk)
    datos = {**ContactoForm(por=por, objeto=contacto).guardado(), **cambios}
    form = ContactoForm.con_datos(datos, clave=contacto.clave, base=base, por=por, objeto=contacto)
    return form.guardar()


def en_conflicto(contacto, por, colega):
    """Ella cambia el acta y el lugar; él, que tenía la versión 2, el asunto y el acta."""
    guardar(contacto, por, base=1, acuerdos="Uno.")
    antes = Contacto.objects.get(pk=contacto.pk)
    de_antes = ContactoForm(por=colega, objeto=antes).guardado()
    guardar(contacto, por, base=2, acta="Acta de ella", donde="San Vicente")
    suyo = {**de_antes, "acta": "Acta de él", "asunto": "Visita larga"}
    form = ContactoForm.con_datos(
        suyo, clave=contacto.clave, base=2, por=colega, objeto=Contacto.objects.get()
    )
    return form.guardar().envio


def pagina_de(envio):
    return reverse("acompanamiento:conflicto", args=[envio.pk])


def test_dice_que_cambio_cada_quien_y_deja_marcado_lo_que_no_choca(client, contacto):
    ella, el = un_lider(), un_usuario()
    envio = en_conflicto(contacto, ella, el)
    client.force_login(el)

    form = client.get(pagina_de(envio)).context["form"]

    assert {una.campo: (una.guardado, una.suyo, una.quien_cambio) for una in form.diferencias} == {
        "donde": ("San Vicente", "Florencia", "guardado"),
        "asunto": ("Visita", "Visita larga", "suyo"),
        "acta": ("Acta de ella", "Acta de él", ""),
    }
    assert [form[campo].value() for campo in ("donde", "asunto", "acta")] == [
        "guardado",
        "suyo",
        None,
    ]


def test_lo_escogido_queda_y_las_dos_versiones_se_conservan(client, contacto):
    ella, el = un_lider(), un_usuario()
    envio = en_conflicto(contacto, ella, el)
    client.force_login(el)

    client.post(
        pagina_de(envio), {"version": 3, "donde": "guardado", "asunto": "suyo", "acta": "suyo"}
    )

    contacto = Contacto.objects.get()
    envio.refresh_from_db()
    assert (contacto.donde, contacto.asunto, contacto.visita.acta, contacto.version) == (
        "San Vicente",
        "Visita larga",
        "Acta de él",
        4,
    )
    assert (envio.estado, envio.resuelto_por, envio.cuerpo["acta"]) == (
        "resuelto",
        el,
        "Acta de él",
    )
    assert Envio.objects.get(version=3).cuerpo["acta"] == "Acta de ella"


def test_quedarse_con_lo_guardado_no_hace_otra_version(client, contacto):
    ella = un_lider()
    envio = en_conflicto(contacto, ella, un_usuario())
    client.force_login(ella)

    respuesta = client.post(
        pagina_de(envio),
        {"version": 3, "donde": "guardado", "asunto": "guardado", "acta": "guardado"},
    )

    envio.refresh_from_db()
    assert respuesta.url == contacto.get_absolute_url()
    assert (Contacto.objects.get().version, envio.estado) == (3, "resuelto")


def test_sin_escoger_un_campo_no_se_guarda_nada(client, contacto):
    el = un_usuario()
    envio = en_conflicto(contacto, un_lider(), el)
    client.force_login(el)

    respuesta = client.post(pagina_de(envio), {"version": 3, "asunto": "suyo", "donde": "suyo"})

    assert "Escoja con cuál se queda en «Texto del acta»." in respuesta.content.decode()
    assert Contacto.objects.get().version == 3


def test_si_cambia_mientras_se_escoge_se_vuelve_a_mostrar(client, contacto):
    ella, el = un_lider(), un_usuario()
    envio = en_conflicto(contacto, ella, el)
    guardar(contacto, ella, base=3, donde="Morelia")
    client.force_login(el)
    escogido = {"donde": "guardado", "asunto": "suyo", "acta": "suyo"}

    tarde = client.post(pagina_de(envio), {"version": 3, **escogido})
    version = tarde.context["form"]["version"].value()
    client.post(pagina_de(envio), {"version": version, **escogido})

    assert "Mientras escogía, alguien volvió a guardar" in tarde.content.decode()
    assert "Morelia" in tarde.content.decode()
    assert (Contacto.objects.get().donde, Contacto.objects.get().version) == ("Morelia", 5)


def test_lo_ya_resuelto_dice_quien_lo_resolvio(client, contacto):
    ella = un_lider()
    envio = en_conflicto(contacto, ella, un_usuario())
    client.force_login(ella)
    todo = {"version": 3, "donde": "guardado", "asunto": "guardado", "acta": "guardado"}
    client.post(pagina_de(envio), todo)

    otra_vez = client.post(pagina_de(envio), todo)

    assert "Esto ya se resolvió" in otra_vez.content.decode()


def test_la_lista_muestra_los_que_faltan(client, contacto):
    ella = un_lider()
    envio = en_conflicto(contacto, ella, un_usuario())
    client.force_login(ella)

    filas = client.get(reverse("acompanamiento:conflictos")).context["filas"]

    assert [(uno, objeto) for uno, _, objeto, _ in filas] == [(envio, contacto)]


def test_una_secretaria_no_ve_los_conflictos_de_sus_contactos(client, contacto):
    envio = en_conflicto(contacto, un_lider(), un_usuario())
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=contacto.entidad))

    assert client.get(reverse("acompanamiento:conflictos")).context["filas"] == []
    assert client.get(pagina_de(envio)).status_code == 404
