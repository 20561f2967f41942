"""Buscar en todo el portal, y lo que se busca y no se encuentra."""

import pytest
from django.urls import reverse

from contenidos.acciones.indice import poner_al_dia
from contenidos.models import BusquedaSinResultados, Contenido, Termino
from cuentas.models import Rol
from tests.fabricas import un_tema, un_usuario, una_entidad, una_sesion
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_version

pytestmark = pytest.mark.django_db
BUSCAR, BUSQUEDAS = reverse("contenidos:buscar"), reverse("contenidos:busquedas-sin-resultados")


def pagina_de(client, texto, **mas):
    respuesta = client.get(BUSCAR, {"q": texto, **mas})
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def publicar(titulo, **datos):
    contenido = un_contenido(titulo, **datos)
    poner_al_dia(contenido)
    return contenido


def test_cada_clase_trae_lo_suyo_con_su_cuenta_y_lo_buscado_marcado(client):
    publicar("Guía de huertas")
    publicar("Otra guía", resumen="También sobre huertas.")
    termino = Termino.objects.create(nombre="Huerta", slug="huerta", definicion="Donde se siembra.")
    poner_al_dia(termino)

    html = pagina_de(client, "huertas")

    assert "3 resultados." in html
    assert 'Contenidos <span class="numero">(2)</span>' in html
    assert 'Términos del glosario <span class="numero">(1)</span>' in html
    assert "Guía de <mark>huertas</mark>" in html
    assert "También sobre <mark>huertas</mark>." in html


def test_de_una_clase_se_ven_todos_por_paginas(client):
    for n in range(23):
        publicar(f"Guía {n} de huertas")

    html = pagina_de(client, "huertas", clase="contenido", page=2)

    assert html.count("<mark>huertas</mark>") == 3
    assert "Página 2 de 2" in html
    assert "q=huertas&amp;clase=contenido&amp;page=1" in html


def test_la_pagina_se_hace_con_las_mismas_consultas_con_uno_que_con_veinte(
    client, django_assert_max_num_queries
):
    def cuantas():
        with django_assert_max_num_queries(100) as hechas:
            pagina_de(client, "guía huertas")
        return len(hechas)

    una_version(publicar("Guía"), textos=["huertas"])
    poner_al_dia(Contenido.objects.get())
    pocas = cuantas()
    for n in range(20):
        contenido = un_contenido(f"Guía {n}", temas=[un_tema()])
        una_version(contenido, textos=["huertas"])
        poner_al_dia(contenido)

    assert cuantas() == pocas


def test_cada_quien_encuentra_solo_lo_que_puede_ver(client):
    del_ministerio = un_usuario(rol=Rol.EQUIPO_MEN)
    huila = una_entidad(nombre="Huila")
    sesion = una_sesion("Sesión de huertas", convocadas=[huila])
    poner_al_dia(un_borrador("Borrador de huertas"), sesion)
    poner_al_dia(un_contenido("Guía de huertas", visibilidad="ministerio"))

    de_nadie = pagina_de(client, "huertas")
    client.force_login(del_ministerio)
    del_men = pagina_de(client, "huertas")

    assert "Borrador de" not in de_nadie
    assert "Guía de" not in de_nadie
    assert "Borrador de" in del_men
    assert "Guía de" in del_men
    assert "Sesión de" in del_men


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("", "Qué se encuentra aquí"),
        ("a", "Escriba al menos una palabra de dos letras"),
        ("¿¡!?", "Escriba al menos una palabra de dos letras"),
        ("' OR 1=1", "No hay nada con esas palabras."),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("palabra " * 70, "Se buscaron solo las primeras 500 letras."),
        (" ".join(f"palabra{n}" for n in range(13)), "Se buscaron solo las primeras 12 palabras."),
        ("x" * 2_000, "Se buscaron solo las primeras 500 letras."),
        ("\0huertas\0", "1 resultado."),
    ],
)
def test_lo_raro_se_explica_y_no_falla(client, texto, dice):
    publicar("Guía de huertas")

    html = pagina_de(client, texto)

    assert dice in html
    assert "<script>alert" not in html


def test_lo_que_tiene_un_error_se_busca_corregido_y_se_dice(client):
    publicar("Guía de matrícula")

    html = pagina_de(client, "matriucla")

    assert "Se buscó también «matricula», porque «matriucla» no está en ningún texto." in html
    assert "<mark>matrícula</mark>" in html


def test_con_dos_errores_se_pregunta(client):
    publicar("Guía de matrícula")

    html = pagina_de(client, "matrciulla")

    assert '<a href="/buscar/?q=matricula"><strong>matricula</strong></a>' in html


def test_lo_que_no_se_encuentra_se_anota_sin_quien(client):
    client.force_login(un_usuario())

    for texto in ("Huertas escolares", "huertas  ESCOLARES", "¿huertas escolares?"):
        pagina_de(client, texto)

    assert list(BusquedaSinResultados.objects.values_list("texto", "veces")) == [
        ("huertas escolares", 3)
    ]
    assert {campo.name for campo in BusquedaSinResultados._meta.get_fields()} == {
        "id",
        "texto",
        "veces",
        "primera_en",
        "ultima_en",
        "atendida_en",
    }


@pytest.mark.parametrize(
    "texto",
    ["ana.perez@ejemplo.co", "cédula 1.020.345.678", "tel 310 555 44 33", "x" * 130, "zz"],
)
def test_lo_que_parece_un_dato_personal_no_se_anota(client, texto):
    pagina_de(client, texto)

    assert not BusquedaSinResultados.objects.exists()


def test_quien_edita_atiende_lo_que_falta_y_vuelve_si_se_busca_otra_vez(client):
    pagina_de(client, "huertas")
    busqueda = BusquedaSinResultados.objects.get()
    client.force_login(un_usuario(rol=Rol.EQUIPO_MEN))

    respuesta = client.post(BUSQUEDAS, {"busqueda": busqueda.pk}, follow=True)
    atendidas = client.get(BUSQUEDAS, {"ver": "atendidas"}).content.decode()

    assert "«huertas» quedó atendida." in respuesta.content.decode()
    assert "Todo lo que se ha buscado tiene algún resultado." in respuesta.content.decode()
    assert ">huertas</a>" in atendidas

    pagina_de(client, "huertas")

    assert ">huertas</a>" in client.get(BUSQUEDAS).content.decode()


@pytest.mark.parametrize("rol", [Rol.PROFESIONAL, Rol.SECRETARIO])
def test_quien_no_edita_no_ve_lo_que_se_busca(client, rol):
    datos = {"entidad": una_entidad()} if rol == Rol.SECRETARIO else {}
    client.force_login(un_usuario(rol=rol, **datos))

    assert client.get(BUSQUEDAS).status_code == 403
    assert client.post(BUSQUEDAS, {"busqueda": 1}).status_code == 403


def test_toda_pagina_trae_la_caja_de_buscar(client):
    html = client.get("/").content.decode()

    assert 'action="/buscar/" role="search"' in html
