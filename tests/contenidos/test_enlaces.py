"""La revisión de los enlaces: qué cuenta como roto, y a dónde nunca se llama."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.contenidos import cambiar_contenido
from contenidos.acciones.enlaces import pedir_revision, pedir_revision_del_mes
from contenidos.lectura import enlaces
from contenidos.lectura.enlaces import Respuesta, es_publica, probar
from contenidos.models import Contenido, RevisionDeEnlace
from cuentas.models import Rol
from tests.contenidos.sitio_de_prueba import puerto_cerrado, sirviendo
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo


@pytest.fixture
def sitio(monkeypatch):
    """El sitio de prueba, que por esta vez se puede llamar aunque esté en esta máquina."""
    monkeypatch.setattr(enlaces, "es_publica", lambda numero: True)
    with sirviendo() as sitio:
        yield sitio


# ── Probar una dirección ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("responde", "funciona", "detalle"),
    [
        (200, True, ""),
        (404, False, "Esa página ya no está."),
        (410, False, "Esa página ya no está."),
        (500, False, "El otro sitio responde con un error (500)."),
        (403, True, "Responde, pero no deja que un programa lo compruebe."),
        (503, True, "Responde, pero no deja que un programa lo compruebe."),
    ],
)
def test_lo_que_responde_un_sitio_dice_si_el_enlace_sirve(sitio, responde, funciona, detalle):
    sitio.responde["/guia"] = responde

    assert probar(sitio.url("/guia")) == Respuesta(funciona, responde, detalle)


def test_una_mudanza_dice_a_donde(sitio):
    sitio.responde["/vieja"] = (301, "/nueva")

    assert probar(sitio.url("/vieja")) == Respuesta(True, 200, f"Se mudó a {sitio.url('/nueva')}")


def test_un_desvio_de_paso_no_es_una_mudanza(sitio):
    sitio.responde["/hoy"] = (302, "/aviso")

    assert probar(sitio.url("/hoy")) == Respuesta(True, 200)


def test_una_mudanza_a_una_pagina_que_no_esta_es_un_enlace_roto(sitio):
    sitio.responde |= {"/vieja": (301, "/nueva"), "/nueva": 404}

    assert probar(sitio.url("/vieja")).funciona is False


def test_dos_que_se_mandan_la_una_a_la_otra_no_la_dejan_dando_vueltas(sitio):
    sitio.responde |= {"/a": (302, "/b"), "/b": (302, "/a")}

    assert probar(sitio.url("/a")).detalle == "Manda de una dirección a otra sin terminar."
    assert len(sitio.pedidas) == enlaces.SALTOS + 1


def test_una_direccion_con_tildes_y_espacios_se_pide_bien(sitio):
    probar(sitio.url("/año nuevo/guía.pdf?q=niñez"))

    assert sitio.pedidas == ["/a%C3%B1o%20nuevo/gu%C3%ADa.pdf?q=ni%C3%B1ez"]


def test_quien_contesta_letra_por_letra_no_la_detiene(sitio):
    sitio.responde["/lenta"] = "despacio"
    empezo = time.monotonic()

    respuesta = probar(sitio.url("/lenta"), segundos=0.5)

    assert respuesta == Respuesta(False, None, "No respondió a tiempo.")
    assert time.monotonic() - empezo < 3


def test_donde_no_hay_nadie_es_un_enlace_roto(sitio):
    respuesta = probar(f"http://127.0.0.1:{puerto_cerrado()}/")

    assert respuesta == Respuesta(False, None, "El otro sitio no contesta.")


@pytest.mark.parametrize(
    "direccion", ["file:///etc/passwd", "https://", "http://[::1", "gopher://a/", "hola"]
)
def test_lo_que_no_es_una_direccion_de_la_web_no_se_pide(direccion):
    assert probar(direccion) == Respuesta(False, None, "La dirección no está bien escrita.")


@pytest.mark.parametrize(
    "numero",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_a_la_red_de_la_casa_no_se_llama(numero):
    assert not es_publica(numero)


@pytest.mark.parametrize("numero", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_un_sitio_publico_si(numero):
    assert es_publica(numero)


@pytest.mark.parametrize("servidor", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_una_direccion_interna_no_se_llama_aunque_se_disfrace(servidor):
    with sirviendo() as sitio:
        respuesta = probar(f"http://{servidor}:{sitio.puerto}/")

    assert (respuesta.funciona, respuesta.codigo, sitio.pedidas) == (False, None, [])


def test_un_sitio_publico_que_manda_adentro_no_se_sigue(monkeypatch):
    with sirviendo() as afuera, sirviendo() as adentro:
        afuera.responde["/"] = (302, f"http://127.0.0.2:{adentro.puerto}/")
        monkeypatch.setattr(enlaces, "es_publica", lambda numero: numero == "127.0.0.1")

        respuesta = probar(afuera.url())

    assert respuesta.detalle == "Lleva a una dirección interna, y el portal no llama ahí."
    assert adentro.pedidas == []


# ── La revisión del mes ───────────────────────────────────────────────────────────────────────


def revisar():
    pedir_revision_del_mes()
    ejecutar_pendientes("contenidos.revisar_enlaces")
    return Trabajo.objects.get(tipo="contenidos.revisar_enlaces")


def ayer():
    """Como si la última revisión hubiera sido ayer, y el mes siguiente."""
    antes = timezone.now() - timedelta(days=1)
    RevisionDeEnlace.objects.update(revisado_en=antes)
    Trabajo.objects.all().delete()


@pytest.mark.django_db
def test_una_falla_no_basta_dos_en_dias_distintos_si(sitio, client):
    roto = un_contenido(enlace=sitio.url("/no-esta"))
    bueno = un_contenido(enlace=sitio.url("/si"))
    sitio.responde["/no-esta"] = 404
    fallas = []

    for _ in range(2):
        revisar()
        roto.refresh_from_db()
        fallas.append(RevisionDeEnlace.objects.get(contenido=roto).fallas_seguidas)
        ayer()

    client.force_login(un_usuario(Rol.EQUIPO_MEN))
    respuesta = client.get(reverse("contenidos:enlaces-rotos"))
    assert fallas == [1, 2]
    assert list(respuesta.context["pagina"]) == [roto]
    assert RevisionDeEnlace.objects.get(contenido=bueno).funciona


@pytest.mark.django_db
def test_insistir_el_mismo_dia_no_cuenta_como_otra_falla(sitio):
    contenido = un_contenido(enlace=sitio.url("/no-esta"))
    sitio.responde["/no-esta"] = 404

    for _ in range(3):
        pedir_revision(por=un_usuario(Rol.EQUIPO_MEN), contenido=contenido)
        ejecutar_pendientes("contenidos.revisar_enlaces")

    assert RevisionDeEnlace.objects.get().fallas_seguidas == 1


@pytest.mark.django_db
def test_cuando_vuelve_a_responder_se_olvidan_las_fallas(sitio):
    contenido = un_contenido(enlace=sitio.url("/"))
    RevisionDeEnlace.objects.create(
        contenido=contenido,
        revisado_en=timezone.now() - timedelta(days=30),
        funciona=False,
        fallas_seguidas=5,
    )

    revisar()

    revision = RevisionDeEnlace.objects.get()
    assert (revision.funciona, revision.fallas_seguidas, revision.codigo) == (True, 0, 200)


@pytest.mark.django_db
def test_se_prueba_solo_lo_publicado_que_lleva_a_un_sitio_de_verdad(sitio):
    un_contenido(enlace=sitio.url("/publicado"))
    un_borrador(enlace=sitio.url("/borrador"))
    un_contenido(enlace=sitio.url("/retirado"), estado=Contenido.Estado.RETIRADO)
    un_contenido(enlace=sitio.url("/inventado"), es_demostracion=True)
    un_contenido()

    revisar()

    assert sitio.pedidas == ["/publicado"]


@pytest.mark.django_db
def test_se_llama_a_pocos_a_la_vez(sitio):
    sitio.demora = 0.05
    for n in range(12):
        un_contenido(enlace=sitio.url(f"/{n}"))

    revisar()

    assert len(sitio.pedidas) == 12
    assert 1 < sitio.mas_a_la_vez <= 4


@pytest.mark.django_db
def test_si_el_trabajador_muere_el_que_sigue_prueba_solo_los_que_faltan(sitio):
    ya, falta = (un_contenido(enlace=sitio.url(f"/{n}")) for n in ("ya", "falta"))
    pedir_revision_del_mes()
    RevisionDeEnlace.objects.create(contenido=ya, revisado_en=timezone.now(), funciona=True)

    ejecutar_pendientes("contenidos.revisar_enlaces")

    assert (sitio.pedidas, RevisionDeEnlace.objects.filter(contenido=falta).count()) == (
        ["/falta"],
        1,
    )


@pytest.mark.django_db
def test_pedirla_cada_dia_la_hace_una_sola_vez_en_el_mes(sitio):
    un_contenido(enlace=sitio.url("/"))

    for _ in range(3):
        revisar()

    assert sitio.pedidas == ["/"]


@pytest.mark.django_db
def test_sin_salida_a_internet_no_se_culpa_a_nadie(monkeypatch):
    monkeypatch.setattr(enlaces, "es_publica", lambda numero: True)
    for n in range(3):
        un_contenido(enlace=f"http://127.0.0.1:{puerto_cerrado()}/{n}")

    trabajo = revisar()

    assert trabajo.estado == Trabajo.Estado.FALLIDO
    assert "no tiene salida a internet" in trabajo.mensaje
    assert not RevisionDeEnlace.objects.exists()


@pytest.mark.django_db
def test_un_enlace_corregido_deja_de_estar_roto():
    contenido = un_contenido(enlace="https://ejemplo.test/vieja")
    RevisionDeEnlace.objects.create(
        contenido=contenido, revisado_en=timezone.now(), funciona=False, fallas_seguidas=2
    )

    cambiar_contenido(contenido=contenido, por=None, enlace="https://ejemplo.test/nueva")

    assert not RevisionDeEnlace.objects.exists()


@pytest.mark.django_db
def test_quien_edita_pide_probar_uno_o_los_que_fallaron(client):
    contenido = un_contenido(enlace="https://ejemplo.test/")
    client.force_login(un_usuario(Rol.EQUIPO_MEN))
    url = reverse("contenidos:enlaces-rotos")

    client.post(url, {"contenido": contenido.pk})
    client.post(url)

    assert list(Trabajo.objects.order_by("pk").values_list("parametros", flat=True)) == [
        {"contenido_id": contenido.pk},
        {"cuales": "fallidos"},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("pk", ["x", "0", "9" * 30])
def test_probar_lo_que_no_existe_no_pide_nada(client, pk):
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    respuesta = client.post(reverse("contenidos:enlaces-rotos"), {"contenido": pk})

    assert (respuesta.status_code, Trabajo.objects.count()) == (404, 0)
