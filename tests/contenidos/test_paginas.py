"""Las páginas de la Escuela, como las lee la gente."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contenidos.models import Pagina, VersionDePagina
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import una_pagina

pytestmark = pytest.mark.django_db

MANANA = timedelta(days=1)


def una_version_de(pagina, numero, cuerpo="Otro texto.", **datos):
    return VersionDePagina.objects.create(
        pagina=pagina, numero=numero, titulo=f"Versión {numero}", cuerpo=cuerpo, **datos
    )


def main(respuesta):
    return respuesta.content.decode().partition("<main")[2].partition("</main>")[0]


def test_una_pagina_se_lee_sin_cuenta(client):
    pagina = una_pagina("que-es", "Qué es la Escuela", "## Con quién\n\nCon **todas**.")

    html = main(client.get(pagina.get_absolute_url()))

    assert "<h1>Qué es la Escuela</h1>" in html
    assert '<h2 id="t-con-quien">Con quién</h2>\n<p>Con <strong>todas</strong>.</p>' in html


@pytest.mark.parametrize(
    ("grupo", "direccion"),
    [
        ("escuela", "/paginas/una/"),
        ("politicas", "/politicas/una/"),
        ("ayuda", "/ayuda/una/"),
        ("movemos", "/paginas/una/"),
    ],
)
def test_cada_pagina_tiene_una_sola_direccion(client, grupo, direccion):
    pagina = una_pagina("una", grupo=grupo)
    otras = {"/paginas/una/", "/politicas/una/", "/ayuda/una/"} - {direccion}

    llevan = {client.get(otra).headers.get("Location") for otra in otras}

    assert pagina.get_absolute_url() == direccion
    assert llevan == {direccion}


def test_rige_la_ultima_version_cuya_fecha_llego(client):
    pagina, hoy = una_pagina("terminos", grupo="politicas"), timezone.localdate()
    una_version_de(pagina, 2, "Lo de hoy.", rige_desde=hoy)
    una_version_de(pagina, 3, "Lo que viene.", rige_desde=hoy + MANANA, nota="Cambia la fecha.")

    html = main(client.get(pagina.get_absolute_url()))

    assert "Lo de hoy." in html
    assert "Lo que viene." not in html
    assert "rige otra versión" in html
    assert "Qué cambia: Cambia la fecha." in html


def test_una_version_que_viene_se_puede_leer_antes(client):
    pagina = una_pagina("terminos", grupo="politicas")
    una_version_de(pagina, 2, "Lo que viene.", rige_desde=timezone.localdate() + MANANA)

    html = main(client.get(reverse("contenidos:version-de-pagina", args=["terminos", 2])))

    assert "Lo que viene." in html
    assert "Esta versión rige desde el" in html


def test_las_versiones_de_una_politica_son_publicas_y_no_dicen_quien(client):
    autora = un_usuario(Rol.ADMINISTRACION, nombre="Autora Inventada")
    pagina = una_pagina("terminos", grupo="politicas")
    una_version_de(pagina, 2, creado_por=autora)

    html = main(client.get(reverse("contenidos:versiones-de-pagina", args=["terminos"])))

    assert [n in html for n in ("Versión 1", "Versión 2", "Autora Inventada")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("rol", [None, Rol.SECRETARIO, Rol.EQUIPO_MEN])
def test_las_versiones_de_otra_pagina_son_de_quien_edita(client, rol):
    una_pagina("que-es")
    if rol:
        client.force_login(un_usuario(rol))

    estados = [
        client.get(reverse("contenidos:versiones-de-pagina", args=["que-es"])).status_code,
        client.get(reverse("contenidos:version-de-pagina", args=["que-es", 1])).status_code,
    ]

    assert estados == [404, 404]


@pytest.mark.parametrize("que_falta", [{"publicada": False}, {"sin_regir": True}])
def test_lo_que_no_se_publica_o_no_rige_solo_lo_ve_quien_edita(client, que_falta):
    futura = timezone.localdate() + MANANA
    sin_regir = que_falta.pop("sin_regir", False)
    pagina = una_pagina("oculta", **que_falta)
    if sin_regir:
        pagina.versiones.update(rige_desde=futura)
    direccion = pagina.get_absolute_url()

    sin_cuenta = client.get(direccion).status_code
    client.force_login(un_usuario(Rol.ADMINISTRACION))
    quien_edita = client.get(direccion).status_code

    assert (sin_cuenta, quien_edita) == (404, 200)


def test_las_politicas_dicen_su_version_y_desde_cuando(client):
    una_pagina("cookies", "Cookies", grupo="politicas")
    Pagina.objects.filter(slug="oculta").update(publicada=False)

    html = main(client.get(reverse("contenidos:politicas")))

    assert re.search(r"Versión 1\. Rige desde el \d+ de \w+ de \d{4}\.", html)


def test_la_direccion_de_siempre_de_una_politica_lleva_a_su_renglon(client):
    """Antes eran una sola página, y los enlaces viejos llevan su nombre tras la almohadilla."""
    una_pagina("cookies", "Cookies", grupo="politicas")

    assert '<li id="cookies">' in main(client.get("/politicas/"))


@pytest.mark.parametrize("nombre", ["juntos", "movemos", "politicas", "ayuda", "glosario"])
def test_las_entradas_responden_aunque_no_haya_textos(client, nombre):
    assert client.get(reverse(f"contenidos:{nombre}")).status_code == 200


@pytest.mark.parametrize(
    ("nombre", "titulo"),
    [("juntos", "Juntos lo Vamos a Lograr"), ("movemos", "Movemos más Allá")],
)
def test_cada_micrositio_tiene_su_nombre_su_texto_y_algo_que_hacer(client, nombre, titulo):
    una_pagina(nombre, "Otro nombre", "El texto del micrositio.", grupo=nombre)

    html = main(client.get(reverse(f"contenidos:{nombre}")))

    assert f"<h1>{titulo}</h1>" in html
    assert "El texto del micrositio." in html
    assert html.partition('id="hoy"')[2].partition("</section>")[0].count("<li>") >= 1


@pytest.mark.parametrize(
    ("rol", "suya"),
    [(None, "sin-cuenta"), (Rol.SECRETARIO, "secretarias"), (Rol.PROFESIONAL, "acompanamiento")],
)
def test_la_ayuda_pone_primero_la_de_quien_mira(client, rol, suya):
    for slug in ("sin-cuenta", "secretarias", "acompanamiento"):
        una_pagina(slug, f"Guía {slug}", grupo="ayuda")
    if rol:
        client.force_login(un_usuario(rol))

    html = main(client.get(reverse("contenidos:ayuda")))

    primera = re.search(r'class="tarjeta-enlace" href="([^"]+)"', html)[1]
    assert primera == f"/ayuda/{suya}/"
    assert html.count(f'href="/ayuda/{suya}/"') == 1


@pytest.mark.parametrize("nombre", ["politicas", "ayuda"])
def test_con_mas_paginas_las_mismas_consultas(client, django_assert_num_queries, nombre):
    una_pagina("una", grupo=nombre)
    client.get("/")

    with django_assert_num_queries(3):  # las dos de las páginas y si hay demostración
        client.get(reverse(f"contenidos:{nombre}"))
    for n in range(5):
        una_pagina(f"otra-{n}", grupo=nombre)
    with django_assert_num_queries(3):
        client.get(reverse(f"contenidos:{nombre}"))
