"""De Markdown a HTML que se puede mostrar sin miedo.

Lo escrito se guarda como se escribió y se limpia al mostrarlo. Dos cercas: el HTML suelto no se
interpreta, y lo que sale pasa además por una lista de etiquetas permitidas.
"""

import re
from dataclasses import dataclass
from html import unescape

import nh3
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

ETIQUETAS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "hr", "br", "code"),
    *("pre", "a", "img", "div", "table", "thead", "tbody", "tr", "th", "td"),
}
ATRIBUTOS = {
    "a": {"href", "rel", "title"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "th": {"scope"},
    **{titulo: {"id"} for titulo in ("h2", "h3", "h4")},
    "div": {"role", "tabindex", "aria-label"},
}
CLASES = {"div": {"tabla"}, "ul": {"cifras-en-lista"}}
ESQUEMAS = {"https", "http", "mailto", "tel"}

# Las imágenes del portal: una subida, o una de las capturas que vienen con él.
# El tamaño va escrito en la dirección: así la página no salta cuando la imagen llega.
TAMANO = r"(?P<ancho>\d{1,4})x(?P<alto>\d{1,4})"
SUBIDA = re.compile(rf"/imagenes/[0-9a-f-]{{36}}/(#{TAMANO})?")
CAPTURA = re.compile(rf"ayuda/[a-z0-9-]+-{TAMANO}\.webp")
EXTERNA = re.compile(r"(https?:)?//", re.I)
CON_NUMERO = re.compile(r"[+$]?\d")
MARCA = re.compile(r"\{([a-z_]+)\}")
FIN_DE_BLOQUE = re.compile(r"</(p|li|h\d|td|th|pre)>|<br>")


@dataclass(frozen=True)
class Titulo:
    ancla: str
    texto: str


def a_html(texto: str) -> SafeString:
    """El texto, limpio y con lo que el portal pone: anclas, tablas que se desplazan, marcas."""
    piezas = _piezas(texto)
    return mark_safe(
        nh3.clean(
            _MARKDOWN.renderer.render(piezas, _MARKDOWN.options, {}),
            tags=ETIQUETAS,
            attributes=ATRIBUTOS,
            allowed_classes=CLASES,
            url_schemes=ESQUEMAS,
            link_rel=None,
        ).strip()
    )


def titulos(texto: str) -> list[Titulo]:
    """Los de primer nivel: el índice de la página."""
    piezas = _piezas(texto)
    return [
        Titulo(str(pieza.attrs["id"]), _texto_de(siguiente))
        for pieza, siguiente in zip(piezas, piezas[1:], strict=False)
        if pieza.type == "heading_open" and pieza.tag == "h2"
    ]


def sin_formato(texto: str) -> str:
    """Solo las palabras, para buscarlas y para resumirlas."""
    separado = FIN_DE_BLOQUE.sub(" ", a_html(texto))
    return " ".join(unescape(strip_tags(separado)).split())


def imagenes_que_faltan(texto: str) -> tuple[list[str], list[str]]:
    """Las que no son del portal, y las que no dicen qué muestran."""
    imagenes = [hija for pieza in _MARKDOWN.parse(texto) for hija in _imagenes_de(pieza)]
    ajenas = [str(imagen.attrs["src"]) for imagen in imagenes if not _propia(imagen)]
    mudas = [str(imagen.attrs["src"]) for imagen in imagenes if not _texto_de(imagen)]
    return ajenas, mudas


def marcas() -> dict[str, str]:
    """Lo que se escribe entre llaves y el portal llena con su configuración: `{correo}`."""
    quien = settings.INSTITUCION
    correo = next(iter(quien["correos"]), {"correo": "", "nombre": ""})
    telefono = next(iter(quien["telefonos"]), {"numero": ""})
    return {
        "portal": quien["portal"],
        "ministerio": quien["nombre"],
        "direccion": f"{quien['direccion']}, {quien['ciudad']}",
        "correo": correo["correo"],
        "oficina": correo["nombre"].lower(),
        "telefono": telefono["numero"],
        "cookie_de_sesion": settings.SESSION_COOKIE_NAME,
        "cookie_de_formularios": settings.CSRF_COOKIE_NAME,
    }


# ── Cómo se arma ──────────────────────────────────────────────────────────────────────────────


def _piezas(texto):
    valores = marcas()
    texto = MARCA.sub(lambda marca: valores.get(marca[1], marca[0]), texto)
    piezas = _MARKDOWN.parse(texto)
    _ordenar_titulos(piezas)
    _senalar_cifras(piezas)
    for pieza in piezas:
        for hija in pieza.children or []:
            if hija.type == "link_open" and EXTERNA.match(str(hija.attrs["href"])):
                hija.attrs["rel"] = "noopener noreferrer"
    return piezas


def _ordenar_titulos(piezas):
    """El primero es h2 (h1 es el de la página) y ninguno se salta un nivel."""
    nivel, usadas = 1, set()
    for n, pieza in enumerate(piezas):
        if pieza.type != "heading_open":
            continue
        nivel = min(max(int(pieza.tag[1]), 2), nivel + 1, 4)
        pieza.tag = piezas[n + 2].tag = f"h{nivel}"
        base = ancla = f"t-{slugify(_texto_de(piezas[n + 1])) or n}"
        while ancla in usadas:
            ancla = f"{base}-{len(usadas)}"
        usadas.add(ancla)
        pieza.attrs["id"] = ancla


def _senalar_cifras(piezas):
    """Una lista en que cada renglón empieza por un número en negrilla se ve como cifras."""
    abiertas = []
    for n, pieza in enumerate(piezas):
        if pieza.type == "bullet_list_open":
            abiertas.append((pieza, []))
        elif pieza.type == "list_item_open" and abiertas:
            abiertas[-1][1].append(_empieza_por_cifra(piezas[n + 1 : n + 3]))
        elif pieza.type == "bullet_list_close":
            lista, renglones = abiertas.pop()
            if all(renglones):
                lista.attrs["class"] = "cifras-en-lista"


def _empieza_por_cifra(siguientes):
    hijas = next((p.children for p in siguientes if p.type == "inline"), None) or []
    hijas = [hija for hija in hijas if hija.type != "text" or hija.content]
    return (
        len(hijas) > 1
        and hijas[0].type == "strong_open"
        and bool(CON_NUMERO.match(hijas[1].content))
    )


def _texto_de(pieza: Token) -> str:
    hijas = pieza.children or []
    return "".join(hija.content or (" " if "break" in hija.type else "") for hija in hijas).strip()


def _imagenes_de(pieza):
    return [hija for hija in pieza.children or [] if hija.type == "image"]


def _propia(imagen):
    src = str(imagen.attrs["src"])
    return SUBIDA.fullmatch(src) or CAPTURA.fullmatch(src)


def _imagen(self, tokens, n, options, env):
    """Una imagen ajena no se pide: quien lee no le avisa a otro sitio que estuvo aquí."""
    alternativo = escapeHtml(_texto_de(tokens[n]))
    propia = _propia(tokens[n])
    if not propia:
        return alternativo
    src = propia[0].partition("#")[0]
    if src.startswith("ayuda/"):
        try:
            src = static(f"img/{src}")
        except ValueError:  # el portal no la trae
            return alternativo
    medidas = f' width="{propia["ancho"]}" height="{propia["alto"]}"' if propia["ancho"] else ""
    return f'<img src="{escapeHtml(src)}" alt="{alternativo}"{medidas} loading="lazy">'


def _abrir_tabla(self, tokens, n, options, env):
    """Lo que no cabe se desplaza dentro de la tabla, también con el teclado."""
    columnas = []
    for pieza in tokens[n:]:
        if pieza.type == "thead_close":
            break
        if pieza.type == "inline":
            columnas.append(_texto_de(pieza))
    nombre = escapeHtml("Tabla: " + ", ".join(columnas).lower())
    return f'<div class="tabla" role="region" tabindex="0" aria-label="{nombre}"><table>\n'


def _preparar():
    lector = MarkdownIt("commonmark", {"html": False}).enable("table")
    for nombre, como in {
        "image": _imagen,
        "table_open": _abrir_tabla,
        "table_close": lambda *_: "</table></div>\n",
        "th_open": lambda *_: '<th scope="col">',
        "td_open": lambda *_: "<td>",
    }.items():
        lector.add_render_rule(nombre, como)
    return lector


_MARKDOWN = _preparar()
