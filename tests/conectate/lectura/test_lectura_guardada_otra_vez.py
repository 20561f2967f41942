"""El mismo archivo guardado de cualquier manera dice lo mismo."""

import io

import pytest
import xlsxwriter

from conectate.lectura import leer
from tests.conectate.lectura import fabrica_otras, fabrica_teams
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    CON_CORREO,
    DIA,
    FECHAS,
    GENTE,
    SIN_CORREOS,
    Alguien,
    amd,
    como_csv,
    como_teams,
    como_xlsx,
    dma_24_horas,
    fecha_amd,
    resumen,
)

ORIGINALES = {
    "teams_lista": (fabrica_teams.lista, SIN_CORREOS),
    "teams_informe_2021": (fabrica_teams.informe_2021, CON_CORREO),
    "teams_informe": (fabrica_teams.informe, CON_CORREO),
    "teams_seminario": (fabrica_teams.seminario, CON_CORREO),
    "teams_evento_en_vivo": (fabrica_teams.evento_en_vivo, CON_CORREO),
    "zoom_participantes": (fabrica_otras.participantes, CON_CORREO),
    "zoom_seminario": (fabrica_otras.seminario, CON_CORREO),
}

SEPARADORES = {",": "coma", ";": "punto y coma", "\t": "tab"}
CODIFICACIONES = {
    "utf-8": "utf-8 sin BOM",
    "utf-8-sig": "utf-8 con BOM",
    "cp1252": "cp1252",
    "utf-16-le": "utf-16-le sin BOM",
    "utf-16-be": "utf-16-be sin BOM",
}


@pytest.mark.parametrize("separador", SEPARADORES)
@pytest.mark.parametrize("codificacion", CODIFICACIONES)
@pytest.mark.parametrize("formato", ORIGINALES)
def test_con_cualquier_separador_y_codificacion(formato, codificacion, separador):
    escribir, esperado = ORIGINALES[formato]
    datos = como_csv(escribir(), separador=separador, codificacion=codificacion)

    lectura = leer(datos, fecha=DIA)

    assert lectura.formato == formato
    assert lectura.separador == SEPARADORES[separador]
    assert lectura.codificacion == CODIFICACIONES[codificacion]
    assert resumen(lectura) == esperado


@pytest.mark.parametrize(
    ("marca", "codificacion"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_utf16_con_marca_y_cualquier_fin_de_linea(marca, codificacion, fin):
    datos = como_teams(fabrica_teams.informe(), fin=fin, marca=marca, codificacion=codificacion)

    lectura = leer(datos, fecha=DIA)

    assert lectura.codificacion == f"{codificacion} con BOM"
    assert resumen(lectura) == CON_CORREO


@pytest.mark.parametrize("formato", ORIGINALES)
@pytest.mark.parametrize(
    "forma",
    [
        {"relleno": 14, "separador": "\t"},
        {"relleno": 14, "separador": ","},
        {"fila_entre_comillas": True},
        {"fila_entre_comillas": True, "separador": ";"},
        {"comillas_en_todo": True},
        {"fin": "\n"},
        {"fin": "\r\r\n"},
    ],
    ids=str,
)
def test_con_lo_que_dejan_excel_y_otros_programas(formato, forma):
    escribir, esperado = ORIGINALES[formato]

    lectura = leer(como_csv(escribir(), **forma), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == (formato, esperado)


def test_filas_enteras_entre_comillas_y_guardadas_con_otro_separador():
    """Excel en español abre un CSV de comas en la columna A y lo guarda con punto y coma."""
    dentro = como_csv(fabrica_otras.participantes(), codificacion="utf-8").decode()
    filas = [[linea, "", "", ""] for linea in dentro.split("\r\n")]

    lectura = leer(como_csv(filas, separador=";"), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


@pytest.mark.parametrize("formato", ORIGINALES)
def test_como_libro_con_las_fechas_en_texto(formato):
    escribir, esperado = ORIGINALES[formato]

    lectura = leer(como_xlsx(escribir()), fecha=DIA)

    assert (lectura.formato, lectura.codificacion) == (formato, "xlsx")
    assert resumen(lectura) == esperado


@pytest.mark.parametrize("formato", ORIGINALES)
def test_como_libro_con_fechas_de_excel(formato):
    escribir, esperado = ORIGINALES[formato]

    lectura = leer(como_xlsx(escribir(fecha=amd), leer_fecha=fecha_amd), fecha=DIA)

    assert (lectura.formato, resumen(lectura)) == (formato, esperado)


def test_un_libro_con_todo_en_la_columna_a():
    filas = fabrica_otras.participantes()

    lectura = leer(como_xlsx(filas, en_una_columna=True), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_un_libro_que_se_llama_csv_se_lee_por_su_contenido():
    lectura = leer(como_xlsx(fabrica_otras.participantes()), nombre="participants.csv", fecha=DIA)

    assert resumen(lectura) == CON_CORREO


@pytest.mark.parametrize("fecha", FECHAS, ids=lambda fecha: fecha.__name__)
@pytest.mark.parametrize("formato", ORIGINALES)
def test_con_cualquier_forma_de_escribir_la_fecha(formato, fecha):
    escribir, esperado = ORIGINALES[formato]

    lectura = leer(como_csv(escribir(fecha=fecha)), fecha=DIA)

    assert resumen(lectura) == esperado
    assert lectura.orden_de_fechas == FECHAS[fecha]
    assert [aviso.codigo for aviso in lectura.avisos] == []


def test_los_bytes_nulos_sueltos_no_cortan_el_archivo():
    datos = como_csv(fabrica_otras.participantes())
    mitad = datos.index(b"Ana Ficticia") + 5

    lectura = leer(datos[:mitad] + b"\x00\x00" + datos[mitad:], fecha=DIA)

    assert resumen(lectura) == CON_CORREO


@pytest.mark.parametrize("formato", ["teams_informe", "zoom_participantes"])
def test_con_las_fechas_que_deja_excel_en_colombia(formato):
    """Sin segundos: el tiempo puede variar hasta un minuto por conexión."""
    escribir, esperado = ORIGINALES[formato]
    filas = escribir(fecha=lambda m: f"{m.day}/{m:%m/%Y} {m.hour}:{m:%M}")

    lectura = leer(como_csv(filas, separador=";", codificacion="cp1252"), fecha=DIA)

    for clave, (tipo, minutos, conexiones) in resumen(lectura).items():
        assert (tipo, conexiones) == (esperado[clave][0], esperado[clave][2])
        assert minutos == pytest.approx(esperado[clave][1], abs=conexiones)


def test_un_libro_con_la_tabla_corrida_de_sitio():
    corridas = [[], [], *([["", "", *fila] for fila in fabrica_teams.informe()])]

    assert resumen(leer(como_xlsx(corridas), fecha=DIA)) == CON_CORREO


def test_un_libro_con_una_portada_en_otra_hoja():
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida)
    libro.add_worksheet("Portada").write(0, 0, "Sesión inventada")
    hoja = libro.add_worksheet("Datos")
    for numero, fila in enumerate(fabrica_otras.participantes()):
        hoja.write_row(numero, 0, fila)
    libro.close()

    assert resumen(leer(salida.getvalue(), fecha=DIA)) == CON_CORREO


def test_las_tildes_codificadas_dos_veces_se_recuperan():
    """Excel abre como cp1252 un UTF-8 sin marca y lo guarda otra vez en UTF-8."""
    maria = Alguien("MARÍA ÁNGELA NIÑO", "", ANA.tramos)
    datos = como_csv(fabrica_otras.participantes(gente=(*GENTE, maria)), codificacion="utf-8")
    dos_veces = "".join(
        bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in datos
    )

    lectura = leer(dos_veces.encode("utf-8"), fecha=DIA)

    assert resumen(lectura) == {**CON_CORREO, "n:maria angela nino": ("persona", 60.5, 2)}
    assert lectura.identidades[-1].nombres == ["MARÍA ÁNGELA NIÑO"]


def test_el_orden_de_las_columnas_no_importa():
    filas = fabrica_otras.participantes(con_datos=False)
    al_reves = [list(reversed(fila)) for fila in filas]

    lectura = leer(como_csv(al_reves), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_la_cabecera_puede_estar_en_cualquier_linea():
    antes = [
        ["Ministerio de Educación"],
        ["Lista de asistencia, sesión inventada"],
        [],
        [],
        ["x", "y"],
    ]

    lectura = leer(como_csv([*antes, *fabrica_otras.participantes(con_datos=False)]), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_los_titulos_se_reconocen_sin_tildes_ni_mayusculas_ni_espacios_de_mas():
    filas = fabrica_teams.lista("es", dma_24_horas)
    filas[0] = ["  NOMBRE   COMPLETO ", "accion del usuario", "MARCA DE TIEMPO:"]

    lectura = leer(como_csv(filas), fecha=DIA)

    assert resumen(lectura) == SIN_CORREOS


def test_una_comilla_sin_cerrar_no_se_traga_las_filas_de_abajo():
    filas = fabrica_otras.participantes(con_datos=False)
    texto = como_csv(filas, codificacion="utf-8").decode()
    roto = texto.replace("SEM Pasto - Ana", '"SEM Pasto - Ana', 1)

    lectura = leer(roto.encode(), fecha=DIA)

    assert len(lectura.identidades) == len(CON_CORREO)
    assert {c for c in resumen(lectura) if c.startswith("c:")} == {
        c for c in CON_CORREO if c.startswith("c:")
    }
