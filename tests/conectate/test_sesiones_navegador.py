"""Las páginas de sesiones y participación vistas en Chromium: llenas, vacías y con errores."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from conectate.acciones.sesiones import registrar_aforo
from tests.fabricas import (
    un_tema,
    un_tipo,
    un_usuario,
    una_direccion,
    una_entidad,
    una_participacion,
    una_sesion,
)

NORMAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLORES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PUBLICAS = ["/conectate/", "/conectate/sesiones/", "/conectate/sesiones/?q=nada"]
DEL_MINISTERIO = [
    "/conectate/",
    "/conectate/sesiones/",
    "/conectate/sesiones/nueva/",
    "/conectate/sesiones/{sesion}/",
    "/conectate/sesiones/{vacia}/",
    "/conectate/sesiones/{sesion}/editar/",
    "/conectate/sesiones/{sesion}/estado/cancelada/",
    "/conectate/sesiones/{vacia}/estado/cerrada/",
    "/conectate/sesiones/{sesion}/personas/",
    "/conectate/sesiones/{vacia}/personas/",
    "/conectate/sesiones/{sesion}/materiales/nuevo/",
    "/conectate/materiales/{material}/quitar/",
    "/conectate/sesiones/{sesion}/grabacion/",
    "/conectate/sesiones/{sesion}/aforos/nuevo/",
    "/conectate/participacion/2020/",
    "/conectate/participacion/2019/",
    "/conectate/participacion/2020/matriz/",
    "/conectate/participacion/2020/matriz/?trimestre=4",
    "/conectate/participacion/2020/{codigo}/",
]
DE_SECRETARIA = [
    "/conectate/",
    "/conectate/sesiones/",
    "/conectate/sesiones/{sesion}/",
    "/conectate/sesiones/{vacia}/",
    "/conectate/sesiones/{sesion}/personas/",
    "/conectate/mi-secretaria/",
]
CON_ERRORES = [
    "/conectate/sesiones/nueva/",
    "/conectate/sesiones/{sesion}/materiales/nuevo/",
    "/conectate/sesiones/{sesion}/aforos/nuevo/",
]


@pytest.fixture
def direcciones():
    """Un año con de todo: presentes, ausentes, sin dato, aparte, sin convocatoria y por venir."""
    huila, meta, cauca = una_entidad("Huila"), una_entidad("Meta"), una_entidad("Cauca")
    sesion = una_sesion(
        "Rutas para la permanencia",
        convocadas=[huila, meta],
        temas=[un_tema("Permanencia", padre=un_tema("Trayectorias educativas"))],
        ponentes="Equipo técnico",
        descripcion="De qué se trata.",
        grabacion="https://ejemplo.test/video",
        direccion=una_direccion(),
        minutos_minimos=10,
        audiencia="comunidad",
    )
    una_participacion(sesion, huila)
    una_participacion(sesion, cauca)
    una_participacion(sesion)
    una_participacion(sesion, meta, minutos=2, cuenta=False)
    material = sesion.materiales.create(titulo="Presentación", enlace="https://ejemplo.test/p")
    registrar_aforo(sesion=sesion, personas=489, fuente="YouTube", por=un_usuario())
    sesion.importaciones.create(
        nombre_del_archivo="lista.csv", tamano=1, huella="0" * 64, estado="confirmada"
    )
    vacia = una_sesion("Sin lista", convocadas=[huila, meta])
    una_participacion(una_sesion("Faltó", convocadas=[huila, meta]), meta)
    una_participacion(una_sesion("Cauca fue", convocadas=[cauca]), huila)
    reunion = una_sesion(tipo=un_tipo("reunion", conteo="aparte"), convocadas=[huila])
    una_participacion(reunion, huila)
    una_participacion(una_sesion(tipo=un_tipo("dialogo"), convocadas=[huila]), huila)
    una_sesion(
        "Por venir",
        estado="convocada",
        fecha=timezone.localdate() + timedelta(days=3),
        audiencia="comunidad",
        convocadas=[huila],
        enlace="https://reunion.example/abc",
    )
    una_sesion("De otro año", fecha=date(2019, 3, 1), estado="cancelada", convocadas=[huila])
    nombres = {
        "sesion": sesion.pk,
        "vacia": vacia.pk,
        "material": material.pk,
        "codigo": huila.codigo_dane,
    }
    return huila, lambda lista: [direccion.format(**nombres) for direccion in lista]


def faltas(pagina, donde):
    """Lo que axe encuentra y lo que se sale de lado, en un teléfono y en un escritorio."""
    hallazgos = []
    for ancho in (360, 1280):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        hallazgos += _violaciones(pagina, (donde, ancho), NORMAS)
        if pagina.evaluate("document.documentElement.scrollWidth > innerWidth"):
            hallazgos.append((donde, ancho, "se desplaza de lado"))
    # En alto contraste cambian los colores y nada más; sin transiciones, cambian de una vez.
    pagina.emulate_media(reduced_motion="reduce")
    pagina.evaluate("document.documentElement.classList.add('contraste-alto')")
    return hallazgos + _violaciones(pagina, (donde, "alto contraste"), COLORES)


def _violaciones(pagina, donde, opciones):
    violaciones = Axe().run(pagina, options=opciones).response["violations"]
    return [
        (*donde, falta["id"], [nodo["html"][:120] for nodo in falta["nodes"]])
        for falta in violaciones
    ]


@pytest.mark.parametrize(
    ("rol", "lista"),
    [(None, PUBLICAS), ("administracion", DEL_MINISTERIO), ("secretario", DE_SECRETARIA)],
)
def test_axe_no_encuentra_nada_en_las_paginas_de_sesiones(navegador, direcciones, rol, lista):
    huila, llenas = direcciones
    pagina = navegador(
        usuario=rol and un_usuario(rol, entidad=huila if rol == "secretario" else None)
    )

    hallazgos = []
    for direccion in llenas(lista):
        assert pagina.goto(direccion).status == 200
        hallazgos += faltas(pagina, direccion)

    assert hallazgos == []


def test_los_formularios_con_errores_tambien_son_accesibles(navegador, direcciones):
    _, llenas = direcciones
    pagina = navegador(usuario=un_usuario())

    hallazgos = []
    for direccion in llenas(CON_ERRORES):
        pagina.goto(direccion)
        pagina.evaluate("document.querySelector('main form').noValidate = true")
        pagina.get_by_role("button", name="Guardar").click()
        hallazgos += faltas(pagina, direccion)
        assert pagina.locator(".errores-de-formulario").count() == 1

    assert hallazgos == []


def test_una_sesion_se_crea_sin_javascript(navegador):
    una_entidad("Huila")
    un_tipo()
    pagina = navegador(usuario=un_usuario(), java_script_enabled=False)

    pagina.goto("/conectate/sesiones/nueva/")
    pagina.get_by_label("Título", exact=True).fill("Rutas para la permanencia")
    pagina.get_by_label("Tipo", exact=True).select_option(label="Informativa")
    pagina.get_by_label("Fecha", exact=True).fill("2020-06-09")
    pagina.get_by_label("Ya se realizó").check()
    pagina.get_by_role("button", name="Guardar la sesión").click()

    assert pagina.get_by_role("heading", level=1).inner_text() == "Rutas para la permanencia"
    assert "Convoca a 1 secretaría." in pagina.locator(".alert-success").inner_text()
