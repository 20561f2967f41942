"""Los textos con que empieza el portal: se entienden, llevan a donde dicen y no pisan a nadie."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from contenidos.acciones.catalogos import CATALOGO
from contenidos.acciones.paginas import cargar_paginas, guardar_version, leer_de_partida
from contenidos.consultas.paginas import AYUDA_DE, version_vigente
from contenidos.models import Pagina
from contenidos.texto_rico import CAPTURA, a_html, imagenes_que_faltan
from cuentas.models import Rol
from tests.fabricas import un_usuario
from tests.lenguaje_claro import frases_de, inflesz

RAIZ = Path(__file__).resolve().parents[2]
ARCHIVOS = sorted((CATALOGO / "paginas").glob("*.md"))
DE_PARTIDA = {archivo.stem: leer_de_partida(archivo.read_text("utf-8")) for archivo in ARCHIVOS}
INFLESZ_MINIMO, PALABRAS_POR_FRASE = 55, 20

cada_pagina = pytest.mark.parametrize("slug", DE_PARTIDA)


# ── Lo que dicen ──────────────────────────────────────────────────────────────────────────────


@cada_pagina
def test_cada_pagina_se_entiende(slug):
    texto = a_html(DE_PARTIDA[slug]["cuerpo"])

    largas = [frase for frase in frases_de(texto) if len(frase.split()) > PALABRAS_POR_FRASE]

    assert largas == []
    assert inflesz(texto) >= INFLESZ_MINIMO


@cada_pagina
def test_cada_pagina_se_puede_guardar_como_esta(slug):
    datos = DE_PARTIDA[slug]

    assert datos["grupo"] in Pagina.Grupo.values
    assert imagenes_que_faltan(datos["cuerpo"]) == ([], [])
    assert len(datos["titulo"]) <= 160
    assert len(datos["resumen"]) <= 300


@cada_pagina
def test_cada_enlace_del_portal_lleva_a_una_direccion_que_existe(slug):
    destinos = re.findall(r'href="(/[^"]*)"', a_html(DE_PARTIDA[slug]["cuerpo"]))

    for destino in destinos:
        hallada = resolve(urlsplit(destino).path)

        if hallada.url_name in {"pagina", "politica", "pagina-de-ayuda"}:
            assert hallada.kwargs["slug"] in DE_PARTIDA


def test_las_capturas_de_la_ayuda_estan_y_pesan_poco():
    nombradas = {
        captura[0] for datos in DE_PARTIDA.values() for captura in CAPTURA.finditer(datos["cuerpo"])
    }
    guardadas = {
        f"ayuda/{archivo.name}": archivo.stat().st_size
        for archivo in (RAIZ / "static/img/ayuda").iterdir()
    }

    assert nombradas == set(guardadas)
    assert max(guardadas.values()) <= 40 * 1024


def test_estan_las_cinco_politicas_y_la_ayuda_de_cada_papel():
    de_grupo = {
        grupo: [slug for slug, datos in DE_PARTIDA.items() if datos["grupo"] == grupo]
        for grupo in ("politicas", "ayuda")
    }

    assert de_grupo["politicas"] == [
        "cookies",
        "datos-personales",
        "derechos-de-autor",
        "seguridad",
        "terminos",
    ]
    assert set(AYUDA_DE.values()) | {"sin-cuenta"} <= set(de_grupo["ayuda"])


def test_los_hechos_de_la_escuela_estan_completos():
    textos = {slug: datos["cuerpo"] for slug, datos in DE_PARTIDA.items()}

    assert "Ver más allá y actuar." in textos["consignas"]
    assert len(re.findall(r"^## \d\.", textos["consignas"], re.M)) == 3
    assert len(re.findall(r"^## \d\.", textos["principios"], re.M)) == 6
    assert textos["ejes-y-lineas"].count("](/") == 7  # cuatro ejes, dos líneas y la alianza
    assert "n.º 059" in textos["alianza-2019"]


@pytest.mark.django_db
def test_la_politica_de_cookies_las_nombra_todas(client):
    cargar_paginas()
    client.force_login(un_usuario(Rol.SECRETARIO))
    client.post(reverse("accesibilidad"), {"cambio": "contraste"})
    client.get("/")

    html = client.get(reverse("contenidos:politica", args=["cookies"])).content.decode()

    assert all(f"<code>{nombre}</code>" in html for nombre in client.cookies)


# ── Cargarlos ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_cargar_otra_vez_no_cambia_nada():
    assert (cargar_paginas(), cargar_paginas()) == (len(ARCHIVOS), 0)


@pytest.mark.django_db
def test_cargar_no_pisa_lo_que_alguien_corrigio():
    cargar_paginas()
    pagina = Pagina.objects.get(slug="que-es")
    guardar_version(
        pagina=pagina,
        por=un_usuario(Rol.ADMINISTRACION),
        vista=1,
        titulo="Qué es",
        cuerpo="Lo corregido.",
    )

    assert cargar_paginas() == 0
    assert version_vigente(pagina).cuerpo == "Lo corregido.\n"


@pytest.mark.django_db
def test_una_pagina_que_nadie_toco_se_pone_al_dia():
    cargar_paginas()
    pagina = Pagina.objects.get(slug="que-es")
    pagina.versiones.update(cuerpo="De la entrega anterior.\n")

    assert cargar_paginas() == 1
    assert version_vigente(pagina).numero == 2
