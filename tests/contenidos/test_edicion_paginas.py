"""Las páginas de quien edita la biblioteca."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contenidos.acciones.indice import poner_al_dia
from contenidos.models import Contenido, RevisionDeEnlace, Tema
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import (
    un_autor,
    un_borrador,
    un_contenido,
    una_clase,
    una_version,
)

pytestmark = pytest.mark.django_db
Estado = Contenido.Estado


@pytest.fixture
def editora(client):
    persona = un_usuario(Rol.EQUIPO_MEN)
    client.force_login(persona)
    return persona


def direccion(nombre, *args):
    return reverse(f"contenidos:{nombre}", args=args)


def una_ficha(**datos):
    return {
        "titulo": "Guía de alternancia",
        "resumen": "Qué hacer y cuándo.",
        "clase": una_clase().pk,
        "autor": "Subdirección de Fomento",
        "vigencia": 2020,
        "licencia": "cita",
        "idioma": "es",
        "visibilidad": "publica",
        **datos,
    }


def la_ficha_de(contenido, **datos):
    return una_ficha(
        titulo=contenido.titulo,
        resumen=contenido.resumen,
        clase=contenido.clase_id,
        autor=contenido.autor.nombre,
        slug=contenido.slug,
        enlace=contenido.enlace,
        visto_en=contenido.actualizado_en.isoformat(),
        **datos,
    )


# ── La mesa ───────────────────────────────────────────────────────────────────────────────────


def titulos(respuesta):
    return [contenido.titulo for contenido, _ in respuesta.context["filas"]]


def test_la_mesa_reparte_lo_que_espera(client, editora):
    ayer, ahora = timezone.localdate() - timedelta(days=1), timezone.now()
    un_borrador("Ajeno")
    un_borrador("Borrador mío", responsable=editora)
    un_contenido("Lo puedo publicar", estado=Estado.REVISION)
    un_contenido("Lo escribí yo", estado=Estado.REVISION, creado_por=editora)
    un_contenido("Para mañana", publicado_en=ahora + timedelta(days=1))
    un_contenido("Vencido", revisar_el=ayer, responsable=editora)
    una_version(un_contenido("Escaneado"), extraccion="sin_texto", es_imagen=True)
    roto = un_contenido("Roto", enlace="https://ejemplo.test/")
    RevisionDeEnlace.objects.create(
        contenido=roto, revisado_en=ahora, funciona=False, fallas_seguidas=2, detalle="No está."
    )

    por_bandeja = {
        clave: titulos(client.get(direccion("mesa-de-edicion"), {"bandeja": clave}))
        for clave in ("suyo", "revision", "programados", "por-revisar", "enlaces", "sin-texto")
    }

    assert por_bandeja == {
        "suyo": ["Borrador mío", "Lo puedo publicar", "Vencido"],
        "revision": ["Lo puedo publicar", "Lo escribí yo"],
        "programados": ["Para mañana"],
        "por-revisar": ["Vencido"],
        "enlaces": ["Roto"],
        "sin-texto": ["Escaneado"],
    }


@pytest.mark.parametrize(("rol", "ordena"), [(Rol.ADMINISTRACION, True), (Rol.EQUIPO_MEN, False)])
def test_desde_la_mesa_quien_administra_llega_a_los_temas_y_a_las_paginas(client, rol, ordena):
    client.force_login(un_usuario(rol=rol))

    pagina = client.get(direccion("mesa-de-edicion")).content.decode()

    suyas = [reverse("contenidos:ordenar-temas"), reverse("contenidos:paginas")]
    assert [f'href="{url}"' in pagina for url in suyas] == [ordena, ordena]


def test_la_cuenta_de_cada_bandeja_es_la_de_su_lista(client, editora):
    un_borrador()
    un_contenido(estado=Estado.REVISION)

    respuesta = client.get(direccion("mesa-de-edicion"))

    cuentas = {bandeja.clave: n for bandeja, n, _ in respuesta.context["bandejas"]}
    assert (cuentas["borradores"], cuentas["revision"], cuentas["todos"]) == (1, 1, 2)


def test_en_la_mesa_se_busca_por_el_titulo_sin_tildes(client, editora):
    un_contenido("Orientación", slug="orientacion")
    un_contenido("Otra cosa", slug="otra-cosa")

    respuesta = client.get(direccion("mesa-de-edicion"), {"q": "orientacion"})

    assert titulos(respuesta) == ["Orientación"]


def test_lo_devuelto_dice_que_hay_que_corregir(client, editora):
    contenido = un_borrador(responsable=editora)
    contenido.movimientos.create(de="revision", a="borrador", motivo="Falta el año.")

    respuesta = client.get(direccion("mesa-de-edicion"))

    assert respuesta.context["filas"] == [(contenido, ["Devuelto: Falta el año."])]


def test_la_mesa_hace_las_mismas_consultas_con_pocos_y_con_muchos(client, editora):
    una_version(un_borrador(responsable=editora))
    url = direccion("mesa-de-edicion") + "?bandeja=todos"
    client.get(url)
    with CaptureQueriesContext(connection) as pocas:
        client.get(url)
    for _ in range(4):
        una_version(un_borrador(responsable=un_usuario(Rol.EQUIPO_MEN)))

    with CaptureQueriesContext(connection) as muchas:
        client.get(url)

    assert len(muchas) == len(pocas)


# ── La ficha ──────────────────────────────────────────────────────────────────────────────────


def test_crear_un_contenido_lleva_a_subir_su_archivo(client, editora):
    respuesta = client.post(direccion("nuevo-contenido"), una_ficha())

    contenido = Contenido.objects.get()
    assert respuesta.url == direccion("nueva-version", contenido.slug)
    assert (contenido.estado, contenido.creado_por, str(contenido.autor)) == (
        "borrador",
        editora,
        "Subdirección de Fomento",
    )


def test_un_enlace_no_pide_archivo(client, editora):
    enlace = una_clase("enlace", es_enlace=True)

    respuesta = client.post(
        direccion("nuevo-contenido"), una_ficha(clase=enlace.pk, enlace="https://ejemplo.test/")
    )

    assert respuesta.url == direccion("editar-contenido", Contenido.objects.get().slug)


def test_el_autor_escrito_sin_tildes_es_el_mismo(client, editora):
    autor = un_autor("Dirección de Calidad")

    client.post(direccion("nuevo-contenido"), una_ficha(autor="direccion de calidad"))

    assert Contenido.objects.get().autor == autor


@pytest.mark.parametrize(
    ("datos", "campo", "mensaje"),
    [
        ({"titulo": ""}, "titulo", "Escriba el título."),
        ({"vigencia": 1492}, "vigencia", "1900"),
        ({"vigencia": 99999}, "vigencia", "Escriba un año hasta"),
        ({"enlace": "ftp://ejemplo.test/"}, "enlace", "La dirección debe empezar por https://."),
        ({"autor": "…"}, "autor", "Escriba el nombre de quién lo hizo."),
        ({"visibilidad": "prestada"}, "visibilidad", "prestada"),
    ],
)
def test_lo_que_falla_se_dice_y_lo_escrito_sigue_ahi(client, editora, datos, campo, mensaje):
    respuesta = client.post(
        direccion("nuevo-contenido"), una_ficha(resumen="Un resumen largo.", **datos)
    )

    assert mensaje in respuesta.context["form"].errors[campo][0]
    assert "Un resumen largo." in respuesta.content.decode()
    assert not Contenido.objects.exists()


def test_una_clase_de_enlace_pide_a_donde_lleva(client, editora):
    enlace = una_clase("enlace", es_enlace=True)

    respuesta = client.post(direccion("nuevo-contenido"), una_ficha(clase=enlace.pk))

    assert respuesta.context["form"].errors["enlace"] == [
        "Escriba a dónde lleva: un enlace no trae archivo."
    ]


def test_editar_la_ficha_la_guarda_con_sus_temas(client, editora):
    contenido = un_contenido(enlace="https://ejemplo.test/")
    tema = Tema.objects.create(nombre="Calidad", nombre_norm="calidad", slug="calidad")

    respuesta = client.post(
        direccion("editar-contenido", contenido.slug),
        la_ficha_de(contenido) | {"titulo": "Otro título", "temas": [tema.pk]},
    )

    contenido.refresh_from_db()
    assert respuesta.url == direccion("editar-contenido", contenido.slug)
    assert (contenido.titulo, list(contenido.temas.all())) == ("Otro título", [tema])


def test_si_otra_persona_guardo_antes_lo_dice_y_no_la_pisa(client, editora):
    contenido = un_contenido("Como estaba", enlace="https://ejemplo.test/")
    suya = la_ficha_de(contenido) | {"titulo": "Lo mío"}
    contenido.titulo = "Lo de la otra"
    contenido.save()

    respuesta = client.post(direccion("editar-contenido", contenido.slug), suya)

    contenido.refresh_from_db()
    form = respuesta.context["form"]
    assert contenido.titulo == "Lo de la otra"
    assert form.lo_que_quedo == [("Título", "Lo de la otra")]
    assert 'value="Lo mío"' in respuesta.content.decode()
    client.post(
        direccion("editar-contenido", contenido.slug), suya | {"visto_en": form.data["visto_en"]}
    )
    contenido.refresh_from_db()
    assert contenido.titulo == "Lo mío"


def test_se_reemplaza_por_el_que_esta_en_la_direccion_que_se_pega(client, editora):
    contenido, nuevo = un_contenido(enlace="https://ejemplo.test/"), un_contenido()

    client.post(
        direccion("editar-contenido", contenido.slug),
        la_ficha_de(contenido, reemplazado_por=f"https://portal.test/contenidos/{nuevo.slug}/"),
    )

    contenido.refresh_from_db()
    assert contenido.reemplazado_por == nuevo


@pytest.mark.parametrize("escrita", ["http://[x", "//", "/contenidos/", "no-hay"])
def test_una_direccion_que_no_lleva_a_un_contenido_se_dice(client, editora, escrita):
    contenido = un_contenido(enlace="https://ejemplo.test/")

    respuesta = client.post(
        direccion("editar-contenido", contenido.slug),
        la_ficha_de(contenido, reemplazado_por=escrita),
    )

    assert "no hay ningún contenido" in respuesta.context["form"].errors["reemplazado_por"][0]


def test_la_pagina_de_edicion_se_abre_por_una_direccion_anterior(client, editora):
    contenido = un_contenido(slug="nueva")
    contenido.direcciones_anteriores.create(slug="vieja")

    respuesta = client.get(direccion("editar-contenido", "vieja"))

    assert respuesta.context["contenido"] == contenido


# ── Los pasos ─────────────────────────────────────────────────────────────────────────────────


def pasos(respuesta):
    return [paso.clave for paso in respuesta.context["pasos"]]


def test_quien_lo_creo_no_lo_publica_pero_si_lo_devuelve(client, editora):
    contenido = un_contenido(estado=Estado.REVISION, creado_por=editora, archivo=b"%PDF")

    respuesta = client.get(direccion("editar-contenido", contenido.slug))

    assert pasos(respuesta) == ["devolver"]
    assert "Lo publica otra persona del equipo" in respuesta.content.decode()


def test_publicar_en_una_fecha_lo_deja_programado(client, editora):
    contenido = un_contenido(estado=Estado.REVISION, archivo=b"%PDF")

    respuesta = client.post(
        direccion("mover-contenido", contenido.slug, "publicar"), {"desde": "2999-01-31T08:00"}
    )

    contenido.refresh_from_db()
    assert respuesta.url == direccion("editar-contenido", contenido.slug)
    assert contenido.esta_programado


def test_una_fecha_que_ya_paso_no_programa_nada(client, editora):
    contenido = un_contenido(estado=Estado.REVISION, archivo=b"%PDF")

    respuesta = client.post(
        direccion("mover-contenido", contenido.slug, "publicar"), {"desde": "2001-01-31T08:00"}
    )

    assert respuesta.context["form"].errors["desde"] == [
        "Esa fecha ya pasó. Déjela vacía para publicarlo ahora."
    ]


def test_lo_incompleto_no_pasa_a_revision_y_se_dice_por_que(client, editora):
    contenido = un_borrador()

    respuesta = client.post(direccion("mover-contenido", contenido.slug, "revision"))

    contenido.refresh_from_db()
    assert contenido.estado == "borrador"
    assert "Suba el archivo o escriba el enlace" in respuesta.content.decode()


def test_un_paso_sin_campos_obligatorios_se_da_con_el_formulario_vacio(client, editora):
    contenido = un_borrador(archivo=b"%PDF")

    client.post(direccion("mover-contenido", contenido.slug, "revision"))

    contenido.refresh_from_db()
    assert contenido.estado == "revision"


def test_retirar_pide_por_que_y_ofrece_el_que_lo_reemplaza(client, editora):
    contenido, nuevo = un_contenido(), un_contenido()
    url = direccion("mover-contenido", contenido.slug, "retirar")

    sin_motivo = client.post(url, {"reemplazado_por": nuevo.slug})
    client.post(url, {"motivo": "Cambió la norma.", "reemplazado_por": nuevo.slug})

    contenido.refresh_from_db()
    assert sin_motivo.context["form"].errors["motivo"] == ["Escriba por qué."]
    assert (contenido.estado, contenido.reemplazado_por) == ("retirado", nuevo)


def test_un_paso_que_ya_no_es_posible_se_explica(client, editora):
    contenido = un_contenido(creado_por=editora, estado=Estado.REVISION, archivo=b"%PDF")

    respuesta = client.post(direccion("mover-contenido", contenido.slug, "publicar"), follow=True)

    contenido.refresh_from_db()
    assert contenido.estado == "revision"
    assert "no le corresponde a usted" in respuesta.content.decode()


def test_devolver_le_escribe_a_quien_responde(client, editora, mailoutbox):
    responde = un_usuario(Rol.EQUIPO_MEN)
    contenido = un_contenido(estado=Estado.REVISION, responsable=responde, archivo=b"%PDF")

    client.post(
        direccion("mover-contenido", contenido.slug, "devolver"), {"motivo": "Falta el año."}
    )

    assert [m.motivo for m in contenido.movimientos.all()] == ["Falta el año."]
    assert [(correo.to, "Falta el año." in correo.body) for correo in mailoutbox] == [
        ([responde.email], True)
    ]


# ── Relacionados ──────────────────────────────────────────────────────────────────────────────


def test_se_busca_se_relaciona_y_se_quita(client, editora):
    contenido, otro = un_contenido("Uno"), un_contenido("Protocolo de bioseguridad")
    poner_al_dia(otro)
    url = direccion("relacionados", contenido.slug)

    respuesta = client.get(url, {"q": "bioseguridad"})
    entrada = respuesta.context["encontrados"][0].entradas[0]
    client.post(url, {"poner": entrada.pk})
    quedaron = list(contenido.relacionados.all())
    client.post(url, {"quitar": entrada.pk})

    assert entrada.titulo == "Protocolo de bioseguridad"
    assert (quedaron, contenido.relacionados.count()) == ([entrada], 0)


@pytest.mark.parametrize("pk", ["", "x", "999999", "9" * 40])
def test_relacionar_lo_que_no_existe_no_hace_nada(client, editora, pk):
    contenido = un_contenido()

    respuesta = client.post(direccion("relacionados", contenido.slug), {"poner": pk})

    assert (respuesta.status_code, contenido.relacionados.count()) == (302, 0)


# ── Quién no ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rol", [Rol.PROFESIONAL, Rol.LIDER_GRUPO, Rol.SECRETARIO])
def test_quien_no_edita_no_entra(client, rol):
    client.force_login(un_usuario(rol))
    publico, borrador = un_contenido(), un_borrador()

    respuestas = [
        client.get(direccion("mesa-de-edicion")).status_code,
        client.get(direccion("nuevo-contenido")).status_code,
        client.get(direccion("enlaces-rotos")).status_code,
        client.get(direccion("editar-contenido", publico.slug)).status_code,
        client.get(direccion("editar-contenido", borrador.slug)).status_code,
    ]

    assert respuestas == [403, 403, 403, 403, 404]


def test_la_mesa_esta_a_la_mano_de_quien_edita(client, editora):
    con = client.get("/").content.decode()
    client.force_login(un_usuario(Rol.SECRETARIO))

    sin = client.get("/").content.decode()

    assert ("Mesa de edición" in con, "Mesa de edición" in sin) == (True, False)
