"""La canasta: apartar contenidos sin cuenta y sin guion, y saber qué se puede llevar."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse

from contenidos.acciones import canasta as acciones
from contenidos.acciones.contenidos import retirar
from contenidos.consultas.canasta import canasta_de
from contenidos.models import Contenido
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


CANASTA = "/canasta/"


def poner(cliente, *contenidos, **datos):
    for contenido in contenidos:
        respuesta = cliente.post(
            reverse("contenidos:agregar-a-la-canasta", args=[contenido.slug]), datos
        )
    return respuesta


def titulos(equipaje):
    return [renglon.contenido.titulo for renglon in equipaje.van]


# ── Poner y quitar ────────────────────────────────────────────────────────────────────────────


def test_sin_cuenta_se_ponen_contenidos_y_salen_en_el_orden_en_que_se_pusieron(client):
    primero, segundo = un_contenido("Zeta", archivo=b"z"), un_contenido("Alfa", archivo=b"a")

    poner(client, primero, segundo)

    assert titulos(client.get(CANASTA).context["equipaje"]) == ["Zeta", "Alfa"]


def test_ponerlo_dos_veces_lo_lleva_una(client):
    guia = un_contenido(archivo=b"x")

    poner(client, guia, guia)

    assert client.session["canasta"] == [guia.pk]


def test_quitar_uno_deja_los_demas_y_vaciar_no_deja_ninguno(client):
    guia, formato = un_contenido("Guía", archivo=b"g"), un_contenido("Formato", archivo=b"f")
    poner(client, guia, formato)

    client.post(reverse("contenidos:quitar-de-la-canasta", args=[guia.slug]))
    despues_de_quitar = client.session["canasta"]
    client.post(reverse("contenidos:vaciar-la-canasta"))

    assert (despues_de_quitar, "canasta" in client.session) == ([formato.pk], False)


def test_vuelve_a_la_pagina_de_donde_salio(client):
    guia = un_contenido(archivo=b"x")

    respuesta = poner(client, guia, volver="/contenidos/?q=permanencia&page=2")

    assert respuesta.url == "/contenidos/?q=permanencia&page=2"


@pytest.mark.parametrize("ajena", ["https://otro.test/", "//otro.test", "javascript:alert(1)", ""])
def test_pero_nunca_a_un_sitio_ajeno(client, ajena):
    assert poner(client, un_contenido(archivo=b"x"), volver=ajena).url == CANASTA


def test_lo_apartado_sin_cuenta_sigue_al_entrar(client):
    guia = un_contenido("Guía", archivo=b"x")
    poner(client, guia)

    client.force_login(un_usuario())

    assert titulos(client.get(CANASTA).context["equipaje"]) == ["Guía"]


def test_lo_que_no_puede_ver_no_se_puede_poner(client):
    reservado = un_contenido(visibilidad=Contenido.Visibilidad.MINISTERIO, archivo=b"x")

    assert poner(client, reservado).status_code == 404


def test_quien_edita_no_se_lleva_un_borrador(client):
    client.force_login(un_usuario())
    borrador = un_borrador(archivo=b"x")

    poner(client, borrador)

    assert "canasta" not in client.session


def test_llena_dice_que_hacer(client):
    sesion = {"canasta": list(range(1, acciones.MAXIMO + 1))}

    with pytest.raises(ValidationError) as error:
        acciones.agregar(sesion, [un_contenido(pk=9_000, archivo=b"x")])

    assert (error.value.code, len(sesion["canasta"])) == ("canasta_llena", acciones.MAXIMO)


# ── Lo que dice ───────────────────────────────────────────────────────────────────────────────


def test_vacia_lleva_a_la_biblioteca(client):
    respuesta = client.get(CANASTA)

    assert "Su canasta está vacía." in texto(respuesta)
    assert reverse("contenidos:biblioteca") in respuesta.content.decode()


def test_dice_cuanto_pesa_antes_de_pedirlo_y_cuanto_la_version_ligera(client):
    pesado = un_contenido("Video")
    una_version(pesado, b"v" * 3_000, ligero="l.mp4", tamano_ligero=1_000)
    poner(client, pesado, un_contenido("Guía", archivo=b"g" * 2_000))

    equipaje = client.get(CANASTA).context["equipaje"]

    assert (equipaje.peso, equipaje.peso_ligero) == (5_000, 3_000)


def test_lo_retirado_se_explica_con_lo_que_lo_reemplaza(client):
    nueva = un_contenido("Guía nueva", archivo=b"n")
    vieja = un_contenido("Guía vieja", archivo=b"v")
    poner(client, vieja)
    retirar(contenido=vieja, por=un_usuario(), motivo="Cambió la norma.", reemplazado_por=nueva)

    dice = texto(client.get(CANASTA))

    assert "Se retiró de la biblioteca. En su lugar está Guía nueva ." in dice


def test_un_reemplazo_que_no_puede_ver_no_se_nombra(client):
    nueva = un_contenido("Xilófono", visibilidad=Contenido.Visibilidad.MINISTERIO)
    poner(client, un_contenido("Guía", archivo=b"v", reemplazado_por=nueva))

    assert "Xilófono" not in client.get(CANASTA).content.decode()


def test_lo_que_dejo_de_poder_ver_se_cuenta_sin_decir_que_era(client):
    guia = un_contenido("Guía reservada", archivo=b"x")
    poner(client, guia)
    Contenido.objects.update(visibilidad=Contenido.Visibilidad.MINISTERIO)

    dice = texto(client.get(CANASTA))

    assert "Otro que había puesto ya no está para usted." in dice
    assert "Guía reservada" not in dice


def test_las_consultas_no_crecen_con_lo_que_lleva(client, django_assert_num_queries):
    pocos = [un_contenido(archivo=b"x", reemplazado_por=un_contenido())]
    muchos = [un_contenido(archivo=b"x", reemplazado_por=un_contenido()) for _ in range(12)]

    for contenidos in (pocos, muchos):
        with django_assert_num_queries(2):
            equipaje = canasta_de([uno.pk for uno in contenidos], AnonymousUser())
            [(r.formato, r.reemplazo.titulo, str(r.contenido.clase)) for r in equipaje.van]
