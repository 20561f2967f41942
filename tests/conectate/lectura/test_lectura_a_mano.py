"""Lo que no se reconoce se muestra para emparejar sus columnas, y después se lee."""

import pytest

from conectate.lectura import FormatoNoReconocido, SoloEncabezado, leer
from tests.conectate.lectura.fabrica_archivos import DIA, como_csv, como_xlsx, resumen

FILAS = [
    ["Lista de la jornada"],
    [],
    ["Quién", "Buzón", "Llegó", "Se fue", "De dónde", "Qué hace", "Cédula"],
    [
        *("Ana Ficticia", "ana.ejemplo@x.example", "05/03/2026 9:00", "05/03/2026 9:45"),
        *("SEM Pasto", "Líder", "9990000001"),
    ],
    ["Beto Ficticio", "", "05/03/2026 9:10", "05/03/2026 9:30", "SED Huila", "", "9990000002"],
]
EMPAREJADAS = {
    "nombre": "Quién",
    "correo": "Buzón",
    "entrada": "Llegó",
    "salida": "Se fue",
    "etc": "De dónde",
    "cargo": "Qué hace",
}


def no_reconocido(filas):
    with pytest.raises(FormatoNoReconocido) as error:
        leer(como_csv(filas), fecha=DIA)
    return error.value


def test_lo_desconocido_lleva_sus_columnas_y_una_muestra():
    error = no_reconocido(FILAS)

    assert error.columnas == FILAS[2]
    assert error.muestra == FILAS[3:]
    assert error.codigo == "formato_no_reconocido"


def test_se_propone_un_emparejamiento_por_el_contenido():
    error = no_reconocido(FILAS)

    assert error.sugerencia == {
        "nombre": "Quién",
        "correo": "Buzón",
        "entrada": "Llegó",
        "salida": "Se fue",
    }


def test_la_huella_es_la_misma_otro_dia_y_otra_si_cambian_las_columnas():
    otro_dia = [*FILAS[2:4], ["Eva", "", "", "", "", "", ""]]
    otras = [["Quién", "Buzón", "Otra"], ["Ana", "ana@x.example", "x"]]

    assert no_reconocido(FILAS).huella == no_reconocido(otro_dia).huella
    assert no_reconocido(FILAS).huella != no_reconocido(otras).huella


@pytest.mark.parametrize("escribir", [como_csv, como_xlsx])
def test_con_las_columnas_emparejadas_se_lee_por_conexiones(escribir):
    lectura = leer(escribir(FILAS), fecha=DIA, emparejamiento=EMPAREJADAS)

    assert lectura.formato == "columnas_a_mano"
    assert resumen(lectura) == {
        "c:ana.ejemplo@x.example": ("persona", 45.0, 1),
        "n:beto ficticio": ("persona", 20.0, 1),
    }
    ana = lectura.identidades[0]
    assert (ana.declarado, ana.cargo, lectura.orden_de_fechas) == ("SEM Pasto", "Líder", "dma")


def test_con_solo_la_duracion_son_minutos():
    filas = [["Quién", "Tiempo"], ["Ana", "45"], ["Beto", "1 h 5 min"], ["Eva", "--"]]

    lectura = leer(
        como_csv(filas), fecha=DIA, emparejamiento={"nombre": "quien", "duracion": "TIEMPO"}
    )

    assert [i.minutos for i in lectura.identidades] == [45.0, 65.0, None]


def test_con_solo_nombre_y_secretaria_es_presencia():
    lectura = leer(
        como_csv(FILAS), fecha=DIA, emparejamiento={"nombre": "Quién", "etc": "De dónde"}
    )

    assert [(i.nombres[0], i.minutos, i.declarado) for i in lectura.identidades] == [
        ("Ana Ficticia", None, "SEM Pasto"),
        ("Beto Ficticio", None, "SED Huila"),
    ]


def test_nombre_y_apellido_emparejados_se_juntan():
    filas = [["N", "A"], ["Ana", "Ficticia"]]

    lectura = leer(como_csv(filas), fecha=DIA, emparejamiento={"nombre": "N", "apellido": "A"})

    assert lectura.identidades[0].nombres == ["Ana Ficticia"]


def test_las_columnas_sin_titulo_o_repetidas_tambien_se_pueden_senalar():
    filas = [["Quién", "", "Dato", "Dato"], ["Ana", "x@x.example", "1", "2"]]

    error = no_reconocido(filas)
    lectura = leer(como_csv(filas), emparejamiento={"nombre": "Quién", "correo": "Columna 2"})

    assert error.columnas == ["Quién", "Columna 2", "Dato", "Dato (4)"]
    assert lectura.identidades[0].correos == ["x@x.example"]


def test_si_el_archivo_no_tiene_esas_columnas_se_vuelve_a_preguntar():
    with pytest.raises(FormatoNoReconocido):
        leer(como_csv(FILAS), fecha=DIA, emparejamiento={"nombre": "Otra columna"})


def test_el_orden_de_las_fechas_tambien_se_puede_decir():
    lectura = leer(como_csv(FILAS), emparejamiento={**EMPAREJADAS, "orden_de_fechas": "mda"})

    assert str(lectura.dias[0]) == "2026-05-03"


@pytest.mark.parametrize("cabecera", ["Nombre,Correo", "Nombre;Correo;Entidad\r\n;;\r\n"])
def test_con_solo_los_titulos_se_dice_que_no_trae_a_nadie(cabecera):
    with pytest.raises(SoloEncabezado, match="ninguna persona"):
        leer(cabecera.encode())
