"""Lo que no se puede leer se explica en español y dice qué hacer; nada tumba el proceso."""

import io
import random
import zipfile
from time import process_time

import pytest
import xlsxwriter

from conectate.lectura import ArchivoNoLegible, FormatoNoReconocido, SoloEncabezado, leer
from tests.conectate.lectura import fabrica_otras, fabrica_teams
from tests.conectate.lectura.fabrica_archivos import (
    ANA,
    CON_CORREO,
    DIA,
    Alguien,
    como_csv,
    como_teams,
    como_xlsx,
    resumen,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
IMAGEN = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def paquete(**miembros):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, contenido in miembros.items():
            archivo.writestr(nombre.replace("__", "/"), contenido)
    return salida.getvalue()


def rincon_lejano():
    """Unos pocos kB con algo en A1 y en la última celda de la hoja: aborta al lector rápido."""
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida)
    hoja = libro.add_worksheet()
    hoja.write(0, 0, "a")
    hoja.write(1_048_575, 16_383, "z")
    libro.close()
    return salida.getvalue()


ILEGIBLES = {
    "vacío": (b"", "vacio"),
    "solo espacios": (b" \r\n\t\r\n", "vacio"),
    "solo la marca de UTF-16": (b"\xff\xfe", "vacio"),
    "solo separadores": (b";;;\r\n;;;\r\n", "vacio"),
    "imagen llamada .csv": (IMAGEN, "no_es_una_tabla"),
    "foto": (b"\xff\xd8\xff\xe0" + bytes(100), "no_es_una_tabla"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "no_es_una_tabla"),
    "página web": (b"<!DOCTYPE html><html><body><table></table></body></html>", "no_es_una_tabla"),
    "página web con marca": (b"\xef\xbb\xbf<html><table>", "no_es_una_tabla"),
    "video": (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "no_es_una_tabla"),
    "comprimido": (b"\x1f\x8b\x08" + bytes(100), "no_es_una_tabla"),
    "documento de Word": (paquete(word__document="<w/>"), "no_es_una_tabla"),
    "hoja de LibreOffice": (paquete(mimetype="x", content="<x/>"), "no_es_una_tabla"),
    "ruido": (random.Random(1).randbytes(5000), "caracteres_ilegibles"),
    "con contraseña": (OLE + "EncryptedPackage".encode("utf-16-le"), "con_contrasena"),
    "excel antiguo": (OLE + "Workbook".encode("utf-16-le"), "binario_antiguo"),
    "otro documento antiguo": (OLE + "WordDocument".encode("utf-16-le"), "no_es_una_tabla"),
    "libro cortado": (como_xlsx([["a", "b"]])[:-200], "danado"),
    "libro con xml roto": (paquete(xl__workbook="x") + b"", "no_es_una_tabla"),
    "demasiados miembros": (paquete(**{f"m{n}": "x" for n in range(501)}), "bomba"),
    "con macros": (paquete(**{"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}), "con_macros"),
    "xml que no es un libro": (paquete(**{"xl/workbook.xml": "<no>"}), "danado"),
}


@pytest.mark.parametrize("caso", ILEGIBLES)
def test_lo_ilegible_se_explica_y_dice_que_hacer(caso):
    datos, codigo = ILEGIBLES[caso]

    with pytest.raises(ArchivoNoLegible) as error:
        leer(datos, nombre="asistencia.csv", fecha=DIA)

    assert error.value.codigo == codigo
    assert error.value.mensaje.endswith(".")
    assert len(error.value.mensaje) > 60


def test_una_bomba_no_se_descomprime():
    datos = paquete(**{"xl/workbook.xml": "x", "xl/relleno.xml": bytes(201 << 20)})

    with pytest.raises(ArchivoNoLegible) as error:
        leer(datos)

    assert (error.value.codigo, len(datos) < 1 << 20) == ("bomba", True)


def test_un_archivo_enorme_se_rechaza_sin_leerlo():
    with pytest.raises(ArchivoNoLegible) as error:
        leer(b"a,b\n" * (13 << 20))

    assert error.value.codigo == "demasiado_grande"


def test_el_libro_con_una_celda_en_el_ultimo_rincon_no_tumba_el_proceso():
    datos = rincon_lejano()

    with pytest.raises(FormatoNoReconocido) as error:
        leer(datos, fecha=DIA)

    assert len(datos) < 6000
    assert error.value.columnas == ["a"]


def test_una_lista_de_verdad_con_una_celda_perdida_se_lee_igual():
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida)
    hoja = libro.add_worksheet()
    for numero, fila in enumerate(fabrica_otras.participantes()):
        hoja.write_row(numero, 0, fila)
    hoja.write(1_048_575, 16_383, "z")
    libro.close()

    lectura = leer(salida.getvalue(), fecha=DIA)

    assert resumen(lectura) == CON_CORREO


def test_un_utf8_con_bytes_rotos_conserva_las_demas_tildes():
    datos = como_csv(fabrica_otras.participantes(), codificacion="utf-8")
    roto = datos.replace(b"Olga Organizadora", b"Olga\xff Organizadora")

    lectura = leer(roto, fecha=DIA)

    assert lectura.codificacion == "utf-8 dañado"
    assert "letras_danadas" in [aviso.codigo for aviso in lectura.avisos]
    assert resumen(lectura)["c:jose.ejemplo@correo.example"] == ("persona", 75.5, 2)
    assert any("JOSÉ PEÑA INVENTADO (Externo)" in i.nombres for i in lectura.identidades)


def test_un_utf16_cortado_a_mitad_de_un_caracter_se_lee():
    datos = como_teams(fabrica_teams.lista())

    lectura = leer(datos[:-3], fecha=DIA)

    assert len(lectura.identidades) == 7


@pytest.mark.parametrize(
    "nombre",
    [
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x.example")',
        "+1+cmd|' /C calc'!A0",
        "@SUM(1)",
    ],
)
def test_el_codigo_en_un_nombre_es_solo_texto(nombre):
    rara = Alguien(nombre, "rara.ejemplo@x.example", ANA.tramos)
    filas = fabrica_otras.participantes(gente=(rara,))

    for datos in (como_csv(filas), como_xlsx(filas)):
        assert leer(datos, fecha=DIA).identidades[0].nombres == [nombre]


def test_cien_mil_filas_se_leen_con_memoria_acotada():
    titulos, *filas = fabrica_otras.participantes(con_datos=False, gente=(ANA,))
    muchas = [
        [f"Persona Inventada {n}", f"p{n}.ejemplo@x.example", *filas[0][2:]] for n in range(100_000)
    ]

    lectura = leer(como_csv([titulos, *muchas]), fecha=DIA)

    assert (lectura.n_filas, len(lectura.identidades)) == (100_000, 100_000)
    assert lectura.identidades[-1].minutos == 30.0


def test_un_libro_con_demasiadas_filas_se_rechaza_sin_recortarlo(monkeypatch, tmp_path):
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(salida, {"constant_memory": True})
    hoja = libro.add_worksheet()
    for numero in range(250_010):
        hoja.write_number(numero, 0, numero)
    libro.close()

    with pytest.raises(ArchivoNoLegible) as error:
        leer(salida.getvalue())

    assert error.value.codigo == "demasiado_grande"


@pytest.mark.parametrize(
    ("nombre", "correo"),
    [("Nombre {n}", "una.ejemplo@x.example"), ("1202***0101", ""), ("Ana", "a{n}@x.example")],
)
def test_muchas_filas_de_una_misma_identidad_no_se_eternizan(nombre, correo):
    titulos, fila = fabrica_otras.participantes(con_datos=False, gente=(ANA,))[:2]
    muchas = [[nombre.format(n=n), correo.format(n=n), *fila[2:]] for n in range(20_000)]

    antes = process_time()
    lectura = leer(como_csv([titulos, *muchas]), fecha=DIA)

    assert sum(i.conexiones for i in lectura.identidades) == 20_000
    assert process_time() - antes < 10


def test_un_texto_con_demasiadas_filas_se_rechaza_antes_de_abrirlo():
    with pytest.raises(ArchivoNoLegible) as error:
        leer(b"Name,Email\r\n" * 400_000)

    assert error.value.codigo == "demasiado_grande"


def test_una_celda_gigantesca_no_impide_leer_las_demas():
    filas = fabrica_otras.participantes(con_datos=False)
    filas[1][6] = "x" * 2_000_000

    lectura = leer(como_csv(filas), fecha=DIA)

    assert len(lectura.identidades) == len(CON_CORREO)


def test_solo_encabezado_tambien_en_un_libro():
    with pytest.raises(SoloEncabezado):
        leer(como_xlsx(fabrica_otras.formulario_microsoft(gente=())), fecha=DIA)


@pytest.mark.parametrize("semilla", range(12))
def test_ningun_archivo_estropeado_rompe_el_lector(semilla):
    """Mutaciones al azar de archivos buenos: o se leen, o se explica por qué no."""
    azar = random.Random(semilla)
    buenos = [
        como_csv(fabrica_otras.participantes()),
        como_csv(fabrica_otras.seminario(), relleno=15),
        como_teams(fabrica_teams.informe()),
        como_csv(fabrica_otras.formulario_google()),
        como_csv(fabrica_otras.meet()),
    ]
    for bueno in buenos:
        datos = bytearray(bueno)
        for _ in range(azar.randint(1, 200)):
            posicion = azar.randrange(len(datos))
            datos[posicion : posicion + azar.randint(0, 3)] = azar.randbytes(azar.randint(0, 3))

        try:
            lectura = leer(bytes(datos), fecha=DIA)
        except ArchivoNoLegible:
            continue
        assert all(i.minutos is None or i.minutos >= 0 for i in lectura.identidades)
