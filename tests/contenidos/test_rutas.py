"""Las rutas: recorrerlas, que el avance lo vea solo quien avanza, y armarlas."""

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from contenidos.acciones.contenidos import retirar
from contenidos.acciones.rutas import marcar_paso
from contenidos.consultas.rutas import recorrido_de, rutas_para
from contenidos.models import Contenido, PasoHecho, Ruta
from cuentas.consultas import mis_datos
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.contenidos.test_colecciones import renglones
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_ruta

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def persona(client):
    persona = un_usuario(Rol.SECRETARIO)
    client.force_login(persona)
    return persona


def marcar(cliente, paso, **datos):
    direccion = reverse("contenidos:hacer-paso", args=[paso.ruta.slug, paso.pk])
    return cliente.post(direccion, datos)


# ── Recorrerla ────────────────────────────────────────────────────────────────────────────────


def test_sin_cuenta_se_lee_entera_y_se_ofrece_entrar(client):
    ruta = una_ruta("Ruta", un_contenido("Guía"))

    dice = texto(client.get(ruta.get_absolute_url()))

    assert "Entre con su cuenta para marcar lo que va haciendo" in dice
    assert "Ya lo hice" not in dice


def test_marcar_un_paso_vuelve_a_el_y_dice_cual_sigue(client, persona):
    ruta = una_ruta("Ruta", un_contenido(), un_contenido())
    primero, segundo = ruta.pasos.all()

    respuesta = marcar(client, primero)

    assert respuesta.url == f"/rutas/ruta/#paso-{primero.pk}"
    recorrido = recorrido_de(ruta, persona)
    assert (recorrido.hechos, recorrido.porcentaje, recorrido.sigue.paso) == (1, 50, segundo)


def test_marcarlo_dos_veces_cuenta_una_y_se_puede_deshacer(client, persona):
    paso = una_ruta("Ruta", un_contenido()).pasos.get()

    marcar(client, paso)
    marcar(client, paso)
    hechos = PasoHecho.objects.count()
    marcar(client, paso, deshacer="si")

    assert (hechos, PasoHecho.objects.count()) == (1, 0)


def test_el_avance_es_de_cada_persona(client, persona):
    ruta = una_ruta("Ruta", un_contenido())
    marcar_paso(paso=ruta.pasos.get(), por=persona)

    otra = un_usuario(Rol.ADMINISTRACION)

    assert [recorrido_de(ruta, quien).hechos for quien in (persona, otra, AnonymousUser())] == [
        1,
        0,
        0,
    ]
    assert [rutas_para(quien).get().hechos for quien in (persona, otra, AnonymousUser())] == [
        1,
        0,
        0,
    ]


def test_y_no_queda_en_la_bitacora_que_otros_leen(persona):
    paso = una_ruta("Ruta", un_contenido()).pasos.get()
    antes = LogEntry.objects.count()

    marcar_paso(paso=paso, por=persona)

    assert LogEntry.objects.count() == antes


def test_el_paso_de_otra_ruta_no_se_marca_por_esta(client, persona):
    esta, otra = una_ruta("Esta", un_contenido()), una_ruta("Otra", un_contenido())

    respuesta = client.post(reverse("contenidos:hacer-paso", args=[esta.slug, otra.pasos.get().pk]))

    assert respuesta.status_code == 404


def test_lo_que_no_puede_abrir_no_se_nombra(client):
    reservado = un_contenido("Xilófono", visibilidad=Contenido.Visibilidad.SECRETARIAS)
    ruta = una_ruta("Ruta", reservado)

    dice = texto(client.get(ruta.get_absolute_url()))

    assert "Este contenido es para las secretarías: entre con su cuenta para abrirlo." in dice
    assert "Xilófono" not in dice


def test_el_contenido_retirado_de_un_paso_se_explica(client):
    guia = un_contenido("Guía", archivo=b"x")
    ruta = una_ruta("Ruta", guia)
    retirar(contenido=guia, por=un_usuario(), motivo="Cambió la norma.")

    assert "Se retiró de la biblioteca: su página dice por qué" in texto(
        client.get(ruta.get_absolute_url())
    )


def test_sin_publicar_la_ve_solo_quien_edita(client):
    ruta = una_ruta("Oculta", un_contenido(), publicada=False)
    paso = ruta.pasos.get()

    sin_cuenta = client.get(ruta.get_absolute_url()).status_code
    client.force_login(un_usuario(Rol.SECRETARIO))
    de_secretaria = [
        client.get(ruta.get_absolute_url()).status_code,
        marcar(client, paso).status_code,
    ]
    client.force_login(un_usuario())

    assert (sin_cuenta, de_secretaria) == (404, [404, 404])
    assert client.get(ruta.get_absolute_url()).status_code == 200


def test_la_lista_dice_cuantos_pasos_y_cuanto_tiempo(client):
    una_ruta("Ruta", un_contenido(), un_contenido(), un_contenido())

    assert "3 pasos, 1 hora y 30 minutos" in texto(client.get(reverse("contenidos:rutas")))


def test_sin_rutas_lo_dice(client):
    assert "Aún no hay rutas." in texto(client.get(reverse("contenidos:rutas")))


def test_las_consultas_no_crecen_con_los_pasos_ni_con_las_rutas(client, django_assert_num_queries):
    persona, corta = un_usuario(), una_ruta("Corta", un_contenido())
    with django_assert_num_queries(1):
        list(rutas_para(AnonymousUser()))
    larga = una_ruta("Larga", *(un_contenido() for _ in range(12)))

    for ruta in (corta, larga):
        with django_assert_num_queries(3):
            recorrido = recorrido_de(ruta, persona)
            [str(etapa.contenido.clase) for etapa in recorrido.etapas]
    with django_assert_num_queries(1):
        list(rutas_para(AnonymousUser()))


def test_quien_descarga_sus_datos_recibe_lo_que_ha_recorrido(persona):
    paso = una_ruta("Primera", un_contenido()).pasos.get()
    marcar_paso(paso=paso, por=persona)
    marcar_paso(paso=paso, por=un_usuario())

    assert [(uno["ruta"], uno["paso"]) for uno in mis_datos(persona)["pasos_de_rutas"]] == [
        ("Primera", "Paso 1")
    ]


# ── Armarla ───────────────────────────────────────────────────────────────────────────────────


def test_se_arma_con_un_paso_por_renglon(client):
    client.force_login(un_usuario())
    datos = renglones(un_contenido("Guía"), un_contenido("Formato"), titulo="Primera ruta")

    respuesta = client.post(reverse("contenidos:nueva-ruta"), datos)

    ruta = Ruta.objects.get()
    assert respuesta.url == ruta.get_absolute_url() == "/rutas/primera-ruta/"
    assert list(ruta.pasos.values_list("titulo", "contenido__titulo", "orden")) == [
        ("Paso 1", "Guía", 10),
        ("Paso 2", "Formato", 20),
    ]


def test_dos_pasos_pueden_trabajar_el_mismo_documento(client):
    client.force_login(un_usuario())
    guia = un_contenido("Guía")

    client.post(reverse("contenidos:nueva-ruta"), renglones(guia, guia))

    assert Ruta.objects.get().pasos.count() == 2


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (None, "Una ruta sin pasos no se publica."),
        (un_borrador, "no se ha publicado. Publíquelo primero"),
    ],
)
def test_no_se_publica_lo_que_nadie_podria_recorrer(client, contenido, mensaje):
    client.force_login(un_usuario())
    contenidos = [contenido()] if contenido else []

    respuesta = client.post(reverse("contenidos:nueva-ruta"), renglones(*contenidos))

    assert mensaje in texto(respuesta)
    assert Ruta.objects.count() == 0


def test_una_direccion_que_no_es_de_un_contenido_dice_que_hacer(client):
    client.force_login(un_usuario())
    datos = renglones(un_contenido()) | {"renglon-0-contenido": "/contenidos/no-hay/"}

    respuesta = client.post(reverse("contenidos:nueva-ruta"), datos)

    assert "no hay ningún contenido en esa dirección" in texto(respuesta)
