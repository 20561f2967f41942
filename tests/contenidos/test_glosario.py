"""El glosario: leerlo, corregirlo y encontrarlo dentro de los textos."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from contenidos.acciones.glosario import cargar_glosario
from contenidos.consultas.glosario import glosar
from contenidos.models import Termino
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.fabricas_de_contenidos import un_termino

pytestmark = pytest.mark.django_db


def marcado(termino, escrito):
    return f"[{escrito}={termino.slug}]"


def glosado(texto):
    plantilla = Template("{% load texto_rico %}{{ texto|texto_rico|con_glosario }}")
    return plantilla.render(Context({"texto": texto}))


# ── Dentro de los textos ──────────────────────────────────────────────────────────────────────


def test_la_primera_vez_que_sale_un_termino_lleva_su_definicion():
    un_termino("Deserción", definicion="Dejar el colegio.")

    html = glosado("La deserción baja. La deserción sube.")

    assert html.count("glosa-desercion") == 2  # quien la nombra y ella misma
    assert (
        '<a href="/glosario/desercion/" aria-describedby="glosa-desercion">deserción</a>'
        '<span class="glosa-texto" role="tooltip" id="glosa-desercion">Dejar el colegio.</span>'
    ) in html
    assert html.endswith("La deserción sube.</p>")


def test_al_termino_no_se_le_pega_ni_se_le_quita_un_espacio():
    un_termino("Deserción")

    assert glosar("<p>(Deserción).</p>", marcado) == "<p>([Deserción=desercion]).</p>"


def test_una_sigla_se_reconoce_solo_en_mayusculas():
    un_termino("Secretaría de educación", siglas="SE")

    assert glosar("<p>Se dice SE, no se.</p>", marcado) == (
        "<p>Se dice [SE=secretaria-de-educacion], no se.</p>"
    )


def test_un_sinonimo_en_mayusculas_vale_y_uno_corriente_no():
    un_termino("Institución educativa", siglas="IE", sinonimos="EE\ncolegio")

    assert glosar("<p>El colegio es un EE.</p>", marcado) == (
        "<p>El colegio es un [EE=institucion-educativa].</p>"
    )


def test_el_plural_tambien_y_una_palabra_mas_larga_no():
    un_termino("Plan")

    assert glosar("<p>planeta, planes</p>", marcado) == "<p>planeta, [planes=plan]</p>"


def test_dentro_de_un_numero_de_radicado_no_se_glosa():
    un_termino("Establecimiento educativo", siglas="EE")

    assert glosar("<p>Oficio 2019-EE-120415, de un EE.</p>", marcado) == (
        "<p>Oficio 2019-EE-120415, de un [EE=establecimiento-educativo].</p>"
    )


def test_gana_la_forma_mas_larga():
    un_termino("Plan")
    un_termino("Plan de permanencia")

    assert glosar("<p>El plan de permanencia.</p>", marcado) == (
        "<p>El [plan de permanencia=plan-de-permanencia].</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">Deserción</a></p>',
        "<h2>Deserción</h2>",
        "<pre><code>Deserción</code></pre>",
        '<p><img alt="La > Deserción" src="/x/"></p>',
        '<p title="Deserción"></p>',
    ],
)
def test_no_se_toca_un_enlace_un_titulo_ni_un_atributo(html):
    un_termino("Deserción")

    assert glosar(html, marcado) == html


def test_una_definicion_con_marcas_se_muestra_como_texto():
    un_termino("Deserción", definicion="<script>x</script>")

    assert "<script>" not in glosado("Deserción")


def test_un_texto_corriente_se_escapa_antes():
    un_termino("Deserción")
    plantilla = Template("{% load texto_rico %}{{ texto|con_glosario }}")

    html = plantilla.render(Context({"texto": "<b>Deserción</b> & más"}))

    assert html.startswith("&lt;b&gt;<span")
    assert html.endswith("&lt;/b&gt; &amp; más")


def test_sin_terminos_el_texto_queda_igual():
    assert glosar("<p>Nada.</p>", marcado) == "<p>Nada.</p>"


def test_con_muchos_terminos_una_sola_consulta(django_assert_num_queries):
    for n in range(20):
        un_termino(f"Palabra {n}")

    with django_assert_num_queries(1):
        glosado("Palabra 1, palabra 2 y palabra 3.")


# ── Sus páginas ───────────────────────────────────────────────────────────────────────────────


def test_el_glosario_va_por_letras_sin_contar_tildes(client):
    for nombre in ("Évaluación", "Educación media", "Alternancia"):
        un_termino(nombre)

    html = client.get(reverse("contenidos:glosario")).content.decode()

    assert html.count('id="letra-E"') == 1
    assert html.index("Alternancia") < html.index("Educación media") < html.index("Évaluación")


def test_se_busca_por_la_sigla_o_por_otra_manera_de_decirlo(client):
    un_termino("Institución educativa", siglas="IE", sinonimos="colegio")
    un_termino("Alternancia")

    for buscado in ("ie", "COLEGIO", "institucion"):
        html = client.get(reverse("contenidos:glosario"), {"q": buscado}).content.decode()

        assert [n in html for n in ("Institución educativa</a>", "Alternancia</a>")] == [
            True,
            False,
        ]


@pytest.mark.parametrize("buscado", ["' OR 1=1", "<script>", "x" * 500, "\x00"])
def test_buscar_cualquier_cosa_en_el_glosario_no_lo_rompe(client, buscado):
    un_termino("Alternancia")

    respuesta = client.get(reverse("contenidos:glosario"), {"q": buscado})

    assert respuesta.status_code == 200
    assert "<script>" not in respuesta.content.decode()


def test_un_termino_dice_que_es_como_se_dice_y_de_donde_sale(client):
    termino = un_termino(
        "Institución educativa", siglas="IE", sinonimos="EE\ncolegio", fuente="Ley 715 de 2001"
    )

    html = client.get(termino.get_absolute_url()).content.decode()

    assert "<h1>Institución educativa (IE)</h1>" in html
    assert "<dd>EE, colegio</dd>" in html
    assert "<dd>Ley 715 de 2001</dd>" in html


# ── Corregirlo ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def administra(client):
    usuario = un_usuario(Rol.ADMINISTRACION)
    client.force_login(usuario)
    return usuario


def escribir(client, termino=None, **datos):
    url = (
        reverse("contenidos:editar-termino", args=[termino.slug])
        if termino
        else reverse("contenidos:nuevo-termino")
    )
    return client.post(url, {"nombre": "Corte", "definicion": "Hasta cuándo vale.", **datos})


def test_quien_administra_anade_un_termino(client, administra):
    respuesta = escribir(client, siglas="CT")

    assert respuesta.url == "/glosario/corte/"
    assert Termino.objects.get().siglas == "CT"


def test_corregir_un_termino_no_cambia_su_direccion(client, administra):
    termino = un_termino("Corte")

    escribir(client, termino, nombre="Fecha de corte", visto=visto(client, termino))

    assert list(Termino.objects.values_list("nombre", "slug")) == [("Fecha de corte", "corte")]


def test_dos_personas_no_se_pisan_en_un_termino(client, administra):
    termino = un_termino("Corte")
    antes = visto(client, termino)
    Termino.objects.update(definicion="Lo de otra.")

    html = escribir(client, termino, definicion="Lo mío.", visto=antes).content.decode()

    assert "Otra persona corrigió este término" in html
    assert "Lo de otra." in html
    assert Termino.objects.get().definicion == "Lo de otra."


def test_una_palabra_no_puede_valer_por_dos_cosas(client, administra):
    un_termino("Institución educativa", siglas="IE")

    html = escribir(client, sinonimos="algo\nie").content.decode()

    assert "«ie» ya está en «Institución educativa». Quítela de uno de los dos." in html
    assert Termino.objects.count() == 1


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRACION])
def test_solo_quien_administra_escribe_en_el_glosario(client, rol):
    client.force_login(un_usuario(rol))

    respuesta = escribir(client)

    assert (respuesta.status_code, Termino.objects.count()) == (403, 0)


def test_cargar_el_glosario_de_nuevo_no_pisa_lo_corregido():
    creados = cargar_glosario()
    Termino.objects.filter(slug="desercion").update(definicion="Corregida.")

    assert (creados > 40, cargar_glosario()) == (True, 0)
    assert Termino.objects.get(slug="desercion").definicion == "Corregida."


def visto(client, termino):
    """Lo que trae el formulario cuando se abre."""
    return (
        client.get(reverse("contenidos:editar-termino", args=[termino.slug]))
        .context["form"]["visto"]
        .value()
    )
