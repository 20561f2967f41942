"""El recorrido de quien lidera un grupo: los veinte grupos, la visita a Caquetá y lo que deja.

La visita se hace dos veces, con JavaScript y sin él, en un teléfono.
"""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from acompanamiento.acciones.catalogo import cargar_acompanamiento
from acompanamiento.models import Compromiso, Contacto, Envio, Foto, Grupo, Pertenencia
from cuentas.models import Rol
from territorio.models import EntidadTerritorial
from tests.archivos_de_prueba import una_imagen
from tests.fabricas import un_usuario, una_direccion
from tests.fabricas_de_acompanamiento import un_compromiso, un_contacto, un_grupo, un_lider
from tests.navegador.gestos import pulsar
from trabajos.acciones import ejecutar_pendientes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Abrir Chromium deja tomas por cerrar cuando el proceso termina; no son del portal.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

DESDE = date(2020, 1, 20)  # ese año las entidades certificadas eran 96
LAS_SIETE = [
    *("Norte de Santander", "Cúcuta", "San Andrés", "Villavicencio", "Meta", "Palmira"),
    "Caquetá",
]


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for catalogo in ("cargar_territorio", "cargar_direcciones", "cargar_temas"):
        call_command(catalogo, verbosity=0)
    cargar_acompanamiento()


@pytest.fixture
def caqueta():
    return EntidadTerritorial.objects.get(codigo_dane="18")


def listado(entidades) -> bytes:
    """Veinte grupos: dieciséis de cinco y cuatro de cuatro."""
    salida = io.StringIO()
    hoja = csv.writer(salida)
    hoja.writerow(["Grupo", "Código", "Secretaría"])
    hoja.writerows([1 + n % 20, una.codigo_dane, una.nombre] for n, una in enumerate(entidades))
    return salida.getvalue().encode()


def subir_el_listado(pagina, datos):
    pagina.goto(reverse("acompanamiento:nuevo-listado-de-grupos"))
    pagina.get_by_label("Archivo").set_input_files(
        {"name": "grupos.csv", "mimeType": "text/csv", "buffer": datos}
    )
    pagina.get_by_label("Desde qué día valen").fill(DESDE.isoformat())
    pulsar(pagina.get_by_role("main").locator("form button[type=submit]").first)
    ejecutar_pendientes()


def abrir_todo(pagina):
    pagina.locator("main details").evaluate_all("todos => todos.forEach(uno => uno.open = true)")


def guardar(pagina):
    pagina.get_by_role("button", name="Guardar", exact=True).click()


def empezar_visita(pagina, entidad, asunto):
    pagina.goto(reverse("acompanamiento:nuevo-contacto"))
    abrir_todo(pagina)
    pagina.get_by_label("Secretaría", exact=True).select_option(entidad.codigo_dane)
    pagina.get_by_label("Visita presencial").check()
    pagina.get_by_label("De qué se trató").fill(asunto)


# ── Los grupos ────────────────────────────────────────────────────────────────────────────────


def test_el_listado_deja_veinte_grupos_y_repetirlo_no_cambia_nada(navegador):
    datos = listado(EntidadTerritorial.objects.vigentes(DESDE).order_by("codigo_dane"))
    pagina = navegador(usuario=un_usuario(Rol.ADMINISTRACION))

    subir_el_listado(pagina, datos)
    cifras = pagina.locator(".cifras-de-listado").inner_text().split()
    assert cifras[:2] == ["96", "nuevas"]
    assert Pertenencia.objects.count() == 0
    pagina.get_by_role("button", name="Confirmar el listado").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Los grupos quedaron así")
    subir_el_listado(pagina, datos)

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Este listado no cambia nada")
    pagina.goto(f"{reverse('acompanamiento:grupos')}?fecha=2020-12-01")
    leido = pagina.get_by_role("main")
    expect(leido).to_contain_text("16 grupos de 5 y 4 grupos de 4")
    assert (Grupo.objects.count(), Pertenencia.objects.count()) == (20, 96)
    assert Pertenencia.objects.values("entidad").distinct().count() == 96


def test_la_entrada_nombra_las_siete_visitas_de_2020_a_quien_llegue(navegador):
    pagina = navegador(ancho=360)

    pagina.goto(reverse("acompanamiento:entrada"))

    leido = pagina.get_by_role("main").inner_text()
    assert [nombre for nombre in LAS_SIETE if nombre not in leido] == []
    expect(pagina.get_by_role("main")).to_contain_text("secretarías visitadas en persona")


# ── La visita ─────────────────────────────────────────────────────────────────────────────────


def registrar_la_visita(pagina, caqueta):
    empezar_visita(pagina, caqueta, "Planes de alternancia")
    pagina.get_by_label("Texto del acta").fill("Se recorrieron dos sedes y se revisó el plan.")
    pagina.get_by_label("Acuerdos").fill("Volver a mirar el plan en un mes.")
    pagina.get_by_label("Líder de planeación").fill("2")
    guardar(pagina)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Planes de alternancia")
    return Contacto.objects.get()


def agregar_compromiso(pagina, visita, texto, responsable):
    pagina.goto(f"{reverse('acompanamiento:nuevo-compromiso')}?contacto={visita.clave}")
    pagina.get_by_label("A qué se compromete").fill(texto)
    pagina.get_by_label("Quién responde").select_option(label=responsable)
    pagina.get_by_label("10 días hábiles").check()
    pagina.get_by_role("button", name="Registrar", exact=True).click()
    expect(pagina.get_by_role("main")).to_contain_text(texto)


def subir_dos_fotos(pagina, visita):
    pagina.goto(reverse("acompanamiento:archivos-del-contacto", args=[visita.clave]))
    fotos = [
        {
            "name": f"sede {n}.jpg",
            "mimeType": "image/jpeg",
            "buffer": una_imagen(400 + n, 300, "JPEG"),
        }
        for n in (1, 2)
    ]
    formulario = pagina.locator("form", has=pagina.locator("input[name=que][value=foto]"))
    formulario.locator("input[type=file]").set_input_files(fotos)
    formulario.locator("input[type=text], textarea").first.fill("La sede principal")
    formulario.locator("input[type=checkbox]").check()
    formulario.get_by_role("button", name="Subir las fotos").click()
    expect(pagina.get_by_role("main").locator("img")).to_have_count(2)


@pytest.mark.parametrize("con_javascript", [True, False], ids=["con-js", "sin-js"])
def test_una_visita_con_acta_fotos_y_tres_compromisos(navegador, caqueta, con_javascript):
    direccion = una_direccion("Dirección de Calidad")
    lider = un_lider(direccion=direccion)
    grupo = un_grupo(caqueta, lider=lider, numero=7)
    pagina = navegador(usuario=lider, ancho=360, java_script_enabled=con_javascript)

    visita = registrar_la_visita(pagina, caqueta)
    subir_dos_fotos(pagina, visita)
    agregar_compromiso(pagina, visita, "Enviar la guía", "Dirección de Calidad")
    agregar_compromiso(pagina, visita, "Programar el taller", "Dirección de Calidad")
    agregar_compromiso(pagina, visita, "Entregar el plan corregido", "Área de planeación")

    assert (visita.grupo, visita.estado, Foto.objects.count()) == (grupo, "completo", 2)
    assert list(visita.compromisos.order_by("pk").values_list("lado", flat=True)) == [
        *("ministerio", "ministerio", "entidad")
    ]
    pagina.goto(reverse("acompanamiento:secretaria", args=["18"]))
    expect(pagina.locator(".hitos").first).to_contain_text("Planes de alternancia")
    pagina.goto(f"{reverse('acompanamiento:compromisos')}?grupo=7")
    expect(pagina.get_by_role("main")).to_contain_text("Entregar el plan corregido")
    el_acta_se_firma(pagina, visita)
    la_secretaria_recibe_su_compromiso(navegador, caqueta, visita)


def el_acta_se_firma(pagina, visita):
    pagina.goto(reverse("acompanamiento:acta-de-contacto", args=[visita.clave]))
    pulsar(pagina.get_by_role("button", name="Preparar el PDF para firmar"))
    ejecutar_pendientes()
    pagina.reload()
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="PDF").first.click()
    acta = PdfReader(descarga.value.path())
    escrito = " ".join(hoja.extract_text() for hoja in acta.pages)
    assert acta.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for dicho in ("Se recorrieron dos sedes", "Entregar el plan corregido", "Nombre y firma"):
        assert dicho in escrito


def la_secretaria_recibe_su_compromiso(navegador, caqueta, visita):
    suya = navegador(usuario=un_usuario(Rol.SECRETARIO, entidad=caqueta), ancho=360)
    suya.goto(reverse("acompanamiento:compromisos"))
    expect(suya.get_by_role("main")).to_contain_text("Entregar el plan corregido")
    ajena = navegador(usuario=un_usuario(Rol.SECRETARIO))
    assert ajena.goto(visita.get_absolute_url()).status == 404


def test_visitar_a_la_de_otro_grupo_pide_decir_por_que(navegador, caqueta):
    meta = EntidadTerritorial.objects.get(codigo_dane="50")
    lider = un_lider()
    un_grupo(caqueta, lider=lider, numero=7)
    un_grupo(meta, numero=8)
    pagina = navegador(usuario=lider, ancho=360)

    empezar_visita(pagina, meta, "Apoyo al otro grupo")
    guardar(pagina)

    expect(pagina.locator(".errores-de-formulario")).to_be_focused()
    assert Contacto.objects.count() == 0
    abrir_todo(pagina)
    expect(pagina.get_by_label("De qué se trató")).to_have_value("Apoyo al otro grupo")
    pagina.get_by_label("¿Por qué la contactó usted?").fill("Cubrí una ausencia.")
    guardar(pagina)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Apoyo al otro grupo")
    assert Contacto.objects.get().grupo.numero == 8


def test_dos_personas_en_la_misma_visita_escogen_campo_por_campo(navegador, caqueta, client):
    lider, colega = un_lider(nombre="Líder de Prueba"), un_lider(nombre="Colega de Prueba")
    grupo = un_grupo(caqueta, lider=lider)
    grupo.integrantes.create(persona=colega, papel="tecnico", desde=grupo.desde)
    visita = un_contacto(
        caqueta, canal="visita_presencial", grupo=grupo, asunto="Primera versión", clave=uuid4()
    )
    editar = reverse("acompanamiento:editar-contacto", args=[visita.clave])
    una = navegador(usuario=lider, ancho=360)
    client.cookies.clear()  # que entrar la otra no cierre la sesión de la primera
    otra = navegador(usuario=colega)

    for pagina in (una, otra):
        pagina.goto(editar)
        abrir_todo(pagina)
    otra.get_by_label("De qué se trató").fill("Lo que escribió la colega")
    otra.get_by_label("Acuerdos").fill("Los acuerdos de la colega")
    guardar(otra)
    expect(otra.get_by_role("heading", level=1)).to_have_text("Lo que escribió la colega")
    una.get_by_label("De qué se trató").fill("Lo que escribió la líder")
    pulsar(una.get_by_role("button", name="Guardar", exact=True))

    expect(una.get_by_role("heading", level=1)).to_have_text("Escoger con qué quedarse")
    leido = una.get_by_role("main")
    expect(leido).to_contain_text("Lo que escribió la colega")
    expect(leido).to_contain_text("Lo que escribió la líder")
    una.locator("fieldset", has_text="De qué se trató").locator("input[value=suyo]").check()
    for campo in una.locator("fieldset.diferencia").all():
        if not campo.locator("input:checked").count():
            campo.locator("input[value=guardado]").check()
    pulsar(una.get_by_role("button", name="Guardar lo escogido"))
    visita.refresh_from_db()
    assert (visita.asunto, visita.acuerdos) == (
        "Lo que escribió la líder",
        "Los acuerdos de la colega",
    )
    assert Envio.objects.en_conflicto().count() == 0


# ── Lo que viene primero ──────────────────────────────────────────────────────────────────────


def test_en_el_semaforo_van_primero_las_que_nunca_han_tenido_contacto(navegador, caqueta):
    lider, hoy = un_lider(), timezone.localdate()
    meta, huila = (EntidadTerritorial.objects.get(codigo_dane=uno) for uno in ("50", "41"))
    un_grupo(caqueta, meta, huila, lider=lider, numero=7)
    un_contacto(caqueta, fecha=hoy)
    un_contacto(meta, fecha=hoy - timedelta(days=40))
    pagina = navegador(usuario=lider, ancho=360)

    pagina.goto(f"{reverse('acompanamiento:semaforo')}?grupo=7")

    assert pagina.locator(".semaforo h3").all_inner_texts() == ["Huila", "Meta", "Caquetá"]


def test_en_dos_clics_desde_la_portada_se_llega_a_lo_vencido_del_grupo(navegador, caqueta):
    lider, hace = un_lider(), timezone.localdate() - timedelta(days=9)
    un_grupo(caqueta, lider=lider, numero=7)
    un_compromiso(caqueta, texto="Lo que se venció", vence_el=hace)
    meta = EntidadTerritorial.objects.get(codigo_dane="50")
    un_grupo(meta, numero=8)
    un_compromiso(meta, texto="Lo de otro grupo", vence_el=hace)
    pagina = navegador(usuario=lider, ancho=360)

    pagina.goto(reverse("portada"))
    pagina.get_by_role("main").get_by_role("link", name="Juntos lo Vamos a Lograr").first.click()
    pulsar(pagina.get_by_role("main").get_by_role("link", name="vencido").first)

    expect(pagina.get_by_role("main")).to_contain_text("Lo que se venció")
    assert "Lo de otro grupo" not in pagina.get_by_role("main").inner_text()
    assert Compromiso.objects.vencidos().count() == 2
