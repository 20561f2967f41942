"""Manizales mira su año: 43 de 45, lo que se perdió y sus constancias, en Chromium y a 360 px."""

import csv
import zipfile
from datetime import date, timedelta
from io import BytesIO, TextIOWrapper

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from conectate.models import Sesion
from cuentas.models import Rol
from tests.fabricas import (
    un_tipo,
    un_usuario,
    una_entidad,
    una_participacion,
    una_sesion,
)
from tests.fabricas_de_contenidos import un_material
from tests.navegador.gestos import pulsar
from trabajos.acciones import ejecutar_pendientes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ASISTE = "Rosa Inventada Ñáñez"


@pytest.fixture
def manizales(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return una_entidad("Manizales", codigo_dane="17001")


@pytest.fixture
def huila():
    return una_entidad("Huila", codigo_dane="41")


@pytest.fixture
def la_vigencia_de_manizales(manizales, huila):
    """45 informativas cerradas; a las dos últimas no fue, y quedaron con su material."""
    tipo = un_tipo("informativa", plural="Informativas")
    for n in range(45):
        sesion = una_sesion(
            f"Informativa {n + 1}",
            tipo=tipo,
            fecha=date(2020, 2, 4) + timedelta(days=5 * n),
            estado=Sesion.Estado.CERRADA,
            convocadas=[manizales, huila],
        )
        if n < 43:
            una_participacion(sesion, manizales, nombre=ASISTE)
        else:
            una_participacion(sesion, huila)
            un_material(sesion, enlace="https://ejemplo.test/presentacion")


def bajar_las_constancias(pagina):
    pulsar(pagina.get_by_role("button", name="Descargar todas las de 2020 (ZIP)"))
    ejecutar_pendientes()
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name=".zip (ZIP,").click()
    return zipfile.ZipFile(BytesIO(descarga.value.path().read_bytes()))


def texto_del_pdf(datos):
    paginas = PdfReader(BytesIO(datos)).pages
    return " ".join(" ".join(pagina.extract_text() for pagina in paginas).split())


def test_manizales_mira_su_participacion_de_2020(
    navegador, manizales, huila, la_vigencia_de_manizales
):
    persona = un_usuario(Rol.EQUIPO_SECRETARIA, entidad=manizales, nombre="Quien Descarga")
    pagina = navegador(usuario=persona, ancho=360)

    pagina.goto(reverse("conectate:mi-secretaria"))
    principal = pagina.get_by_role("main")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Manizales")
    expect(principal).to_contain_text("43 de 45")
    expect(principal).to_contain_text("95,6 %")
    expect(principal).to_contain_text("43 de 45, mención especial")

    pagina.get_by_role("link", name="Ver lo que nos perdimos y ponernos al día").click()
    expect(principal).to_contain_text("2 que se perdieron, ninguna ya revisada")
    expect(pagina.get_by_role("link", name="Acta de Informativa 44")).to_be_visible()
    expect(pagina.get_by_role("link", name="Presentación")).to_have_count(2)
    pagina.get_by_role("button", name="Ya la revisamos : Informativa 45").click()
    expect(principal).to_contain_text("2 que se perdieron, 1 ya revisada")

    pagina.goto(reverse("conectate:mi-secretaria"))
    expect(principal).to_contain_text("43 de 45")
    pagina.get_by_role("link", name="Constancias de 2020").click()
    zip_ = bajar_las_constancias(pagina)

    archivos = [nombre for nombre in zip_.namelist() if nombre.endswith(".pdf")]
    assert len(archivos) == 43 * 2  # la de la secretaría y la de su persona, por sesión
    with zip_.open(next(n for n in zip_.namelist() if n.endswith(".csv"))) as indice:
        filas = list(csv.reader(TextIOWrapper(indice, "utf-8-sig"), delimiter=";"))
    assert len(filas) == 1 + 43 * 2
    textos = [texto_del_pdf(zip_.read(nombre)) for nombre in archivos[:6]]
    assert any(ASISTE in texto for texto in textos)
    assert not any("Quien Descarga" in texto for texto in textos)

    codigo = next(celda for celda in filas[1] if celda.startswith("EVS-"))
    publica = navegador()
    publica.goto(reverse("conectate:verificar-constancia", args=[codigo]))
    expect(publica.get_by_role("heading", level=1)).to_have_text("Esta constancia vale")
    expect(publica.get_by_role("main")).not_to_contain_text("@")


def test_lo_de_huila_no_existe_para_manizales(
    navegador, manizales, huila, la_vigencia_de_manizales
):
    pagina = navegador(usuario=un_usuario(Rol.SECRETARIO, entidad=manizales))

    for ruta in (
        "conectate:participacion-entidad",
        "conectate:constancias-de-entidad",
        "conectate:lo-que-se-perdio",
    ):
        assert pagina.goto(reverse(ruta, args=[2020, "41"])).status == 404, ruta
