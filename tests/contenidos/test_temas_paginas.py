"""Las páginas de los temas: qué enseña cada una, a quién, y quién las ordena."""

import pytest
from django.urls import reverse

from contenidos.acciones.indice import poner_al_dia
from contenidos.acciones.temas import renombrar_tema
from contenidos.models import DireccionAnteriorDeTema, Tema
from tests.fabricas import un_tema, un_usuario, una_sesion
from tests.fabricas_de_contenidos import un_borrador, un_contenido

pytestmark = pytest.mark.django_db


def rotulado(tema, *titulos, **datos):
    contenidos = [un_contenido(titulo, temas=[tema], **datos) for titulo in titulos]
    poner_al_dia(*contenidos)
    return contenidos


def titulos(respuesta):
    return {cosa.titulo for cosa, _ in respuesta.context["cosas"]}


def de(nombre, *args):
    return reverse(f"contenidos:{nombre}", args=args)


# ── Leerlos ───────────────────────────────────────────────────────────────────────────────────


def test_un_tema_reune_lo_del_portal_que_lo_lleva(client):
    tema = un_tema("Permanencia")
    rotulado(tema, "Guía de permanencia")
    poner_al_dia(una_sesion("Sesión de permanencia", temas=[tema], audiencia="comunidad"))

    pagina = client.get(de("tema", tema.slug))

    assert titulos(pagina) == {"Guía de permanencia", "Sesión de permanencia"}


def test_un_tema_mayor_reune_tambien_lo_de_los_que_agrupa(client):
    mayor = un_tema("Trayectorias")
    rotulado(un_tema("Permanencia", padre=mayor), "Guía de permanencia")

    pagina = client.get(de("tema", mayor.slug))

    assert titulos(pagina) == {"Guía de permanencia"}


def test_de_un_tema_cada_quien_ve_lo_suyo(client):
    tema = un_tema()
    rotulado(tema, "Para cualquiera")
    rotulado(tema, "Para las secretarías", visibilidad="secretarias")
    rotulado(tema, "Del Ministerio", visibilidad="ministerio")
    borrador = un_borrador("Sin publicar", temas=[tema])
    poner_al_dia(borrador)

    vistos = {"anonimo": titulos(client.get(de("tema", tema.slug)))}
    for rol in ("secretario", "profesional"):
        client.force_login(un_usuario(rol))
        vistos[rol] = titulos(client.get(de("tema", tema.slug)))

    assert vistos == {
        "anonimo": {"Para cualquiera"},
        "secretario": {"Para cualquiera", "Para las secretarías"},
        "profesional": {"Para cualquiera", "Para las secretarías", "Del Ministerio"},
    }


def test_se_puede_ver_solo_una_clase_de_cosa(client):
    tema = un_tema()
    rotulado(tema, "Guía")
    poner_al_dia(una_sesion("Sesión", temas=[tema], audiencia="comunidad"))

    pagina = client.get(de("tema", tema.slug), {"clase": "sesion"})

    assert titulos(pagina) == {"Sesión"}
    assert [(cuenta.clave, cuenta.n) for cuenta in pagina.context["cuentas"]] == [
        ("contenido", 1),
        ("sesion", 1),
    ]


def test_la_direccion_de_antes_lleva_a_la_de_hoy_con_sus_filtros(client):
    tema = un_tema("Alternancia")
    renombrar_tema(tema=tema, nombre="Retorno", por=un_usuario("administracion"))

    respuesta = client.get("/temas/alternancia/?clase=contenido")

    assert (respuesta.status_code, respuesta["Location"]) == (
        301,
        "/temas/retorno/?clase=contenido",
    )


def test_un_tema_que_nunca_existio_no_esta(client):
    assert client.get("/temas/no-hay/").status_code == 404


def test_un_tema_sin_nada_lo_dice(client):
    pagina = client.get(de("tema", un_tema().slug)).content.decode()

    assert "Aún no hay nada con este tema que esté abierto a cualquier persona." in pagina


def test_la_lista_cuenta_una_vez_lo_que_lleva_el_mayor_y_el_menor(client):
    mayor = un_tema("Trayectorias")
    menor = un_tema("Permanencia", padre=mayor)
    poner_al_dia(un_contenido(temas=[mayor, menor]), un_contenido(temas=[menor]))

    (rama,) = client.get(de("temas")).context["ramas"]

    assert (rama.tema, rama.n, rama.hijos) == (mayor, 2, [(menor, 2)])


def test_los_temas_que_ya_no_se_usan_no_se_ofrecen(client):
    un_tema("Viejo", activo=False)
    de_hoy = un_tema("De hoy")

    assert [rama.tema for rama in client.get(de("temas")).context["ramas"]] == [de_hoy]


@pytest.mark.parametrize("cuantos", [1, 12])
def test_la_pagina_de_un_tema_pregunta_lo_mismo_con_poco_que_con_mucho(
    client, cuantos, django_assert_num_queries
):
    tema = un_tema("Permanencia")
    rotulado(tema, *[f"Guía {n}" for n in range(cuantos)])
    client.get(de("tema", tema.slug))

    with django_assert_num_queries(6):
        client.get(de("tema", tema.slug))


@pytest.mark.parametrize("cuantos", [1, 12])
def test_la_lista_pregunta_lo_mismo_con_pocos_temas_que_con_muchos(
    client, cuantos, django_assert_num_queries
):
    for n in range(cuantos):
        rotulado(un_tema(f"Tema {n}"), f"Guía {n}")
    client.get(de("temas"))

    with django_assert_num_queries(4):
        client.get(de("temas"))


# ── Los filtros de los demás ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("direccion", ["/conectate/sesiones/", "/conectate/calendario/lista/"])
def test_filtrar_por_el_nombre_que_un_tema_tuvo_antes_sigue_filtrando(client, direccion):
    tema = un_tema("Alternancia")
    renombrar_tema(tema=tema, nombre="Retorno", por=un_usuario("administracion"))

    filtro = client.get(direccion, {"tema": "alternancia"}).context["filtro"]

    assert filtro.consulta == "tema=retorno"
    assert '<option value="retorno" selected>' in str(filtro["tema"])


def test_un_tema_con_letras_imposibles_no_filtra_ni_rompe(client):
    filtro = client.get("/conectate/sesiones/", {"tema": "\x00'--"}).context["filtro"]

    assert filtro.consulta == ""


# ── Ordenarlos ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def administra(client):
    client.force_login(un_usuario("administracion"))
    return client


@pytest.mark.parametrize("nombre", ["ordenar-temas", "renombrar-tema", "fundir-temas"])
@pytest.mark.parametrize("rol", ["equipo_men", "lider_grupo", "secretario"])
def test_solo_quien_administra_ordena_los_temas(client, nombre, rol):
    args = [] if nombre == "ordenar-temas" else [un_tema().slug]
    client.force_login(un_usuario(rol))

    assert client.get(de(nombre, *args)).status_code == 403


def test_quien_administra_crea_un_tema_desde_la_pagina(administra):
    mayor = un_tema("Trayectorias")

    administra.post(de("ordenar-temas"), {"nombre": "Niñez migrante", "padre": mayor.pk})

    assert Tema.objects.filter(slug="ninez-migrante", padre=mayor, activo=True).exists()


def test_un_nombre_que_ya_esta_se_dice_junto_al_formulario(administra):
    un_tema("Permanencia")

    pagina = administra.post(de("ordenar-temas"), {"nombre": "permanencia"})

    assert pagina.context["form"].errors == {
        "nombre": ["Ya hay un tema con ese nombre. Use el que existe."]
    }


def test_un_nombre_sin_letras_no_es_un_nombre(administra):
    pagina = administra.post(de("ordenar-temas"), {"nombre": "¿?"})

    assert pagina.context["form"].errors == {"nombre": ["Escriba el nombre con letras."]}


def test_al_renombrar_desde_la_pagina_queda_la_direccion_de_antes(administra):
    tema = un_tema("Alternancia")

    administra.post(
        de("renombrar-tema", tema.slug), {"nombre": "Retorno", "padre": "", "activo": "on"}
    )

    anterior = DireccionAnteriorDeTema.objects.get()
    assert (anterior.slug, anterior.tema.slug) == ("alternancia", "retorno")


def test_antes_de_fundir_la_pagina_dice_cuanto_se_mueve(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")
    un_contenido(temas=[origen])

    pagina = administra.get(de("fundir-temas", origen.slug), {"en": destino.pk})

    assert pagina.context["movimientos"] == [("contenidos", 1, 0)]
    assert Tema.objects.filter(pk=origen.pk).exists()


def test_fundir_desde_la_pagina_lleva_al_que_queda(administra):
    origen, destino = un_tema("Deserción"), un_tema("Permanencia")

    respuesta = administra.post(de("fundir-temas", origen.slug), {"en": destino.pk})

    assert respuesta["Location"] == "/temas/permanencia/"
    assert administra.get("/temas/desercion/")["Location"] == "/temas/permanencia/"


def test_fundir_donde_no_cabe_dice_por_que(administra):
    origen, destino = un_tema("Calidad"), un_tema("Permanencia", padre=un_tema("Trayectorias"))
    un_tema("Evaluación", padre=origen)

    pagina = administra.get(de("fundir-temas", origen.slug), {"en": destino.pk})

    assert "quedarían tres pisos" in pagina.context["form"].errors["en"][0]
    assert pagina.context["movimientos"] == []
