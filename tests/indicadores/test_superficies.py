"""La superficie de cada lugar: de los municipios a quien los reúne."""

import pytest

from indicadores.cargas.catalogo import cargar_catalogo, filas_de
from indicadores.models import Unidad
from tests.fabricas import una_entidad
from tests.fabricas_de_indicadores import un_municipio, una_entidad_departamental


def test_las_superficies_suman_la_del_pais():
    total = sum(float(fila["superficie_km2"]) for fila in filas_de("superficies"))

    assert 1_130_000 < total < 1_150_000  # 1.141.748 km², la oficial


@pytest.mark.django_db
def test_una_entidad_departamental_mide_lo_que_sus_municipios_y_el_departamento_todos():
    antioquia = una_entidad_departamental()
    medellin = una_entidad("Medellín", codigo_dane="05001", departamento=antioquia.departamento)
    for codigo, quien in (("05001", medellin), ("05002", antioquia), ("05004", antioquia)):
        municipio = un_municipio(codigo, departamento=antioquia.departamento)
        municipio.atenciones.create(entidad=quien)

    cargar_catalogo()
    cargar_catalogo()

    de = {(u.ambito, u.codigo): u.superficie_km2 for u in Unidad.objects.all()}
    abejorral, abriaqui = de["municipio", "05002"], de["municipio", "05004"]
    assert de["entidad", "05"] == round(abejorral + abriaqui)
    assert de["departamento", "05"] == round(de["municipio", "05001"] + abejorral + abriaqui)
