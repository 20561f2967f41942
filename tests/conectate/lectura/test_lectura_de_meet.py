"""Google Meet: una fila por persona, ya sumada, con horas sin fecha."""

from datetime import date, datetime

import pytest

from conectate.lectura import leer
from tests.conectate.lectura import fabrica_otras
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    DIA,
    ORGANIZA,
    TELEFONO,
    Alguien,
    como_csv,
    como_xlsx,
    resumen,
)

YA_SUMADOS = {
    "c:olga.ejemplo@mineducacion.gov.co": ("persona", 105.0, 1),
    "c:ana.ejemplo@sempasto.example": ("persona", 60.5, 1),
    "c:jose.ejemplo@correo.example": ("persona", 85.0, 1),
    "n:inventada sin correo nino": ("persona", 60.0, 1),
    "c:educacion@chia.example|n:sala de juntas sem chia": ("sala", 90.0, 1),
    "tel:12025550199": ("telefono", 30.0, 1),
    "bot:read ai meeting notes": ("bot", 98.0, 1),
}
NOMBRE = "Informe de participación en fxj-hykv-jev ({dia} 14:41) - Asistentes.csv"


def con(columna, valor, gente=(ANA,)):
    filas = fabrica_otras.meet(gente=gente)
    for fila in filas[1:]:
        fila[columna] = valor
    return como_csv(filas)


@pytest.mark.parametrize("idioma", fabrica_otras.MEET)
@pytest.mark.parametrize("titulo", [True, False])
@pytest.mark.parametrize("reloj", ["%H:%M", "%I:%M %p", "%H:%M:%S"])
def test_meet_se_lee_en_cada_idioma(idioma, titulo, reloj):
    filas = fabrica_otras.meet(idioma, titulo=titulo, reloj=reloj)

    lectura = leer(como_csv(filas, codificacion="utf-8"), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("meet", YA_SUMADOS)
    assert lectura.avisos == []


def test_la_fecha_la_pone_la_sesion():
    lectura = leer(como_csv(fabrica_otras.meet()), fecha=DIA)

    assert lectura.identidades[0].primera_entrada == datetime(2026, 3, 5, 8, 50)
    assert lectura.identidades[0].ultima_salida == datetime(2026, 3, 5, 10, 35)


def test_sin_sesion_la_fecha_y_el_codigo_salen_del_nombre_del_archivo():
    lectura = leer(como_csv(fabrica_otras.meet()), nombre=NOMBRE.format(dia="2026-09-26"))

    assert lectura.reunion.identificador == "fxj-hykv-jev"
    assert lectura.dias == [date(2026, 9, 26)]
    assert lectura.identidades[0].primera_entrada == datetime(2026, 9, 26, 8, 50)


def test_si_el_nombre_dice_otro_dia_se_avisa():
    lectura = leer(
        como_csv(fabrica_otras.meet()), nombre=NOMBRE.format(dia="2026-09-26"), fecha=DIA
    )

    assert [aviso.codigo for aviso in lectura.avisos] == ["fecha_distinta"]
    assert resumen(lectura) == YA_SUMADOS


def test_sin_ninguna_fecha_se_avisa_y_no_se_pierde_nada():
    lectura = leer(como_csv(fabrica_otras.meet()))

    assert [aviso.codigo for aviso in lectura.avisos] == ["sin_fecha"]
    assert resumen(lectura) == YA_SUMADOS


@pytest.mark.parametrize(
    ("escrita", "minutos"),
    [
        ("58 min", 58.0),
        ("1 hr 2 min", 62.0),
        ("5 h 23 min", 323.0),
        ("57 s", 0.9),
        ("1:02:30", 62.5),
    ],
)
def test_la_duracion_se_lee_como_la_escribe_meet(escrita, minutos):
    (ana,) = leer(con(3, escrita), fecha=DIA).identidades

    assert ana.minutos == minutos


def test_una_duracion_que_puede_ser_minutos_o_segundos_no_se_adivina():
    lectura = leer(con(3, "0:35"), fecha=DIA)

    assert lectura.identidades[0].minutos is None
    assert [aviso.codigo for aviso in lectura.avisos] == ["duracion_ambigua"]


def test_nombre_y_apellido_se_juntan_aunque_vengan_partidos_sin_criterio():
    filas = fabrica_otras.meet(gente=(ANA,))
    filas[1][:3] = ["", "Ana Ficticia", ""]

    assert resumen(leer(como_csv(filas), fecha=DIA)) == {"n:ana ficticia": ("persona", 60.5, 1)}


def test_una_lista_con_horas_y_sin_duracion_vale_por_sus_horas():
    filas = [
        ["Nombre completo", "Secretaría de Educación", "Hora de entrada", "Hora de salida"],
        ["Ana Ficticia", "SEM Pasto", "9:00", "9:45"],
    ]

    (ana,) = leer(como_csv(filas), fecha=DIA).identidades

    assert (ana.minutos, ana.declarado) == (45.0, "SEM Pasto")


def test_dos_telefonos_con_la_misma_mascara_son_dos():
    oculto = Alguien("+57 300 ***-**99", "", TELEFONO.tramos)

    lectura = leer(como_csv(fabrica_otras.meet(gente=(ORGANIZA, oculto, oculto))), fecha=DIA)

    assert [(i.tipo, i.minutos) for i in lectura.identidades[1:]] == [("telefono", 30.0)] * 2
    assert len({i.clave for i in lectura.identidades}) == 3


def test_meet_como_hoja_de_calculo():
    lectura = leer(como_xlsx(fabrica_otras.meet()), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == ("meet", YA_SUMADOS)


def test_meet_con_una_sola_columna_de_nombre():
    filas = [
        ["Name", "Email", "Duration", "Time joined", "Time exited"],
        [ANA.nombre, ANA.correo, "45 min", "9:02 AM", "10:00 AM"],
    ]

    lectura = leer(como_csv(filas), fecha=DIA)

    assert (lectura.formato, lectura.identidades[0].minutos) == ("meet", 45.0)
