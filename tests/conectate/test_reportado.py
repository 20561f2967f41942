"""Lo reportado por el Ministerio va al lado de lo calculado, con su fuente, y no cambia con él."""

import pytest
from django.urls import reverse

from conectate.consultas.reportado import destacados, reportado_de
from cuentas.models import Rol
from tests.fabricas import un_tipo, un_usuario, una_entidad, una_participacion, una_sesion

pytestmark = pytest.mark.django_db


def test_lo_reportado_de_una_secretaria_y_lo_que_se_dijo_de_todas():
    manizales = una_entidad("Manizales", codigo_dane="17001")

    dicho = {uno.tipo: str(uno) for uno in reportado_de(manizales, 2020)}

    assert dicho == {"informativa": "43 de 45, mención especial", "dialogo": "participó"}


def test_lo_que_se_dijo_de_ella_vale_mas_que_lo_de_todas():
    antioquia = una_entidad("Antioquia", codigo_dane="05")

    dicho = {uno.tipo: str(uno) for uno in reportado_de(antioquia, 2020)}

    assert dicho["dialogo"] == "en todas las sesiones propuestas"


def test_de_una_vigencia_sin_documento_no_se_inventa_nada():
    assert reportado_de(una_entidad(codigo_dane="17001"), 2021) == []
    assert destacados(2021) == {}


def test_la_ficha_muestra_las_dos_cifras_con_su_fuente(client):
    manizales = una_entidad("Manizales", codigo_dane="17001")
    una_participacion(una_sesion(tipo=un_tipo(), convocadas=[manizales]), manizales)
    client.force_login(un_usuario(Rol.SECRETARIO, entidad=manizales))

    html = client.get(
        reverse("conectate:participacion-entidad", args=[2020, "17001"])
    ).content.decode()

    assert "1 <small>de 1</small>" in html
    assert "<b>43 de 45, mención especial</b>" in html
    assert "presentación «Acompañamiento territorial 2020»" in html


def test_la_mencion_nombra_a_las_que_nombro_el_informe(client):
    for codigo, nombre in (("05", "Antioquia"), ("41", "Huila")):
        una_participacion(una_sesion(tipo=un_tipo()), una_entidad(nombre, codigo_dane=codigo))

    html = client.get(reverse("conectate:menciones", args=[2020])).content.decode()

    assert "Antioquia (44 de 45, mención especial); Huila (42 de 45, mención especial)" in html
