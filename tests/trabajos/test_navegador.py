"""Las páginas de los trabajos en Chromium: accesibles, y que se ponen al día solas."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from cuentas.models import Rol
from tests.fabricas import un_usuario
from trabajos.acciones import ejecutar_pendientes, encolar
from trabajos.models import Trabajo
from trabajos.registro import TrabajoRechazado

NORMAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def archivos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def en_curso(trabajo, **campos):
    Trabajo.objects.filter(pk=trabajo.pk).update(
        estado="en_curso", reclamo=trabajo.clave_publica, latido=timezone.now(), **campos
    )


@pytest.fixture
def uno_de_cada(declarar):
    """Uno terminado con archivo, uno vencido, uno fallido, uno a medias y uno atascado."""

    def segun(tarea, *, n):
        if n == 2:
            raise TrabajoRechazado("El archivo no trae fechas. Corríjalo y súbalo otra vez.")
        tarea.adjuntar("Participación por secretaría 2020.xlsx", b"x" * 43_000)

    def uno_de_cada(por):
        declarar(segun)
        dados = [
            encolar("prueba.hacer", por=por, titulo=f"Participación de 202{n}", parametros={"n": n})
            for n in range(3)
        ]
        ejecutar_pendientes()
        Trabajo.objects.filter(pk=dados[1].pk).update(archivo="")
        dados += [encolar("prueba.hacer", por=por, parametros={"n": 0}) for _ in range(2)]
        en_curso(dados[3], hechas=2, total=5, paso="Escribiendo el archivo")
        hace_una_hora = timezone.now() - timedelta(hours=1)
        Trabajo.objects.filter(pk=dados[4].pk).update(no_antes_de=hace_una_hora)
        return dados

    return uno_de_cada


@pytest.mark.parametrize("contraste", ["normal", "alto"])
@pytest.mark.parametrize("ancho", [360, 1280])
def test_axe_no_encuentra_nada(navegador, live_server, uno_de_cada, ancho, contraste):
    administra = un_usuario(Rol.ADMINISTRACION)
    trabajos = uno_de_cada(administra)
    pagina = navegador(usuario=administra, ancho=ancho)
    if contraste == "alto":
        pagina.context.add_cookies([{"name": "contraste", "value": "alto", "url": live_server.url}])

    hallazgos = []
    for direccion in ["/trabajos/", *(trabajo.get_absolute_url() for trabajo in trabajos)]:
        pagina.goto(direccion)
        for falta in Axe().run(pagina, options=NORMAS).response["violations"]:
            hallazgos.append((direccion, falta["id"], [n["html"][:120] for n in falta["nodes"]]))

    assert hallazgos == []


def test_en_un_telefono_la_pagina_no_se_desplaza_de_lado(navegador, uno_de_cada):
    administra = un_usuario(Rol.ADMINISTRACION)
    trabajos = uno_de_cada(administra)
    pagina = navegador(usuario=administra, ancho=320)

    anchos = []
    for direccion in ["/trabajos/", trabajos[3].get_absolute_url()]:
        pagina.goto(direccion)
        anchos.append(pagina.evaluate("document.documentElement.scrollWidth"))

    assert anchos == [320, 320]


def test_el_avance_se_pone_al_dia_solo_y_al_terminar_aparece_el_archivo(navegador, declarar):
    ana = un_usuario()
    declarar(lambda tarea: tarea.adjuntar("Informe.csv", b"uno"))
    trabajo = encolar("prueba.hacer", por=ana)
    en_curso(trabajo, hechas=1, total=4)
    pagina = navegador(usuario=ana)
    pagina.goto(trabajo.get_absolute_url())

    expect(pagina.get_by_text("25 %")).to_be_visible()
    en_curso(trabajo, hechas=3, total=4)
    expect(pagina.get_by_text("75 %")).to_be_visible()
    Trabajo.objects.update(estado="pendiente", reclamo=None)
    ejecutar_pendientes()

    expect(pagina.get_by_role("link", name="Informe.csv (CSV, 3 bytes)")).to_be_visible()


def test_sin_javascript_el_avance_se_actualiza_con_un_enlace(navegador, declarar):
    ana = un_usuario()
    declarar(lambda tarea: None)
    trabajo = encolar("prueba.hacer", por=ana)
    pagina = navegador(usuario=ana, java_script_enabled=False)
    pagina.goto(trabajo.get_absolute_url())

    en_curso(trabajo, hechas=3, total=4)
    pagina.get_by_role("link", name="Actualizar el avance").click()

    expect(pagina.get_by_text("75 %")).to_be_visible()
