import pytest

from cuentas.consultas import mis_datos
from indicadores.models import SuscripcionAlInforme
from tests.fabricas import un_usuario

pytestmark = pytest.mark.django_db


def test_quien_descarga_sus_datos_recibe_lo_que_dijo_del_informe_mensual():
    yo = un_usuario()
    dicho = SuscripcionAlInforme.objects.create(usuario=yo, activa=False)
    SuscripcionAlInforme.objects.create(usuario=un_usuario())

    assert mis_datos(yo)["informe_mensual"] == {"lo_recibe": False, "desde": dicho.cambiada_en}


def test_si_no_dijo_nada_no_hay_nada():
    assert mis_datos(un_usuario())["informe_mensual"] is None
