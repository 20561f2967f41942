"""El Segundo Encuentro en Chromium: crearlo, convocar, declararse presente, cerrar y leer el acta.

Las cifras son las que el Ministerio reportó de ese día: 94 de las 96 secretarías de entonces.
"""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import expect
from pypdf import PdfReader

from conectate.acciones.presencia import declarar_presente
from conectate.models import Encuentro, Entrega, Sesion
from cuentas.models import Rol
from territorio.models import EntidadTerritorial
from tests.fabricas import un_usuario
from tests.navegador.gestos import pulsar
from trabajos.acciones import ejecutar_pendientes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

DIA = date(2020, 11, 13)
POR_LLAMADA = ["Vaupés", "Vichada", "Guaviare"]
RECLAMA, FALTAN = "Amazonas", ["Uribia", "Maicao"]


@pytest.fixture(autouse=True)
def catalogos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "trabajos.correo.Buzon"
    for orden in ("cargar_aviso", "cargar_territorio", "cargar_tipos_sesion"):
        call_command(orden, verbosity=0)


@pytest.fixture
def reloj():
    with time_machine.travel("2020-11-03T10:00:00-05:00") as viajero:
        yield viajero


@pytest.fixture
def secretarios(reloj):
    """Uno por cada una de las 96."""
    vigentes = EntidadTerritorial.objects.vigentes(DIA)
    return {una.nombre: un_usuario(Rol.SECRETARIO, entidad=una) for una in vigentes}


def crear(pagina):
    pagina.goto(reverse("conectate:nuevo-encuentro"))
    pagina.get_by_label("Ordinal").fill("2.º")
    pagina.get_by_label("Título", exact=True).fill("2.º Encuentro Virtual de Secretarios")
    pagina.get_by_label("Lema").fill("Unidos por un retorno gradual y seguro")
    pagina.get_by_label("Temas del encuentro").fill(
        "Alternancia: balance, perspectivas y nuevos abordajes\nAlimentación escolar"
    )
    pagina.get_by_label("Fecha", exact=True).fill("2020-11-12")
    pagina.get_by_label("Hora de inicio").fill("09:00")
    pagina.get_by_label("Hora de finalización").fill("12:00")
    pagina.get_by_role("button", name="Guardar el encuentro").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Encuentro Virtual")
    return Encuentro.objects.get().sesion


def convocar(pagina, sesion):
    pagina.goto(reverse("conectate:escribir", args=[sesion.pk, "convocatoria"]))
    pagina.get_by_role("button", name="Ver cómo llega").click()
    expect(pagina.get_by_role("main")).to_contain_text("Va a 96 personas")
    pulsar(pagina.get_by_role("button", name="Enviar", exact=True))
    ejecutar_pendientes()


def del_calendario(pagina, sesion):
    archivo = pagina.request.get(reverse("conectate:sesion-ics", args=[sesion.pk])).body()
    (evento,) = Calendar.from_ical(archivo).walk("VEVENT")
    return str(evento["UID"]), int(evento["SEQUENCE"]), evento["DTSTART"].dt.date()


def cambiar_la_fecha(pagina, sesion):
    pagina.goto(reverse("conectate:editar-encuentro", args=[sesion.pk]))
    pagina.get_by_label("Fecha", exact=True).fill(DIA.isoformat())
    pagina.get_by_role("button", name="Guardar el encuentro").click()
    expect(pagina.get_by_role("main")).to_contain_text("13 de noviembre de 2020")


def declararse(pagina, sesion):
    pagina.goto(sesion.get_absolute_url())
    pagina.get_by_role("link", name="Estamos presentes").click()
    pagina.get_by_role("button", name="Estamos presentes").click()
    expect(pagina.get_by_role("main")).to_contain_text("presente")


def registrar_por_llamada(pagina, sesion):
    pagina.goto(reverse("conectate:rejilla", args=[sesion.pk]))
    for nombre in POR_LLAMADA:
        fila = pagina.get_by_role("group", name=nombre)
        fila.get_by_role("radio", name="Presente").check()
    pagina.get_by_role("button", name="Guardar la asistencia").click()
    expect(pagina.locator(".alert-success")).to_be_visible()


def reclamar(pagina, sesion):
    pagina.goto(sesion.get_absolute_url())
    pagina.get_by_role("link", name="Sí asistimos").click()
    pagina.get_by_label("Cuántas personas").fill("2")
    pagina.get_by_label("Qué pasó").fill("Entramos desde una sala y no pudimos declararnos.")
    pagina.get_by_role("button", name="Enviar el reclamo").click()
    expect(pagina.get_by_role("main")).to_contain_text("espera respuesta")


def aceptar_el_reclamo(pagina, sesion):
    pagina.goto(reverse("conectate:responder-reclamo", args=[sesion.reclamos.get().pk]))
    pagina.get_by_label("Aceptarlo: la secretaría").check()
    pulsar(pagina.get_by_role("button", name="Responder"))


def cerrar(pagina, sesion):
    pagina.goto(reverse("conectate:editar-acta", args=[sesion.pk]))
    pagina.get_by_label("Lo que se trató").fill("Balance de la alternancia.")
    pagina.get_by_label("Acuerdos").fill("Compartir los protocolos antes de diciembre.")
    pulsar(pagina.get_by_role("main").get_by_role("button", name="Guardar"))
    pagina.goto(reverse("conectate:cierre", args=[sesion.pk]))
    expect(pagina.get_by_role("main")).to_contain_text("97,9 %")
    pagina.get_by_label("Motivo").fill("Se revisó con el equipo.")
    pulsar(pagina.get_by_role("button", name="Cerrar con estas cifras"))
    sesion.refresh_from_db()
    assert sesion.estado == Sesion.Estado.CERRADA


def leer_el_acta(pagina, sesion):
    pagina.goto(reverse("conectate:acta", args=[sesion.pk]))
    pulsar(pagina.get_by_role("button", name="Descargar en PDF"))
    ejecutar_pendientes()
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name=".pdf (PDF,").click()
    lector = PdfReader(BytesIO(descarga.value.path().read_bytes()))
    return " ".join(" ".join(hoja.extract_text() for hoja in lector.pages).split())


def test_el_segundo_encuentro_de_principio_a_fin(navegador, reloj, secretarios):
    equipo = un_usuario(Rol.EQUIPO_MEN)
    del_equipo = navegador(usuario=equipo)
    sesion = crear(del_equipo)
    convocar(del_equipo, sesion)
    assert Entrega.objects.filter(mensaje__sesion=sesion).count() == 96

    uid, secuencia, dia = del_calendario(del_equipo, sesion)
    cambiar_la_fecha(del_equipo, sesion)
    assert del_calendario(del_equipo, sesion) == (uid, secuencia + 1, DIA)
    assert dia == date(2020, 11, 12)

    reloj.move_to("2020-11-13T09:20:00-05:00")
    no_pulsan = {*POR_LLAMADA, RECLAMA, *FALTAN, "Manizales"}
    for nombre, persona in secretarios.items():
        if nombre not in no_pulsan:
            declarar_presente(sesion=sesion, por=persona)
    declararse(navegador(usuario=secretarios["Manizales"], ancho=360), sesion)
    del_equipo = navegador(usuario=equipo)
    registrar_por_llamada(del_equipo, sesion)

    reloj.move_to("2020-11-14T08:00:00-05:00")
    reclamar(navegador(usuario=secretarios[RECLAMA], ancho=360), sesion)
    del_equipo = navegador(usuario=equipo)
    aceptar_el_reclamo(del_equipo, sesion)
    del_equipo.goto(sesion.get_absolute_url())
    expect(del_equipo.get_by_role("main")).to_contain_text("94 de 96")
    expect(del_equipo.get_by_role("main")).to_contain_text("97,9 %")
    assert del_equipo.locator(".origenes dd").all_inner_texts() == ["90", "0", "3", "1"]
    cerrar(del_equipo, sesion)

    tarde = navegador(usuario=secretarios[FALTAN[0]])
    tarde.goto(reverse("conectate:reclamar", args=[sesion.pk]))
    expect(tarde.get_by_role("main")).to_contain_text("cerrada")
    expect(tarde.get_by_role("button", name="Enviar el reclamo")).to_have_count(0)

    publica = leer_el_acta(tarde, sesion)
    del_ministerio = leer_el_acta(navegador(usuario=equipo), sesion)
    assert "94 de 96" in del_ministerio
    assert [nombre in del_ministerio for nombre in FALTAN] == [True, True]
    assert [nombre in publica for nombre in FALTAN] == [False, False]
