"""La ficha de un contenido: lo que dice, a quién, y qué pasa si se retiró o cambió de nombre."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import poner_al_dia
from contenidos.models import Buscable, Contenido, DireccionAnterior, Movimiento, RevisionDeEnlace
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario
from tests.fabricas_de_contenidos import (
    un_borrador,
    un_contenido,
    una_clase,
    una_coleccion,
    una_ruta,
    una_version,
)

pytestmark = pytest.mark.django_db

SIN_TESTIGO = re.compile('name="csrfmiddlewaretoken" value="[^"]*"')
De, Estado = Contenido.Visibilidad, Contenido.Estado


def leer(client, contenido):
    return client.get(contenido.get_absolute_url()).content.decode()


def abrir(client, direccion):
    respuesta = client.get(direccion)
    respuesta.getvalue()  # hasta el final: así se cierra el archivo
    return respuesta.status_code


def un_retirado(titulo="Directiva retirada", motivo="La norma se derogó.", **datos):
    retirado = un_contenido(titulo, estado=Estado.RETIRADO, archivo=b"%PDF-1.7", **datos)
    Movimiento.objects.create(
        contenido=retirado,
        de=Estado.PUBLICADO,
        a=Estado.RETIRADO,
        motivo=motivo,
        en="2026-10-13T12:00Z",
    )
    return retirado


# ── Lo que dice ───────────────────────────────────────────────────────────────────────────────


def test_dice_que_archivo_es_antes_del_clic(client):
    contenido = un_contenido()
    una_version(contenido, b"x" * 1_258_291, nombre="guía.pdf", textos=["a"] * 24)

    pagina = leer(client, contenido)

    assert "PDF, 24 páginas, 1,2\xa0MB" in pagina
    assert f'href="/contenidos/{contenido.slug}/archivo/"' in pagina


def test_una_version_nueva_dice_a_cual_reemplaza_y_la_historia_las_guarda(client):
    contenido = un_contenido()
    una_version(contenido, b"uno", creado_en="2020-11-13T12:00Z")
    una_version(contenido, b"dos", nota="Se añadió un anexo.")

    pagina = leer(client, contenido)

    assert "v2, reemplaza v1 del 13 de noviembre de 2020" in pagina
    assert f'href="/contenidos/{contenido.slug}/v/1/"' in pagina
    assert "Se añadió un anexo." in pagina


def test_con_una_sola_version_no_hay_historia(client):
    assert "Historia</h2>" not in leer(client, un_contenido(archivo=b"%PDF-1.7"))


def test_ofrece_la_version_ligera_y_los_subtitulos_con_su_peso(client):
    contenido = un_contenido(clase=una_clase("video", es_video=True), tiene_subtitulos=True)
    una_version(
        contenido,
        nombre="video.mp4",
        ligero=ContentFile(b"x" * 2048, name="ligero.webm"),
        tamano_ligero=2048,
        subtitulos=ContentFile(b"WEBVTT", name="s.vtt"),
    )

    pagina = leer(client, contenido)

    assert "Versión ligera (Video WebM, 2,0\xa0KB)" in pagina
    assert "Subtítulos (WebVTT, 6\xa0bytes)" in pagina
    assert "Con subtítulos." in pagina


def test_avisa_si_el_pdf_es_una_imagen(client):
    contenido = un_contenido()
    una_version(contenido, es_imagen=True)

    assert "un lector de pantalla no lo puede leer" in leer(client, contenido)


def test_un_enlace_dice_a_donde_lleva_y_si_dejo_de_responder(client):
    enlace = un_contenido(enlace="https://aliado.example/datos", clase=una_clase("enlace"))
    RevisionDeEnlace.objects.create(
        contenido=enlace, revisado_en=timezone.now(), funciona=False, fallas_seguidas=2
    )

    pagina = leer(client, enlace)

    assert 'href="https://aliado.example/datos" rel="noopener noreferrer"' in pagina
    assert "no respondió" in pagina


def test_los_relacionados_son_los_que_puede_ver_quien_mira(client):
    contenido = un_contenido()
    for titulo, visibilidad in (("Para todos", De.PUBLICA), ("Reservado", De.MINISTERIO)):
        otro = un_contenido(titulo, visibilidad=visibilidad)
        poner_al_dia(otro)
        contenido.relacionados.add(Buscable.objects.get(clase="contenido", objeto_id=otro.pk))

    para_nadie = leer(client, contenido)
    client.force_login(un_usuario(Rol.EQUIPO_MEN))
    para_el_ministerio = leer(client, contenido)

    assert ("Para todos" in para_nadie, "Reservado" in para_nadie) == (True, False)
    assert ("Para todos" in para_el_ministerio, "Reservado" in para_el_ministerio) == (True, True)


def test_dice_en_que_colecciones_y_rutas_publicadas_esta(client):
    contenido = un_contenido()
    una_coleccion("Caja de herramientas", contenido)
    una_coleccion("En preparación", contenido, publicada=False)
    una_ruta("Ruta de permanencia", contenido)

    pagina = leer(client, contenido)

    assert "Caja de herramientas" in pagina
    assert "Ruta de permanencia" in pagina
    assert "En preparación" not in pagina


def test_se_comparte_por_una_direccion_que_no_cambia(client, settings):
    settings.DIRECCION_DEL_PORTAL = "https://escuela.example"
    contenido = un_contenido("Guía & más", slug="guia")

    pagina = leer(client, contenido)

    assert ">https://escuela.example/contenidos/guia/</p>" in pagina
    assert "mailto:?subject=Gu%C3%ADa%20%26%20m%C3%A1s&amp;body=" in pagina


def test_lo_que_solo_importa_a_quien_edita_no_lo_ve_nadie_mas(client):
    equipo = un_usuario(Rol.EQUIPO_MEN)
    contenido = un_contenido(responsable=equipo, revisar_el="2027-03-13")

    para_nadie = leer(client, contenido)
    client.force_login(equipo)
    para_quien_edita = leer(client, contenido)

    assert [texto in para_nadie for texto in ("Revisar el", equipo.nombre, ">Editar<")] == [
        False
    ] * 3
    assert "13 de marzo de 2027" in para_quien_edita


# ── Quién la abre ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("datos", "quienes"),
    [
        ({"visibilidad": De.PUBLICA}, ["nadie", "secretaria", "ministerio"]),
        ({"visibilidad": De.SECRETARIAS}, ["secretaria", "ministerio"]),
        ({"visibilidad": De.MINISTERIO}, ["ministerio"]),
        ({"visibilidad": De.PRESTADA}, ["ministerio"]),
        ({"estado": Estado.BORRADOR, "publicado_en": None}, ["equipo"]),
        ({"publicado_en": timezone.now() + timezone.timedelta(days=1)}, ["equipo"]),
    ],
)
def test_la_abre_solo_para_quien_es(client, datos, quienes):
    contenido = un_contenido(archivo=b"%PDF-1.7", **datos)
    personas = {
        "nadie": None,
        "secretaria": un_usuario(Rol.EQUIPO_SECRETARIA),
        "ministerio": un_usuario(Rol.PROFESIONAL),
        "equipo": un_usuario(Rol.EQUIPO_MEN),
    }

    abren = set()
    for nombre, persona in personas.items():
        client.logout()
        if persona:
            client.force_login(persona)
        estados = {
            abrir(client, reverse(f"contenidos:{ruta}", args=[contenido.slug, *args]))
            for ruta, *args in (("contenido",), ("archivo",), ("archivo-de-version", 1))
        }
        assert len(estados) == 1
        if estados == {200}:
            abren.add(nombre)

    assert abren - {"equipo"} == set(quienes) - {"equipo"}
    assert "equipo" in abren


def test_lo_que_no_se_ve_y_lo_que_no_existe_responden_igual(client):
    reservado = un_contenido("Secreto", slug="reservado", visibilidad=De.MINISTERIO)

    paginas = [
        SIN_TESTIGO.sub("", client.get(f"/contenidos/{slug}/").content.decode()).replace(slug, "x")
        for slug in (reservado.slug, "inventado")
    ]

    assert paginas[0] == paginas[1]
    assert "Entrar y volver aquí" in paginas[0]


def test_a_quien_ya_entro_no_se_le_pide_entrar(client):
    client.force_login(un_usuario(Rol.EQUIPO_SECRETARIA))

    respuesta = client.get("/contenidos/inventado/")

    assert respuesta.status_code == 404
    assert "Entrar y volver aquí" not in respuesta.content.decode()


# ── Retirado, reemplazado, con otro nombre ────────────────────────────────────────────────────


@pytest.mark.parametrize("ruta", ["contenido", "archivo", "ligero"])
def test_lo_retirado_explica_por_que_y_ofrece_lo_que_vale_hoy(client, ruta):
    nuevo = un_contenido("Directiva nueva")
    intermedio = un_contenido("Intermedia", estado=Estado.RETIRADO, reemplazado_por=nuevo)
    retirado = un_retirado(reemplazado_por=intermedio)

    respuesta = client.get(reverse(f"contenidos:{ruta}", args=[retirado.slug]))

    pagina = respuesta.content.decode()
    assert respuesta.status_code == 410
    assert "desde el 13 de octubre de 2026" in pagina
    assert "La norma se derogó." in pagina
    assert f'href="{nuevo.get_absolute_url()}"' in pagina
    assert "Intermedia" not in pagina


def test_lo_retirado_sin_sucesor_que_se_pueda_ver_no_lo_nombra(client):
    retirado = un_retirado(reemplazado_por=un_contenido("Reservada", visibilidad=De.MINISTERIO))

    pagina = leer(client, retirado)

    assert "Reservada" not in pagina
    assert "Nada lo reemplaza todavía." in pagina


def test_lo_retirado_que_no_era_para_cualquiera_no_se_explica_a_cualquiera(client):
    retirado = un_retirado("Secreto", visibilidad=De.MINISTERIO)

    assert client.get(retirado.get_absolute_url()).status_code == 404


def test_quien_edita_sigue_viendo_lo_retirado(client):
    retirado = un_retirado()
    client.force_login(un_usuario(Rol.EQUIPO_MEN))

    assert client.get(retirado.get_absolute_url()).status_code == 200


def test_lo_reemplazado_se_conserva_y_lleva_a_lo_nuevo(client):
    nuevo = un_contenido("Guía nueva")
    viejo = un_contenido("Guía vieja", reemplazado_por=nuevo, archivo=b"%PDF-1.7")

    assert "Hay uno que lo reemplaza" in leer(client, viejo)
    assert "Reemplaza a</dt>" in leer(client, nuevo)
    assert abrir(client, reverse("contenidos:archivo", args=[viejo.slug])) == 200


def test_dos_que_se_reemplazan_entre_si_no_cuelgan_la_pagina(client):
    uno, otro = un_contenido("Uno"), un_contenido("Otro")
    Contenido.objects.filter(pk=uno.pk).update(reemplazado_por=otro)
    Contenido.objects.filter(pk=otro.pk).update(reemplazado_por=uno)

    assert client.get(uno.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("ruta", "argumentos"), [("contenido", []), ("archivo", []), ("archivo-de-version", [1])]
)
def test_la_direccion_anterior_lleva_a_la_de_hoy(client, ruta, argumentos):
    contenido = un_contenido(slug="nuevo-nombre", archivo=b"%PDF-1.7")
    DireccionAnterior.objects.create(slug="viejo-nombre", contenido=contenido)

    respuesta = client.get(reverse(f"contenidos:{ruta}", args=["viejo-nombre", *argumentos]))

    assert (respuesta.status_code, respuesta.url) == (
        301,
        reverse(f"contenidos:{ruta}", args=["nuevo-nombre", *argumentos]),
    )


def test_la_direccion_anterior_de_lo_que_no_se_ve_no_dice_cual_es(client):
    DireccionAnterior.objects.create(slug="viejo", contenido=un_borrador(slug="borrador-secreto"))

    assert client.get("/contenidos/viejo/").status_code == 404


# ── Las consultas ─────────────────────────────────────────────────────────────────────────────


def test_la_ficha_hace_las_mismas_consultas_con_poco_que_con_mucho(client):
    veces = []
    for cuantos in (1, 6):
        contenido = un_contenido(temas=[un_tema(f"Tema {cuantos} {n}") for n in range(cuantos)])
        for n in range(cuantos + 1):
            una_version(contenido, b"%d" % n)
            otro = un_contenido(reemplazado_por=contenido)
            poner_al_dia(otro)
            contenido.relacionados.add(Buscable.objects.get(clase="contenido", objeto_id=otro.pk))
            una_coleccion(f"Colección {cuantos} {n}", contenido, slug=f"c-{cuantos}-{n}")
        with CaptureQueriesContext(connection) as hechas:
            leer(client, contenido)
        veces.append(len(hechas))

    assert veces[0] == veces[1]
