"""Las páginas del paquete: pedirlo, seguirlo, bajarlo a trozos y compartirlo."""

import io
import zipfile

import pytest
from django.urls import reverse

from contenidos.acciones.contenidos import retirar
from contenidos.models import Contenido, Descarga, Paquete
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_contenido, un_paquete, una_version
from trabajos.acciones import ejecutar
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db
NAVEGADOR = {"HTTP_USER_AGENT": "Mozilla/5.0"}


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def uno_listo(*contenidos):
    paquete = un_paquete(*(contenidos or [un_contenido("Guía", archivo=b"x" * 5_000)]))
    ejecutar(paquete.trabajo_id)
    paquete.refresh_from_db()
    return paquete


def archivo_de(paquete):
    return reverse("contenidos:archivo-del-paquete", args=[paquete.clave])


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content)


def estado(client, direccion):
    respuesta = client.get(direccion)
    if respuesta.streaming:
        cuerpo(respuesta)
    return respuesta.status_code


# ── Pedirlo ───────────────────────────────────────────────────────────────────────────────────


def test_de_la_canasta_al_zip_sin_cuenta(client):
    guia = un_contenido("Guía", archivo=b"bytes de la guia")
    client.post(reverse("contenidos:agregar-a-la-canasta", args=[guia.slug]))

    respuesta = client.post(reverse("contenidos:pedir-paquete"))
    espera = texto(client.get(respuesta.url))
    ejecutar(Paquete.objects.get().trabajo_id)
    lista = client.get(respuesta.url)
    zip_ = zipfile.ZipFile(io.BytesIO(cuerpo(client.get(f"{respuesta.url}archivo/"))))

    assert "Preparando el archivo" in espera
    assert "Descargar (ZIP, " in texto(lista)
    assert zip_.read("Archivos/Guía.pdf") == b"bytes de la guia"


def test_quien_lo_pidio_sin_cuenta_lo_vuelve_a_encontrar_en_su_canasta(client):
    guia = un_contenido("Guía", archivo=b"x")
    client.post(reverse("contenidos:agregar-a-la-canasta", args=[guia.slug]))

    paquete = client.post(reverse("contenidos:pedir-paquete")).url

    assert paquete in client.get("/canasta/").content.decode()


def test_con_cuenta_queda_tambien_en_mis_trabajos(client):
    persona = un_usuario(Rol.SECRETARIO)
    client.force_login(persona)
    guia = un_contenido("Guía", archivo=b"x")
    client.post(reverse("contenidos:agregar-a-la-canasta", args=[guia.slug]))

    client.post(reverse("contenidos:pedir-paquete"))

    assert Trabajo.objects.get().pedido_por == persona


def test_pedirlo_con_la_canasta_vacia_dice_que_hacer(client):
    respuesta = client.post(reverse("contenidos:pedir-paquete"), follow=True)

    assert "La canasta está vacía. Ponga en ella lo que se quiere llevar." in texto(respuesta)


def test_quien_pide_demasiados_seguidos_espera_y_no_pierde_su_canasta(client):
    guia = un_contenido("Guía", archivo=b"x")
    client.post(reverse("contenidos:agregar-a-la-canasta", args=[guia.slug]))
    for _ in range(30):
        client.post(reverse("contenidos:pedir-paquete"))

    respuesta = client.post(reverse("contenidos:pedir-paquete"))

    assert (respuesta.status_code, client.session["canasta"]) == (429, [guia.pk])
    assert "Ha pedido muchos paquetes seguidos" in texto(respuesta)


# ── Bajarlo ───────────────────────────────────────────────────────────────────────────────────


def test_se_baja_con_su_nombre_y_se_retoma_donde_se_corto(client):
    paquete = uno_listo()
    entero = client.get(archivo_de(paquete))
    todo = cuerpo(entero)

    corte = len(todo) * 6 // 10
    resto = client.get(
        archivo_de(paquete),
        headers={"Range": f"bytes={corte}-", "If-Range": entero["ETag"]},
    )

    assert (resto.status_code, todo[:corte] + cuerpo(resto)) == (206, todo)
    assert "Contenidos%20de%20la%20Escuela" in entero["Content-Disposition"] or (
        "Contenidos de la Escuela" in entero["Content-Disposition"]
    )


def test_si_se_armo_otra_vez_lo_que_se_retoma_va_entero(client):
    paquete = uno_listo()
    entero = client.get(archivo_de(paquete))
    cuerpo(entero)
    Trabajo.objects.update(archivo="")
    client.post(paquete.get_absolute_url())
    ejecutar(Paquete.objects.get().trabajo_id)

    resto = client.get(
        archivo_de(paquete), headers={"Range": "bytes=10-", "If-Range": entero["ETag"]}
    )
    cuerpo(resto)

    assert resto.status_code == 200


def test_bajarlo_cuenta_una_descarga_de_cada_contenido_y_retomarlo_no_suma(client):
    uno, otro = un_contenido("Uno", archivo=b"1" * 900), un_contenido("Otro", archivo=b"2")
    paquete = uno_listo(uno, otro)

    cuerpo(client.get(archivo_de(paquete), **NAVEGADOR))
    cuerpo(client.get(archivo_de(paquete), headers={"Range": "bytes=500-"}, **NAVEGADOR))

    assert sorted(Descarga.objects.values_list("contenido__titulo", "version__numero")) == [
        ("Otro", 1),
        ("Uno", 1),
    ]


@pytest.mark.parametrize("navegador", ["Googlebot/2.1", "curl/8.0"])
def test_un_robot_y_una_pregunta_sin_cuerpo_no_cuentan(client, navegador):
    paquete = uno_listo()

    cuerpo(client.get(archivo_de(paquete), headers={"User-Agent": navegador}))
    client.head(archivo_de(paquete), **NAVEGADOR)

    assert Descarga.objects.count() == 0


def test_mientras_no_esta_el_archivo_lleva_a_la_pagina_que_lo_explica(client):
    paquete = un_paquete(un_contenido("Guía", archivo=b"x"))

    respuesta = client.get(archivo_de(paquete))

    assert (respuesta.status_code, respuesta.url) == (302, paquete.get_absolute_url())


# ── Compartirlo, y lo que pasa después ────────────────────────────────────────────────────────


def test_quien_recibe_el_enlace_lo_baja_aunque_no_lo_haya_pedido(client, settings):
    paquete = uno_listo()

    dice = client.get(paquete.get_absolute_url()).content.decode()

    assert f"{settings.DIRECCION_DEL_PORTAL}{paquete.get_absolute_url()}" in dice
    assert estado(client, archivo_de(paquete)) == 200


def test_quien_no_puede_ver_todo_lo_que_trae_no_lo_baja(client):
    ministerio = un_usuario()
    reservada = un_contenido("R", visibilidad=Contenido.Visibilidad.MINISTERIO, archivo=b"x")
    paquete = un_paquete(reservada, un_contenido(archivo=b"y"), por=ministerio)
    ejecutar(paquete.trabajo_id)
    direcciones = (paquete.get_absolute_url(), archivo_de(paquete))

    sin_cuenta = [estado(client, direccion) for direccion in direcciones]
    client.force_login(un_usuario(Rol.SECRETARIO))
    de_secretaria = [estado(client, direccion) for direccion in direcciones]
    client.force_login(ministerio)
    del_ministerio = [estado(client, direccion) for direccion in direcciones]

    assert (sin_cuenta, de_secretaria, del_ministerio) == ([302, 302], [404, 404], [200, 200])


def test_lo_que_cambio_despues_se_explica(client):
    guia, vieja = un_contenido("Guía", archivo=b"1"), un_contenido("Vieja", archivo=b"2")
    paquete = uno_listo(guia, vieja)
    una_version(guia, b"segunda")
    retirar(contenido=vieja, por=un_usuario(), motivo="Cambió.", reemplazado_por=guia)

    dice = texto(client.get(paquete.get_absolute_url()))

    assert "Va la versión 1. Hay una más nueva" in dice
    assert "Vieja Se retiró de la biblioteca. En su lugar está Guía" in dice


def test_vencido_se_arma_otra_vez_en_la_misma_direccion(client):
    paquete = uno_listo()
    Trabajo.objects.update(archivo="")
    dice = texto(client.get(paquete.get_absolute_url()))

    client.post(paquete.get_absolute_url())
    ejecutar(Paquete.objects.get().trabajo_id)

    assert "El archivo ya no está guardado" in dice
    assert estado(client, archivo_de(paquete)) == 200


def test_lo_que_trae_pasa_a_la_canasta_de_quien_lo_recibio(client):
    uno, otro = un_contenido("Uno", archivo=b"1"), un_contenido("Otro", archivo=b"2")
    paquete = uno_listo(uno, otro)

    respuesta = client.post(paquete.get_absolute_url(), {"canasta": "si"})

    assert (respuesta.url, set(client.session["canasta"])) == ("/canasta/", {uno.pk, otro.pk})


def test_las_consultas_de_la_pagina_no_crecen_con_lo_que_trae(client, django_assert_num_queries):
    pocos = uno_listo(un_contenido("Uno", archivo=b"x"))
    muchos = uno_listo(*(un_contenido(f"Otro {n}", archivo=b"x") for n in range(12)))
    client.get(pocos.get_absolute_url())

    for paquete in (pocos, muchos):
        with django_assert_num_queries(6):
            client.get(paquete.get_absolute_url())
