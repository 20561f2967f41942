"""El texto de las páginas: lo que se escribe, lo que sale y lo que nunca sale."""

import time
from html.parser import HTMLParser

import pytest

from contenidos.texto_rico import ETIQUETAS, a_html, imagenes_que_faltan, sin_formato, titulos

SUBIDA = "/imagenes/0f8fad5b-d9cb-469f-a165-70867728950e/"


def test_titulos_listas_tablas_y_enlaces_salen_como_html():
    html = a_html(
        "## Qué es\n\nUn *texto* con **fuerza**.\n\n1. Uno\n2. Dos\n\n| A |\n|---|\n| 1 |"
    )

    assert html == (
        '<h2 id="t-que-es">Qué es</h2>\n'
        "<p>Un <em>texto</em> con <strong>fuerza</strong>.</p>\n"
        "<ol>\n<li>Uno</li>\n<li>Dos</li>\n</ol>\n"
        '<div class="tabla" role="region" tabindex="0" aria-label="Tabla: a"><table>\n'
        '<thead>\n<tr>\n<th scope="col">A</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table></div>"
    )


class Lector(HTMLParser):
    """Las etiquetas y los atributos como los entiende un navegador."""

    def __init__(self):
        super().__init__()
        self.etiquetas, self.atributos = set(), set()

    def handle_starttag(self, etiqueta, atributos):
        self.etiquetas.add(etiqueta)
        self.atributos.update(atributos)


def lo_que_queda(html):
    lector = Lector()
    lector.feed(html)
    return lector.etiquetas, lector.atributos


@pytest.mark.parametrize(
    "malo",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<svg/onload=alert(1)>",
        "[pulse](javascript:alert(1))",
        "[pulse](JaVaScRiPt&colon;alert(1))",
        "[pulse](data:text/html;base64,PHNjcmlwdD4=)",
        "[pulse](vbscript:x)",
        '[pulse](/x "\\" onmouseover=alert(1) ")',
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        f'![" onerror="alert(1)]({SUBIDA})',
        "<style>body{display:none}</style>",
        '<div style="position:fixed">tapa</div>',
        "<iframe src=https://malo.example></iframe>",
        "<form action=https://malo.example><input></form>",
        "<!-- <script> --><script>alert(1)</script>",
        "```\n</code></pre><script>alert(1)</script>\n```",
    ],
)
def test_nada_de_lo_escrito_se_vuelve_codigo(malo):
    html = a_html(malo)

    etiquetas, atributos = lo_que_queda(html)
    assert etiquetas <= ETIQUETAS
    assert {nombre for nombre, _ in atributos} <= {"href", "rel", "src", "alt", "loading", "title"}
    assert {valor for nombre, valor in atributos if nombre in ("href", "src")} <= {SUBIDA, "/x"}


def test_una_imagen_de_otro_sitio_no_se_pide_y_queda_su_texto():
    assert a_html("![Un mapa](https://otro.example/mapa.png)") == "<p>Un mapa</p>"


def test_una_imagen_del_portal_dice_su_tamano_para_que_la_pagina_no_salte():
    html = a_html(f"![Un mapa]({SUBIDA}#800x600)")

    assert html == (
        f'<p><img src="{SUBIDA}" alt="Un mapa" width="800" height="600" loading="lazy"></p>'
    )


def test_una_captura_que_el_portal_no_trae_no_rompe_la_pagina(monkeypatch):
    def falta(nombre):
        raise ValueError(nombre)

    monkeypatch.setattr("contenidos.texto_rico.static", falta)

    assert a_html("![La entrada](ayuda/no-esta-8x5.webp)") == "<p>La entrada</p>"


def test_se_sabe_que_imagenes_son_ajenas_y_cuales_no_dicen_que_muestran():
    texto = f"![a](https://otro.example/x.png) ![]({SUBIDA}) ![bien]({SUBIDA})"

    assert imagenes_que_faltan(texto) == (["https://otro.example/x.png"], [SUBIDA])


def test_los_titulos_bajan_de_a_uno_y_ninguno_es_el_de_la_pagina():
    html = a_html("# Uno\n\n##### Dos\n\n# Tres")

    assert html == '<h2 id="t-uno">Uno</h2>\n<h3 id="t-dos">Dos</h3>\n<h2 id="t-tres">Tres</h2>'


def test_dos_titulos_iguales_no_comparten_ancla():
    assert [titulo.ancla for titulo in titulos("## Uno\n\n## Uno\n\n### Otro")] == [
        "t-uno",
        "t-uno-1",
    ]


@pytest.mark.parametrize("direccion", ["https://otro.example/", "http://otro.example", "//otro.co"])
def test_un_enlace_que_sale_del_portal_se_marca(direccion):
    assert 'rel="noopener noreferrer"' in a_html(f"[otro]({direccion})")


def test_un_enlace_del_portal_no_se_marca():
    assert a_html("[glosario](/glosario/)") == '<p><a href="/glosario/">glosario</a></p>'


def test_los_datos_de_la_institucion_salen_de_la_configuracion(settings):
    settings.INSTITUCION = {**settings.INSTITUCION, "nombre": "Ministerio & Cía."}

    assert a_html("El {ministerio} y {esto_no}.") == "<p>El Ministerio &amp; Cía. y {esto_no}.</p>"


def test_un_dato_de_la_configuracion_tampoco_se_vuelve_codigo(settings):
    settings.INSTITUCION = {**settings.INSTITUCION, "nombre": "<script>x</script>"}

    assert a_html("{ministerio}") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_una_lista_de_numeros_en_negrilla_se_ve_como_cifras():
    cifras, corriente = "- **20** grupos\n- **+151** contenidos", "- **20** grupos\n- otros"

    assert ['class="cifras-en-lista"' in a_html(lista) for lista in (cifras, corriente)] == [
        True,
        False,
    ]


def test_sin_formato_quedan_las_palabras_separadas():
    texto = "## Qué es\n\nUna **gran** [red](/x/) & más.\n\n- uno\n- dos"

    assert sin_formato(texto) == "Qué es Una gran red & más. uno dos"


@pytest.mark.parametrize("trozo", ["[", "*a ", "![a](", "> ", "|a", "`", "- ", "<", "_*", "\n#"])
def test_un_texto_hecho_para_atascar_no_atasca(trozo):
    inicio = time.perf_counter()

    a_html(trozo * (60_000 // len(trozo)))

    assert time.perf_counter() - inicio < 10
