"""La administración de la biblioteca: por las mismas acciones que sus páginas."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contenidos.models import (
    Audiencia,
    Autor,
    Buscable,
    BusquedaSinResultados,
    Certificado,
    Coleccion,
    Contenido,
    Descarga,
    Eje,
    Imagen,
    ImportacionDeContenidos,
    Nivel,
    Paquete,
    RevisionDeEnlace,
    Ruta,
    Suscripcion,
    Tema,
    Termino,
)
from cuentas.models import Rol
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_contenidos import (
    un_autor,
    un_borrador,
    un_contenido,
    una_clase,
    una_pagina,
)

pytestmark = pytest.mark.django_db
RAIZ = "/administracion/contenidos/"
EDITABLES = ["contenido", "clase", "audiencia", "nivel", "eje", "autor", "tema"]
SE_MIRAN = [
    *("versiondecontenido", "movimiento", "revisiondeenlace", "direccionanterior"),
    *("coleccion", "ruta", "certificado"),
    *("pagina", "versiondepagina", "imagen", "termino"),
    *("descarga", "paquete", "importaciondecontenidos", "suscripcion"),
    *("busquedasinresultados", "buscable"),
]
# El índice por dentro, y lo que cada persona lleva de una ruta, que solo lo ve ella.
NO_ESTAN = {"Palabra", "PaginaDeTexto", "PasoHecho", "Paso", "EnColeccion"}


@pytest.fixture
def quien_administra(client):
    persona = un_usuario(Rol.ADMINISTRACION)
    client.force_login(persona)
    return persona


def una_de_cada(n):
    """Una fila más de cada modelo, con lo que se enlaza siempre distinto."""
    persona, entidad, ahora = un_usuario(Rol.EQUIPO_MEN), una_entidad(), timezone.now()
    tema = Tema.objects.create(nombre=f"Tema {n}", nombre_norm=f"tema {n}", slug=f"tema-{n}")
    contenido = un_contenido(
        f"Guía {n}",
        clase=una_clase(f"clase-{n}"),
        autor=un_autor(f"Autor {n}"),
        responsable=persona,
        enlace="https://ejemplo.test/",
        archivo=b"%PDF",
        temas=[tema],
    )
    contenido.movimientos.create(a="publicado", por=persona)
    contenido.direcciones_anteriores.create(slug=f"vieja-{n}")
    RevisionDeEnlace.objects.create(contenido=contenido, revisado_en=ahora, funciona=True)
    Audiencia.objects.create(clave=f"audiencia-{n}", nombre=f"Audiencia {n}")
    Nivel.objects.create(clave=f"nivel-{n}", nombre=f"Nivel {n}")
    anterior = Eje.objects.create(clave=f"eje-{n}", nombre=f"Eje {n}", tipo="eje")
    Eje.objects.create(clave=f"antes-{n}", nombre="Antes", tipo="eje", corresponde_a=anterior)
    coleccion = Coleccion.objects.create(slug=f"c-{n}", titulo=f"Colección {n}", resumen="x")
    coleccion.entradas.create(contenido=contenido)
    ruta = Ruta.objects.create(slug=f"r-{n}", titulo=f"Ruta {n}", resumen="x")
    ruta.pasos.create(orden=1, titulo="Uno", contenido=contenido)
    Certificado.objects.create(
        codigo=f"C-{n}", ruta=ruta, usuario=persona, nombre="N", entidad=entidad, pasos=1, minutos=1
    )
    una_pagina(f"pagina-{n}")
    Imagen.objects.create(archivo=f"paginas/{n}.webp", alternativo="x", ancho=1, alto=1, tamano=1)
    Termino.objects.create(nombre=f"Término {n}", slug=f"termino-{n}", definicion="x")
    Descarga.objects.create(contenido=contenido, entidad=entidad, testigo=f"t{n}")
    Paquete.objects.create(pedido_por=persona)
    ImportacionDeContenidos.objects.create(
        hoja=f"{n}.xlsx", nombre_de_la_hoja=f"{n}.xlsx", huella="0", creado_por=persona
    )
    Suscripcion.objects.create(usuario=persona, tema=tema)
    BusquedaSinResultados.objects.create(texto=f"nada {n}")
    Buscable.objects.create(clase="otra", objeto_id=n, titulo="Otra", url="/")


def test_todo_modelo_de_la_biblioteca_esta_o_se_dice_por_que_no():
    estan = {modelo.lower() for modelo in (*EDITABLES, *SE_MIRAN)}
    faltan = {
        modelo.__name__
        for modelo in apps.get_app_config("contenidos").get_models()
        if modelo.__name__.lower() not in estan and not modelo._meta.auto_created
    }

    assert faltan == NO_ESTAN | {"DireccionAnteriorDeTema"}


@pytest.mark.parametrize("modelo", [*EDITABLES, *SE_MIRAN])
def test_cada_lista_se_abre_y_no_pregunta_mas_por_tener_mas(client, quien_administra, modelo):
    una_de_cada(1)
    una_de_cada(2)
    with CaptureQueriesContext(connection) as con_dos:
        assert client.get(f"{RAIZ}{modelo}/").status_code == 200
    una_de_cada(3)
    una_de_cada(4)

    with CaptureQueriesContext(connection) as con_cuatro:
        client.get(f"{RAIZ}{modelo}/")

    assert len(con_cuatro) <= len(con_dos)


@pytest.mark.parametrize("modelo", EDITABLES)
def test_lo_que_se_edita_abre_sus_formularios(client, quien_administra, modelo):
    una_de_cada(1)
    uno = apps.get_model("contenidos", modelo).objects.last()

    respuestas = [
        client.get(f"{RAIZ}{modelo}/add/").status_code,
        client.get(f"{RAIZ}{modelo}/{uno.pk}/change/").status_code,
    ]

    assert respuestas == [200, 200]


@pytest.mark.parametrize("modelo", SE_MIRAN)
def test_nada_de_esto_se_crea_ni_se_cambia_por_la_puerta_de_atras(client, quien_administra, modelo):
    una_de_cada(1)
    uno = apps.get_model("contenidos", modelo).objects.last()

    respuestas = [
        client.get(f"{RAIZ}{modelo}/add/").status_code,
        client.get(f"{RAIZ}{modelo}/{uno.pk}/change/").status_code,
        client.post(f"{RAIZ}{modelo}/{uno.pk}/change/", {}).status_code,
        client.get(f"{RAIZ}{modelo}/{uno.pk}/delete/").status_code,
    ]

    assert respuestas == [403, 200, 403, 403]


@pytest.mark.parametrize("rol", [Rol.EQUIPO_MEN, Rol.SECRETARIO])
def test_quien_no_administra_no_entra(client, rol):
    client.force_login(un_usuario(rol))

    assert client.get(f"{RAIZ}contenido/").status_code != 200


# ── La ficha ──────────────────────────────────────────────────────────────────────────────────

SIN_RENGLONES = {
    f"{prefijo}-{campo}": valor
    for prefijo in ("versiones", "movimientos", "direcciones_anteriores")
    for campo, valor in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
}


def la_ficha(contenido=None, **datos):
    return {
        "titulo": "Guía nueva",
        "slug": contenido.slug if contenido else "guia-nueva",
        "resumen": "Qué hacer.",
        "clase": (contenido.clase if contenido else una_clase()).pk,
        "autor": (contenido.autor if contenido else un_autor()).pk,
        "vigencia": 2020,
        "licencia": "cita",
        "idioma": "es",
        "visibilidad": "publica",
        "enlace": contenido.enlace if contenido else "",
        "visto_en": contenido.actualizado_en.isoformat() if contenido else "",
        **SIN_RENGLONES,
        **datos,
    }


def test_crear_aqui_tambien_deja_un_borrador_con_su_historia(client, quien_administra):
    tema = Tema.objects.create(nombre="Calidad", nombre_norm="calidad", slug="calidad")

    respuesta = client.post(f"{RAIZ}contenido/add/", la_ficha(temas=[tema.pk]))

    contenido = Contenido.objects.get()
    assert respuesta.status_code == 302
    assert (contenido.estado, contenido.creado_por) == ("borrador", quien_administra)
    assert list(contenido.temas.all()) == [tema]
    assert [m.a for m in contenido.movimientos.all()] == ["borrador"]


def test_cambiar_la_direccion_aqui_tambien_deja_la_anterior(client, quien_administra):
    contenido = un_contenido(slug="vieja", enlace="https://ejemplo.test/")

    respuesta = client.post(
        f"{RAIZ}contenido/{contenido.pk}/change/", la_ficha(contenido, slug="nueva")
    )

    assert respuesta.status_code == 302
    assert [una.slug for una in contenido.direcciones_anteriores.all()] == ["vieja"]


@pytest.mark.parametrize(
    ("datos", "mensaje"),
    [
        ({"enlace": ""}, "Suba el archivo o escriba el enlace"),
        ({"visto_en": "2001-01-01T00:00:00+00:00"}, "Otra persona cambió este contenido"),
        ({"slug": "de-otro"}, "Esa dirección fue de otro contenido"),
    ],
)
def test_lo_que_la_accion_no_admite_se_dice_en_el_formulario(
    client, quien_administra, datos, mensaje
):
    un_contenido().direcciones_anteriores.create(slug="de-otro")
    contenido = un_contenido("Como estaba", enlace="https://ejemplo.test/")

    respuesta = client.post(f"{RAIZ}contenido/{contenido.pk}/change/", la_ficha(contenido, **datos))

    contenido.refresh_from_db()
    assert (respuesta.status_code, contenido.titulo) == (200, "Como estaba")
    assert mensaje in respuesta.content.decode()


def test_un_autor_no_se_escribe_dos_veces(client, quien_administra):
    un_autor("Dirección de Calidad")

    respuesta = client.post(f"{RAIZ}autor/add/", {"nombre": "direccion de CALIDAD"})

    assert "Ya está, escrito «Dirección de Calidad»" in respuesta.content.decode()
    assert Autor.objects.count() == 1


# ── Los pasos ─────────────────────────────────────────────────────────────────────────────────


def dar(client, accion, *contenidos, motivo=""):
    return client.post(
        f"{RAIZ}contenido/",
        {
            "action": accion,
            "_selected_action": [contenido.pk for contenido in contenidos],
            "motivo": motivo,
        },
        follow=True,
    )


def test_publicar_varios_deja_su_rastro_y_dice_cuales_no(client, quien_administra):
    listo = un_contenido(estado="revision", archivo=b"%PDF", publicado_en=None)
    sin_archivo = un_contenido("Sin archivo", estado="revision", publicado_en=None)

    respuesta = dar(client, "publicar", listo, sin_archivo)

    listo.refresh_from_db()
    sin_archivo.refresh_from_db()
    assert (listo.estado, sin_archivo.estado) == ("publicado", "revision")
    assert [(m.a, m.por) for m in listo.movimientos.all()] == [("publicado", quien_administra)]
    assert "Sin archivo: Suba el archivo" in respuesta.content.decode()


def test_un_borrador_no_se_publica_sin_que_nadie_lo_revise(client, quien_administra):
    contenido = un_borrador(archivo=b"%PDF")

    respuesta = dar(client, "publicar", contenido)

    contenido.refresh_from_db()
    assert contenido.estado == "borrador"
    assert "desde ahí no es posible" in respuesta.content.decode()


def test_retirar_pide_por_que(client, quien_administra):
    contenido = un_contenido()

    sin_motivo = dar(client, "retirar", contenido).content.decode()
    dar(client, "retirar", contenido, motivo="Cambió la norma.")

    assert "Escriba por qué se retira" in sin_motivo
    assert [(m.a, m.motivo) for m in contenido.movimientos.all()] == [
        ("retirado", "Cambió la norma.")
    ]


def test_un_contenido_no_se_borra(client, quien_administra):
    contenido = un_contenido()

    assert client.get(f"{RAIZ}contenido/{contenido.pk}/delete/").status_code == 403
