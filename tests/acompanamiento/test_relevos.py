"""Alguien se va: lo suyo pasa a otra persona en un paso, una sola vez y con rastro."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from acompanamiento.acciones.relevos import relevar
from acompanamiento.models import Compromiso, Contacto, Integrante, Lado, Padrinazgo, Relevo
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_direccion, una_entidad
from tests.fabricas_de_acompanamiento import (
    un_compromiso,
    un_contacto,
    un_grupo,
    un_integrante,
    un_padrinazgo,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def de():
    return un_usuario(Rol.PROFESIONAL, nombre="Quien Entrega")


@pytest.fixture
def a():
    return un_usuario(
        Rol.PROFESIONAL, nombre="Quien Recibe", direccion=una_direccion("Dirección de Calidad")
    )


def hacer(de, a, *, clave=None, fecha=None, motivo="Terminó su contrato"):
    return relevar(
        clave=clave or uuid.uuid4(),
        de=de,
        a=a,
        fecha=fecha or timezone.localdate(),
        motivo=motivo,
        por=un_usuario(),
    )


def ayer():
    return timezone.localdate() - timedelta(days=1)


def test_pasan_sus_grupos_y_sus_secretarias(de, a):
    huila = una_entidad("Huila")
    grupo = un_grupo(huila, lider=de)
    un_integrante(grupo, de, papel=Integrante.Papel.TECNICO)
    un_padrinazgo(huila, de)

    hacer(de, a)

    assert set(Integrante.objects.filter(hasta=None).values_list("papel", "persona")) == {
        ("lider", a.pk),
        ("tecnico", a.pk),
    }
    assert Padrinazgo.objects.get(hasta=None).persona == a
    assert set(Integrante.objects.filter(persona=de).values_list("hasta", flat=True)) == {ayer()}


def test_los_compromisos_abiertos_cambian_de_persona_y_dicen_quien_respondia(de, a):
    abierto = un_compromiso(lado=Lado.MINISTERIO, persona=de)
    cumplido = un_compromiso(lado=Lado.MINISTERIO, persona=de, estado=Compromiso.Estado.CUMPLIDO)

    hacer(de, a)

    abierto.refresh_from_db()
    cumplido.refresh_from_db()
    assert (abierto.persona, abierto.direccion, abierto.version) == (a, a.direccion, 2)
    assert cumplido.persona == de
    assert abierto.cambios.get().persona == de


def test_los_contactos_programados_cambian_y_los_hechos_no(de, a):
    programado = un_contacto(estado=Contacto.Estado.PROGRAMADO)
    hecho = un_contacto()
    for contacto in (programado, hecho):
        contacto.del_ministerio.create(persona=de, direccion=de.direccion)

    hacer(de, a)

    assert programado.del_ministerio.get().persona == a
    assert hecho.del_ministerio.get().persona == de


def test_quien_recibe_y_ya_iba_no_queda_dos_veces(de, a):
    programado = un_contacto(estado=Contacto.Estado.PROGRAMADO)
    for persona in (de, a):
        programado.del_ministerio.create(persona=persona)

    hacer(de, a)

    assert programado.del_ministerio.get().persona == a


def test_enviarlo_dos_veces_lo_hace_una(de, a):
    un_padrinazgo(una_entidad(), de)
    clave = uuid.uuid4()
    por = un_usuario()
    datos = {"clave": clave, "de": de, "a": a, "fecha": timezone.localdate(), "motivo": "Se va"}

    recibos = [relevar(**datos, por=por) for _ in range(2)]

    assert [recibo.es_repetido for recibo in recibos] == [False, True]
    assert Relevo.objects.get().n_pasaron == 1


def test_lo_que_recibio_ese_mismo_dia_tambien_pasa(de, a):
    hoy = timezone.localdate()
    un_padrinazgo(una_entidad(), de, desde=hoy)
    un_integrante(un_grupo(), de, desde=hoy)

    hacer(de, a)

    assert Padrinazgo.objects.get(hasta=None).persona == a
    assert Integrante.objects.get(hasta=None).persona == a


def test_una_cuenta_desactivada_puede_entregar_y_no_recibir(de, a):
    un_padrinazgo(una_entidad(), de)
    de.is_active = False
    de.save()

    hacer(de, a)
    with pytest.raises(ValidationError) as error:
        hacer(a, de)

    assert error.value.code == "cuenta_desactivada"


@pytest.mark.parametrize(
    ("cambio", "razon"),
    [
        ({"a": "de"}, "la_misma_persona"),
        ({"fecha": 1}, "relevo_en_el_futuro"),
        ({}, "nada_que_entregar"),
    ],
)
def test_un_relevo_imposible_dice_por_que(de, a, cambio, razon):
    fecha = timezone.localdate() + timedelta(days=cambio.get("fecha", 0))

    with pytest.raises(ValidationError) as error:
        hacer(de, de if "a" in cambio else a, fecha=fecha)

    assert error.value.code == razon
    assert not Relevo.objects.exists()


# ── La página ─────────────────────────────────────────────────────────────────────────────────


def enviar(client, de, a, **mas):
    datos = {"de": de.pk, "a": a.pk, "fecha": timezone.localdate(), "motivo": "Se va", "base": 0}
    return client.post(reverse("acompanamiento:nuevo-relevo"), {**datos, **mas})


def test_antes_de_hacerlo_se_ve_que_pasa(client, de, a):
    un_padrinazgo(una_entidad("Huila"), de)
    client.force_login(un_usuario())

    respuesta = enviar(client, de, a)

    assert "1 secretaría a cargo" in respuesta.content.decode()
    assert not Relevo.objects.exists()


def test_hacerlo_dos_veces_seguidas_lleva_al_mismo_relevo(client, de, a):
    un_padrinazgo(una_entidad("Huila"), de)
    client.force_login(un_usuario())
    clave = uuid.uuid4()

    respuestas = [enviar(client, de, a, hacer=1, clave=clave) for _ in range(2)]

    assert {una.url for una in respuestas} == {reverse("acompanamiento:relevo", args=[clave])}
    html = client.get(respuestas[0].url).content.decode()
    assert "De Quien Entrega a Quien Recibe" in html
    assert "Huila (padrino o madrina)" in html


def test_un_relevo_imposible_conserva_lo_escrito(client, de, a):
    client.force_login(un_usuario())

    html = enviar(client, de, a, hacer=1).content.decode()

    assert "no tiene nada que entregar" in html
    assert 'value="Se va"' in html
