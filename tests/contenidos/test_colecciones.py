"""Las colecciones: contenidos que se usan juntos, y cómo se arman."""

import pytest
from django.urls import reverse

from contenidos.models import Coleccion, Contenido
from cuentas.models import Rol
from tests.conectate.paginas import texto
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_borrador, un_contenido, una_coleccion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def edita(client):
    client.force_login(un_usuario())
    return client


def renglones(*contenidos, iniciales=0, **mas):
    """Los campos del formulario, un renglón por contenido."""
    datos = {
        "titulo": "Caja de herramientas",
        "resumen": "Para empezar.",
        "orden": 100,
        "publicada": "on",
        "renglon-TOTAL_FORMS": len(contenidos),
        "renglon-INITIAL_FORMS": iniciales,
    }
    for n, contenido in enumerate(contenidos):
        datos[f"renglon-{n}-contenido"] = contenido.get_absolute_url()
        datos[f"renglon-{n}-minutos"] = 30
        datos[f"renglon-{n}-titulo"] = f"Paso {n + 1}"
    return {**datos, **mas}


# ── Verlas ────────────────────────────────────────────────────────────────────────────────────


def test_muestra_sus_contenidos_en_orden_y_para_que_sirve_cada_uno(client):
    coleccion = una_coleccion("Caja", un_contenido("Beta"), un_contenido("Alfa"))
    coleccion.entradas.filter(orden=1).update(nota="Úsela primero.")

    respuesta = client.get(coleccion.get_absolute_url())

    assert [e.contenido.titulo for e in respuesta.context["entradas"]] == ["Beta", "Alfa"]
    assert "Úsela primero." in texto(respuesta)


def test_no_anuncia_lo_que_no_esta_ni_lo_que_no_puede_ver(client):
    coleccion = una_coleccion(
        "Caja",
        un_contenido("A la vista"),
        un_borrador("En borrador"),
        un_contenido("Reservado", visibilidad=Contenido.Visibilidad.MINISTERIO),
    )

    vista = client.get(coleccion.get_absolute_url()).context["entradas"]
    (en_lista,) = client.get(reverse("contenidos:colecciones")).context["colecciones"]

    assert [entrada.contenido.titulo for entrada in vista] == ["A la vista"]
    assert en_lista.cuantos == 1


def test_sin_publicar_la_ve_solo_quien_edita(client):
    coleccion = una_coleccion("Oculta", publicada=False)
    direccion = coleccion.get_absolute_url()

    sin_cuenta = client.get(direccion).status_code
    client.force_login(un_usuario(Rol.SECRETARIO))
    de_secretaria = client.get(direccion).status_code
    client.force_login(un_usuario())

    assert (sin_cuenta, de_secretaria, client.get(direccion).status_code) == (404, 404, 200)


def test_toda_a_la_canasta_de_una_vez(client):
    uno, otro = un_contenido("Uno", archivo=b"1"), un_contenido("Otro", archivo=b"2")
    coleccion = una_coleccion("Caja", uno, otro, un_borrador(archivo=b"3"))

    client.post(reverse("contenidos:llevar-coleccion", args=[coleccion.slug]))

    assert client.session["canasta"] == [uno.pk, otro.pk]


def test_sin_colecciones_lleva_a_la_biblioteca(client):
    assert "Aún no hay colecciones." in texto(client.get(reverse("contenidos:colecciones")))


def test_las_consultas_no_crecen_con_los_contenidos(client, django_assert_num_queries):
    pocos = una_coleccion("Pocos", un_contenido(archivo=b"x"))
    muchos = una_coleccion("Muchos", *(un_contenido(archivo=b"x") for _ in range(12)))
    client.get(pocos.get_absolute_url())

    for coleccion in (pocos, muchos):
        with django_assert_num_queries(3):
            client.get(coleccion.get_absolute_url())


# ── Armarlas ──────────────────────────────────────────────────────────────────────────────────


def test_se_arma_con_la_direccion_de_cada_contenido(edita):
    uno, otro = un_contenido("Uno"), un_contenido("Otro")

    respuesta = edita.post(reverse("contenidos:nueva-coleccion"), renglones(uno, otro))

    coleccion = Coleccion.objects.get()
    assert respuesta.url == coleccion.get_absolute_url() == "/colecciones/caja-de-herramientas/"
    assert list(coleccion.entradas.values_list("contenido__titulo", "orden")) == [
        ("Uno", 10),
        ("Otro", 20),
    ]


def test_lo_de_la_canasta_llega_escrito_y_se_guarda_sin_tocarlo(edita):
    uno = un_contenido("Uno", archivo=b"x")
    edita.post(reverse("contenidos:agregar-a-la-canasta", args=[uno.slug]))
    direccion = reverse("contenidos:nueva-coleccion") + "?de=canasta"

    dice = edita.get(direccion).content.decode()
    edita.post(direccion, renglones(uno))

    assert f'value="{uno.get_absolute_url()}"' in dice
    assert [uno] == list(Coleccion.objects.get().contenidos.all())


def test_se_quita_un_renglon_y_los_demas_quedan(edita):
    uno, otro = un_contenido("Uno"), un_contenido("Otro")
    coleccion = una_coleccion("Caja", uno, otro)
    primera, segunda = coleccion.entradas.all()

    edita.post(
        reverse("contenidos:editar-coleccion", args=[coleccion.slug]),
        renglones(
            uno,
            otro,
            iniciales=2,
            **{
                "renglon-0-id": primera.pk,
                "renglon-0-DELETE": "on",
                "renglon-1-id": segunda.pk,
                "renglon-1-orden": 2,
            },
        ),
    )

    assert list(coleccion.contenidos.all()) == [otro]


def test_cambiar_el_titulo_no_rompe_los_enlaces(edita):
    coleccion = una_coleccion("Caja", un_contenido("Uno"))

    edita.post(
        reverse("contenidos:editar-coleccion", args=[coleccion.slug]),
        renglones(titulo="Otro nombre"),
    )

    coleccion.refresh_from_db()
    assert (coleccion.titulo, coleccion.slug) == ("Otro nombre", "caja")


@pytest.mark.parametrize("titulo", ["Nueva", "Caja"])
def test_la_direccion_no_choca_con_otra(edita, titulo):
    una_coleccion("Caja")

    edita.post(reverse("contenidos:nueva-coleccion"), renglones(un_contenido("Uno"), titulo=titulo))

    assert Coleccion.objects.latest("pk").slug == f"{titulo.lower()}-2"


def test_el_mismo_contenido_dos_veces_no_entra(edita):
    uno = un_contenido("Uno")

    respuesta = edita.post(reverse("contenidos:nueva-coleccion"), renglones(uno, uno))

    assert "Ya está en otro renglón." in texto(respuesta)
    assert Coleccion.objects.count() == 0


def test_publicada_y_vacia_no_se_guarda(edita):
    respuesta = edita.post(reverse("contenidos:nueva-coleccion"), renglones())

    assert "Una colección sin contenidos no se publica." in texto(respuesta)
    assert Coleccion.objects.count() == 0
