"""Lo que la página pesa, de dónde viene lo que trae y si sus colores se distinguen."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from conectate.models import Sesion
from tests.fabricas import una_entidad, una_participacion, una_sesion

RAIZ = Path(__file__).resolve().parent.parent.parent
ESTATICO = re.compile(r'(?:href|src)="/static/([^"#]+)')

pytestmark = pytest.mark.django_db


def leer(client, direccion):
    return client.get(direccion).content.decode()


# ── Peso y piezas ajenas ──────────────────────────────────────────────────────────────────────


def lo_que_pide(html):
    """Cada archivo que la página trae, con lo que pesa comprimido."""
    nombres = set(ESTATICO.findall(html))
    for hoja in [nombre for nombre in nombres if nombre.endswith(".css")]:
        for referencia in re.findall(r'url\("([^"]+)"\)', contenido(hoja).decode()):
            if not referencia.startswith("data:"):
                nombres.add(str(Path(hoja).parent / referencia).replace("css/../", ""))
    return {nombre: len(brotli.compress(contenido(nombre))) for nombre in nombres}


def contenido(nombre):
    return Path(finders.find(nombre)).read_bytes()


def test_la_primera_vista_pesa_poco_y_pide_poco(client):
    for n in range(97):
        una_entidad(nombre=f"Entidad {n}")
    for n in range(5):
        una_participacion(
            una_sesion(
                audiencia=Sesion.Audiencia.COMUNIDAD, titulo=f"Una sesión con título largo {n}"
            )
        )
    html = leer(client, "/")

    pesos = lo_que_pide(html)
    total = sum(pesos.values()) + len(gzip.compress(html.encode()))

    assert total < 70_000
    assert len(pesos) + 1 <= 10
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".css")) < 16_000
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".js")) < 6_000
    assert sum(peso for nombre, peso in pesos.items() if nombre.endswith(".woff2")) < 28_000


def test_la_pagina_siguiente_trae_casi_nada(client):
    ya_estan = lo_que_pide(leer(client, "/"))
    html = leer(client, reverse("seccion", args=["conectarme-y-compartir"]))

    nuevos = {nombre: peso for nombre, peso in lo_que_pide(html).items() if nombre not in ya_estan}

    assert sum(nuevos.values()) + len(gzip.compress(html.encode())) < 15_000


def test_ninguna_pagina_trae_nada_de_terceros(client):
    html = leer(client, "/")

    traidos = re.findall(
        r'<(?:link|script|img|iframe|use|source)\b[^>]*(?:href|src)="([^"]+)"', html
    )

    assert {origen for origen in traidos if not origen.startswith("/static/")} == set()


def test_cada_pieza_ajena_tiene_su_huella_anotada():
    anotadas = dict(
        re.findall(
            r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|",
            (RAIZ / "static/vendor/LEEME.md").read_text(),
        )
    )

    reales = {
        archivo.name: hashlib.sha256(archivo.read_bytes()).hexdigest()
        for archivo in (RAIZ / "static/vendor").iterdir()
        if archivo.suffix not in {".md", ".txt"}
    }

    assert anotadas == reales


# ── Color ─────────────────────────────────────────────────────────────────────────────────────


def luminancia(color):
    color = color.lstrip("#")
    color = "".join(c * 2 for c in color) if len(color) == 3 else color
    canales = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contraste(uno, otro):
    claro, oscuro = sorted((luminancia(uno), luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def colores(tema):
    css = (RAIZ / "static/css/base.css").read_text(encoding="utf-8")

    def de(selector):
        bloque = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", css, re.S | re.M).group(1)
        return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", bloque))

    return de(":root") if tema == "normal" else {**de(":root"), **de(".contraste-alto")}


@pytest.mark.parametrize("tema", ["normal", "alto"])
@pytest.mark.parametrize(
    ("texto", "fondos"),
    [
        ("tinta", ["fondo", "papel", "niebla", "verde-papel", "ambar-papel", "rojo-papel"]),
        ("gris", ["fondo", "papel", "niebla"]),
        ("cobalto", ["fondo", "papel", "niebla"]),
        ("cobalto-hondo", ["fondo", "papel", "niebla"]),
        ("rojo", ["fondo", "rojo-papel", "papel"]),
        ("verde", ["fondo", "verde-papel", "papel"]),
        ("ambar", ["fondo", "ambar-papel", "papel"]),
        ("sobre-cobalto", ["barra"]),
    ],
)
def test_todo_texto_se_distingue_de_su_fondo(tema, texto, fondos):
    color = colores(tema)

    flojos = {f for f in fondos if contraste(color[texto], color[f]) < 4.5}

    assert flojos == set()


@pytest.mark.parametrize("tema", ["normal", "alto"])
def test_bordes_de_campo_y_foco_se_distinguen(tema):
    color = colores(tema)

    assert contraste(color["borde"], color["fondo"]) >= 3
    assert contraste(color["foco"], color["fondo"]) >= 3
