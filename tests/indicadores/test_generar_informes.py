"""La orden que escribe los informes en una carpeta."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.fabricas import una_entidad
from tests.fabricas_de_indicadores import la_nacion, un_valor, una_unidad, una_version

pytestmark = pytest.mark.django_db


def dos_entidades():
    una_version()
    un_valor(3.6, unidad=la_nacion())
    for nombre, codigo in (("Palmira", "76520"), ("Antioquia", "05")):
        un_valor(4.7, unidad=una_unidad(una_entidad(nombre, codigo_dane=codigo)))


def generar(salida, *opciones, vigencia=2022):
    dicho = StringIO()
    call_command(
        "generar_informes", "--vigencia", str(vigencia), "--salida", salida, *opciones, stdout=dicho
    )
    return dicho.getvalue()


def nombres(carpeta):
    return sorted(archivo.name for archivo in carpeta.iterdir())


def test_escribe_los_dos_de_cada_entidad_con_su_nombre(tmp_path):
    dos_entidades()

    dicho = generar(tmp_path / "informes")

    assert nombres(tmp_path / "informes") == [
        "Informe 2022 05 Antioquia.pdf",
        "Informe 2022 05 Antioquia.xlsx",
        "Informe 2022 76520 Palmira.pdf",
        "Informe 2022 76520 Palmira.xlsx",
    ]
    assert dicho == f"4 archivos en {tmp_path / 'informes'}, con la versión 1.\n"


def test_repetirla_escribe_los_mismos_bytes(tmp_path):
    dos_entidades()
    generar(tmp_path)
    antes = {archivo.name: archivo.read_bytes() for archivo in tmp_path.iterdir()}

    generar(tmp_path)

    assert {archivo.name: archivo.read_bytes() for archivo in tmp_path.iterdir()} == antes


def test_solo_una_entidad_y_solo_un_formato(tmp_path):
    dos_entidades()

    dicho = generar(tmp_path, "--entidad", "05", "--formato", "pdf")

    assert nombres(tmp_path) == ["Informe 2022 05 Antioquia.pdf"]
    assert dicho.startswith("1 archivo en ")


@pytest.mark.parametrize(
    ("opciones", "vigencia", "dicho"),
    [
        (["--entidad", "5"], 2022, "No hay ninguna entidad con el código DANE «5»"),
        ([], 1990, "De 1990 no hay cifras publicadas: las hay de 2022 a 2022."),
    ],
)
def test_lo_que_no_se_puede_se_dice_y_sale_con_dos(tmp_path, opciones, vigencia, dicho):
    dos_entidades()

    with pytest.raises(CommandError, match=dicho) as error:
        generar(tmp_path, *opciones, vigencia=vigencia)

    assert error.value.returncode == 2


def test_sin_cifras_publicadas_sale_con_dos(tmp_path):
    with pytest.raises(CommandError, match="No hay cifras publicadas") as error:
        generar(tmp_path)

    assert error.value.returncode == 2


def test_si_la_salida_no_es_una_carpeta_lo_dice(tmp_path):
    dos_entidades()
    (tmp_path / "archivo").write_text("")

    with pytest.raises(CommandError, match="No se pudo escribir en") as error:
        generar(tmp_path / "archivo")

    assert error.value.returncode == 2
