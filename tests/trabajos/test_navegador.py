"""Las páginas de los trabajos en Chromium: se ponen al día solas y, si no pueden, con un enlace."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.fabricas import un_usuario
from trabajos.acciones import ejecutar_pendientes, encolar
from trabajos.models import Trabajo

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
