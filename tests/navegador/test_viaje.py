"""El viaje entero en Chromium: entrar, crear la sesión, soltar el archivo, resolver y descargar.

Se hace dos veces: con JavaScript, el teclado y un archivo de Zoom; y sin JavaScript y uno de Teams.
"""

from datetime import date, time
from io import BytesIO

import openpyxl
import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from conectate.models import Decision, Importacion, Sesion
from cuentas.models import Rol
from territorio.models import Alias, Dominio, EntidadTerritorial
from tests.conectate.archivos import de_zoom, importar
from tests.conectate.lectura.fabrica_archivos import Alguien, como_csv, como_teams, dma_de_zoom
from tests.conectate.lectura.fabrica_otras import participantes
from tests.conectate.lectura.fabrica_teams import informe
from tests.fabricas import SECRETO_TOTP, un_tipo, un_usuario, una_direccion, una_entidad, una_sesion
from tests.navegador.gestos import pulsar
from trabajos.acciones import ejecutar_pendientes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

CLAVE = "el tinto de la tarde sabe a cedro"
DIA = date(2020, 6, 9)
UNA_HORA = ((time(9), time(10)),)
GENTE = [
    Alguien("Rosa Inventada", "rosa@huila.edu.example", UNA_HORA),
    Alguien("Luis Inventado", "luis@semneiva.gov.example", UNA_HORA),
    Alguien("Marta Inventada", "marta@semneiva.gov.example", UNA_HORA),
    Alguien("Pedro Sin Pista", "", UNA_HORA),
    Alguien("read.ai meeting notes", "", UNA_HORA),
]
DE_ZOOM = ("participants_900.csv", como_csv(participantes("es_2024", dma_de_zoom, GENTE, DIA)))
DE_TEAMS = ("Informe de asistencia.csv", como_teams(informe(gente=GENTE, dia=DIA)))


@pytest.fixture(autouse=True)
def territorio(settings, tmp_path):
    """Tres secretarías con sus códigos de siempre, y un dominio ya conocido."""
    settings.MEDIA_ROOT = tmp_path
    call_command("cargar_aviso", verbosity=0)
    un_tipo()
    huila = una_entidad("Huila", codigo_dane="41", tipo="departamento")
    una_entidad("Neiva", codigo_dane="41001")
    una_entidad("Medellín", codigo_dane="05001")
    Dominio.objects.create(dominio="huila.edu.example", entidad=huila)


@pytest.fixture
def equipo():
    return un_usuario(Rol.EQUIPO_MEN, direccion=una_direccion(), password=CLAVE)


def entrar(pagina, persona):
    """Con su contraseña y, si es del Ministerio, con el código de su teléfono."""
    pagina.goto(reverse("account_login"))
    pagina.get_by_label("Correo electrónico").fill(persona.email)
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.get_by_role("main").get_by_role("button", name="Entrar").click()
    if persona.es_del_ministerio:
        contador = list(yield_hotp_counters_from_time())[1]
        codigo = format_hotp_value(hotp_value(SECRETO_TOTP, contador))
        pagina.get_by_label("Código").fill(codigo)
        pagina.get_by_role("main").get_by_role("button", name="Entrar").click()
    expect(pagina).to_have_url("/mi-portal/")


def crear_la_sesion(pagina):
    pagina.goto(reverse("conectate:sesiones"))
    pagina.get_by_role("main").get_by_role("link", name="Nueva sesión").first.click()
    pagina.get_by_label("Título", exact=True).fill("Rutas para la permanencia")
    pagina.get_by_label("Tipo", exact=True).select_option(label="Informativa")
    pagina.get_by_label("Fecha", exact=True).fill(DIA.isoformat())
    pagina.get_by_label("Ya se realizó").check()
    pagina.get_by_role("button", name="Guardar la sesión").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Rutas para la permanencia")
    return Sesion.objects.get()


def soltar(pagina, nombre, datos):
    pagina.wait_for_load_state()  # antes, el guion que recibe el archivo puede no estar
    arrastre = pagina.evaluate_handle(
        """([nombre, bytes]) => {
            const arrastre = new DataTransfer();
            arrastre.items.add(new File([new Uint8Array(bytes)], nombre));
            return arrastre;
        }""",
        [nombre, list(datos)],
    )
    pagina.dispatch_event(".zona-archivo", "drop", {"dataTransfer": arrastre})
    expect(pagina.locator(".zona-archivo output")).to_contain_text(nombre)


def resolver_con_el_teclado(pagina):
    """Sin tocar el ratón: al primero, su sugerencia; al segundo, otra respuesta."""
    expect(pagina.get_by_text("Responder con el teclado")).to_be_visible()
    pagina.keyboard.press("j")
    expect(pagina.locator("[data-grupo]").first).to_be_focused()
    pagina.keyboard.press("1")
    expect(pagina.locator("[data-grupo]").nth(1)).to_be_focused()
    pagina.keyboard.press("o")
    pagina.keyboard.type("Universidad de Prueba")
    pagina.keyboard.press("Enter")


def resolver_con_formularios(pagina):
    pagina.get_by_role("button", name="Neiva").click()
    expect(pagina.locator(".alert-success")).to_contain_text("@semneiva.gov.example: Neiva")
    pagina.get_by_text("No es de una secretaría", exact=True).click()
    pagina.get_by_label("No es de una secretaría: es de").fill("Universidad de Prueba")
    pagina.get_by_role("button", name="Asignar").last.click()


def cifras_por_secretaria(pagina):
    """Lo que dice la tabla de la sesión: entidad → (participó, personas)."""
    filas = pagina.get_by_role("region", name="secretarías convocadas estuvieron").get_by_role(
        "row"
    )
    celdas = [fila.get_by_role("cell").all_inner_texts() for fila in filas.all()[1:]]
    nombres = [fila.get_by_role("rowheader").inner_text() for fila in filas.all()[1:]]
    return {nombre: (fila[0], fila[2]) for nombre, fila in zip(nombres, celdas, strict=True)}


def pedir_el_excel(pagina, con_javascript):
    """Lo pide, ve el avance y lo baja cuando está."""
    pagina.get_by_role("button", name="Excel : las cifras de la sesión", exact=True).click()
    expect(pagina.get_by_role("progressbar")).to_be_visible()
    ejecutar_pendientes()  # lo que haría el trabajador
    if not con_javascript:
        pagina.get_by_role("link", name="Actualizar el avance").click()
    enlace = pagina.get_by_role("link", name=".xlsx (Excel,")
    expect(enlace).to_be_visible()
    with pagina.expect_download() as descarga:
        enlace.click()
    assert descarga.value.suggested_filename.endswith(".xlsx")
    return openpyxl.load_workbook(BytesIO(descarga.value.path().read_bytes()))


@pytest.mark.parametrize(
    ("con_javascript", "archivo"),
    [(True, DE_ZOOM), (False, DE_TEAMS)],
    ids=["zoom", "teams-sin-js"],
)
def test_del_archivo_a_las_cifras(navegador, equipo, con_javascript, archivo):
    nombre, datos = archivo
    pagina = navegador(java_script_enabled=con_javascript)

    entrar(pagina, equipo)
    sesion = crear_la_sesion(pagina)
    pagina.get_by_role("main").get_by_role("link", name="Subir asistencia").first.click()
    if con_javascript:
        soltar(pagina, nombre, datos)
    else:
        pagina.get_by_label("Archivo de asistencia").set_input_files(
            {"name": nombre, "mimeType": "text/csv", "buffer": datos}
        )
    pagina.get_by_role("button", name="Subir y revisar").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Revise antes de confirmar")
    expect(pagina.get_by_role("main")).to_contain_text("4 personas. Aparte, 1 programa")
    expect(pagina.locator(".dudas")).to_contain_text("@semneiva.gov.example")
    assert sesion.participaciones.count() == 0
    pagina.get_by_role("button", name="Confirmar 4 asistentes").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Archivo confirmado")
    pagina.get_by_role("link", name="Resolver las dudas").click()
    (resolver_con_el_teclado if con_javascript else resolver_con_formularios)(pagina)
    expect(pagina.get_by_text("No queda nadie por identificar en esta sesión.")).to_be_visible()
    pulsar(pagina.get_by_role("main").get_by_role("link", name="Ver la sesión"))

    assert cifras_por_secretaria(pagina) == {
        "Huila": ("Sí", "1"),
        "Medellín": ("No", "0"),
        "Neiva": ("Sí", "2"),
    }
    libro = pedir_el_excel(pagina, con_javascript)
    filas = list(libro["Entidades"].values)
    assert [fila[:7] for fila in filas if fila[0] in ("41", "05001", "41001")] == [
        ("41", "Huila", "Departamento de prueba", "Sí", "presente", 1, 60),
        ("05001", "Medellín", "Departamento de prueba", "Sí", "ausente", 0, None),
        ("41001", "Neiva", "Departamento de prueba", "Sí", "presente", 2, 120),
    ]

    deshacer(pagina, sesion)


def deshacer(pagina, sesion):
    """La sesión queda como estaba, y lo aprendido se olvida."""
    pagina.goto(sesion.importaciones.get().get_absolute_url())
    pagina.get_by_role("link", name="Deshacer esta importación").click()
    pagina.get_by_role("button", name="Deshacer", exact=True).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Importación deshecha")
    pagina.goto(sesion.get_absolute_url())

    expect(pagina.get_by_text("Aún no hay asistencia.")).to_be_visible()
    assert sesion.importaciones.get().estado == Importacion.Estado.DESHECHA
    assert sesion.participaciones.count() == 0
    assert Decision.objects.vigentes().count() == 0
    assert list(Dominio.objects.values_list("dominio", flat=True)) == ["huila.edu.example"]
    assert Alias.objects.count() == 0


@pytest.mark.parametrize("con_javascript", [True, False])
def test_una_secretaria_lee_lo_suyo_y_lo_ajeno_no_existe(navegador, con_javascript):
    huila, neiva = (EntidadTerritorial.objects.get(codigo_dane=c) for c in ("41", "41001"))
    sesion = una_sesion("Rutas para la permanencia", convocadas=[huila, neiva])
    importar(sesion, de_zoom(("Rosa Inventada", "rosa@huila.edu.example", "09:00", "10:00")))
    ajena = una_sesion("Solo para Neiva", convocadas=[neiva])
    pagina = navegador(java_script_enabled=con_javascript, ancho=360)

    entrar(pagina, un_usuario(Rol.SECRETARIO, entidad=huila, password=CLAVE))
    pagina.goto(reverse("conectate:mi-secretaria"))

    expect(pagina.get_by_role("main")).to_contain_text("1 de 1")
    pagina.get_by_role("link", name="Rutas para la permanencia").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Rutas para la permanencia")
    assert pagina.goto(ajena.get_absolute_url()).status == 404
    assert (
        pagina.goto(reverse("conectate:participacion-entidad", args=[2020, "41001"])).status == 404
    )
