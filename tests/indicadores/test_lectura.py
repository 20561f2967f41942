"""Cada defecto que se ha visto en lo publicado: se cura, se cuenta y no cambia la cifra."""

import csv
import json

import pytest

from indicadores.lectura.leer import detectar_ambito, leer
from indicadores.lectura.resultado import ArchivoIlegible, ColumnasSinReconocer
from tests.indicadores.archivos import (
    CALI,
    LUGARES,
    MEDELLIN,
    MEDIDAS,
    PASTO,
    TITULOS,
    con,
    un_csv,
)

SIN_DEFECTOS = {
    "poblacion_5_16": [386466.0, 398000.0, 81000.0],
    "cobertura_neta": [95.94, 88.1, 90.5],
    "tamano_promedio_de_grupo": [31.55, 28.0, None],
    "desercion": [4.7, 3.2, 0.0],
    "aprobacion": [90.3, 92.8, 97.0],
    "reprobacion": [5.0, 4.0, 3.0],
}


def lo_leido(datos, ambito="municipio", **mas):
    return leer(datos, "archivo", ambito=ambito, medidas=MEDIDAS, lugares=LUGARES, **mas)


def curas(lectura):
    return {correccion.que: correccion.celdas for correccion in lectura.correcciones}


def con_decimal_de_coma(fila):
    return [celda.replace(".", ",") if "." in celda else celda for celda in fila]


def con_porcentaje(fila):
    return [*fila[:6], *(f"{celda} %" for celda in fila[6:])]


def con_miles(fila):
    return [f"{fila[0][0]},{fila[0][1:]}", *fila[1:3], f"{int(fila[3]):,}", *fila[4:]]


TRES = (MEDELLIN, CALI, PASTO)


@pytest.mark.parametrize(
    "datos",
    [
        un_csv(*TRES),
        b"\xef\xbb\xbf" + un_csv(*TRES),
        un_csv(*TRES, comillas=csv.QUOTE_ALL),
        un_csv(*TRES, separador=";"),
        un_csv(*TRES, separador="\t"),
        un_csv(*TRES).decode().encode("cp1252"),
        un_csv(*TRES).decode().encode("utf-16"),
        un_csv(*TRES).replace(b"\n", b"\r\n"),
        un_csv(*map(con_decimal_de_coma, TRES), separador=";"),
        un_csv(*map(con_decimal_de_coma, TRES)),
        un_csv(*map(con_porcentaje, TRES)),
        un_csv(*map(con_miles, TRES)),
        un_csv(*([fila[0], fila[1].lstrip("0"), *fila[2:]] for fila in TRES)),
    ],
    ids=[
        "limpio",
        "con marca de orden",
        "todo entre comillas",
        "punto y coma",
        "tabulador",
        "cp1252",
        "utf-16",
        "fin de línea de Windows",
        "coma decimal y punto y coma",
        "coma decimal entre comillas",
        "signo de porcentaje",
        "comas de miles",
        "sin ceros a la izquierda",
    ],
)
def test_el_mismo_dato_se_lee_igual_venga_como_venga(datos):
    lectura = lo_leido(datos)

    assert lectura.codigos == ["05001", "76001", "52001"]
    assert lectura.vigencias == [2022, 2022, 2022]
    assert lectura.columnas == SIN_DEFECTOS
    assert lectura.rechazadas == []


def test_cada_fila_recuerda_su_numero_en_el_archivo():
    lectura = lo_leido(un_csv(MEDELLIN, [], CALI))

    assert lectura.numeros == [2, 4]


def test_los_miles_con_coma_se_quitan_de_anos_y_codigos_y_se_cuentan():
    lectura = lo_leido(un_csv(con(MEDELLIN, AÑO="2,021", CÓDIGO_MUNICIPIO="5,001"), CALI))

    assert (lectura.vigencias, lectura.codigos) == ([2021, 2022], ["05001", "76001"])
    assert curas(lectura) == {
        "años escritos con separador de miles": 1,
        "códigos escritos con separador de miles": 1,
        "códigos que habían perdido sus ceros a la izquierda": 1,
    }


@pytest.mark.parametrize(
    ("escrito", "leido"), [("18538", 18.538), ("11133", 11.133), ("3071", 3.071), ("5", 5.0)]
)
def test_el_tamano_de_grupo_que_perdio_el_punto_lo_recupera(escrito, leido):
    lectura = lo_leido(un_csv(con(MEDELLIN, TAMAÑO_PROMEDIO_DE_GRUPO=escrito)))

    assert lectura.columnas["tamano_promedio_de_grupo"] == [leido]


def test_una_cobertura_de_mas_de_cien_es_legitima():
    lectura = lo_leido(un_csv(con(MEDELLIN, COBERTURA_NETA="153.77")))

    assert lectura.columnas["cobertura_neta"] == [153.77]
    assert lectura.correcciones == []


def test_la_fila_nacional_en_fracciones_va_a_la_nacion_y_por_cien():
    nacional = ["2020", "", "NACIONAL", "9540230", "0.9197", "", "0.0252", "0.9071", "0.0675"]

    lectura = lo_leido(un_csv(MEDELLIN, nacional))

    assert (lectura.ambitos[1], lectura.codigos[1], lectura.vigencias[1]) == ("nacion", "00", 2020)
    assert [columna[1] for columna in lectura.columnas.values()] == [
        9540230.0,
        91.97,
        None,
        2.52,
        90.71,
        6.75,
    ]


def test_la_fila_nacional_en_porcentajes_se_deja_como_viene():
    nacional = ["2020", "0", "NACIONAL", "9540230", "91.97", "", "2.52", "90.71", "6.75"]

    lectura = lo_leido(un_csv(nacional))

    assert lectura.columnas["aprobacion"] == [90.71]


def test_el_municipio_llamado_colombia_no_es_el_pais():
    colombia = con(MEDELLIN, CÓDIGO_MUNICIPIO="41206", MUNICIPIO="Colombia")

    lectura = lo_leido(un_csv(colombia))

    assert (lectura.ambitos, lectura.codigos) == (["municipio"], ["41206"])


def test_un_lugar_renombrado_se_toma_por_su_codigo_sin_decir_nada():
    lectura = lo_leido(un_csv(con(MEDELLIN, CÓDIGO_MUNICIPIO="13468", MUNICIPIO="Mompós")))

    assert (lectura.codigos, lectura.avisos) == (["13468"], [])


def test_un_nombre_que_no_se_parece_en_nada_se_toma_por_su_codigo_y_avisa():
    lectura = lo_leido(un_csv(con(MEDELLIN, MUNICIPIO="Quibdó")))

    assert lectura.codigos == ["05001"]
    assert lectura.avisos == [
        "Vienen con otro nombre y se toman por su código: 05001 «Quibdó» (aquí, Medellín)."
    ]


def test_lo_que_no_se_conoce_o_no_se_entiende_se_rechaza_fila_a_fila():
    lectura = lo_leido(
        un_csv(
            con(MEDELLIN, CÓDIGO_MUNICIPIO="05999"),
            con(MEDELLIN, AÑO="dos mil"),
            con(MEDELLIN, DESERCIÓN="poca"),
            [*MEDELLIN, "sobra"],
            MEDELLIN[:4],
            CALI,
        )
    )

    assert lectura.codigos == ["76001"]
    assert [(r.fila, r.motivo) for r in lectura.rechazadas] == [
        (2, "No hay municipio con el código «05999»."),
        (3, "El año «dos mil» no se entiende."),
        (4, "«poca» en desercion no es un número."),
        (5, "Trae 10 celdas y se esperaban 9: le sobra un separador."),
        (6, "Trae 4 celdas y se esperaban 9."),
    ]
    assert lectura.filas_del_archivo == 6


def test_una_fila_repetida_identica_cuenta_una_vez():
    lectura = lo_leido(un_csv(MEDELLIN, CALI, MEDELLIN))

    assert lectura.codigos == ["05001", "76001"]
    assert curas(lectura) == {"filas repetidas idénticas, que cuentan una vez": 1}
    assert lectura.rechazadas == []


def test_una_fila_repetida_con_otros_valores_se_rechaza_y_dice_cual_es_la_otra():
    lectura = lo_leido(un_csv(CALI, MEDELLIN, con(MEDELLIN, DESERCIÓN="9.9")))

    assert [(r.fila, r.motivo) for r in lectura.rechazadas] == [
        (4, "Repite 05001 en 2022, que ya está en la fila 3, con otros valores en desercion.")
    ]
    assert lectura.repetidas == [(1, ["desercion"])]


def test_un_archivo_cortado_dice_en_que_fila():
    datos = un_csv(MEDELLIN, CALI)[:-20]

    with pytest.raises(ArchivoIlegible, match=r"incompleto: la fila 3 está cortada \(trae 4 de 9"):
        lo_leido(datos)


def test_un_archivo_cortado_entre_comillas_dice_en_que_fila():
    datos = un_csv(MEDELLIN, CALI, comillas=csv.QUOTE_ALL)[:-3]

    with pytest.raises(ArchivoIlegible, match="incompleto: en la fila 3"):
        lo_leido(datos)


def test_una_ultima_fila_sin_fin_de_linea_entra_con_aviso():
    lectura = lo_leido(un_csv(MEDELLIN, CALI)[:-1])

    assert lectura.codigos == ["05001", "76001"]
    assert lectura.avisos == [
        "La última fila (3) no termina en fin de línea: compruebe que está entera."
    ]


@pytest.mark.parametrize(
    "datos",
    [
        b"",
        b"\xef\xbb\xbf\n",
        b"%PDF-1.7",
        b"<html></html>",
        b'[{"a_o": "2022"',
        b'{"error": true}',
        b"[" * 100_000,
        b'[{"a_o": ' + b"9" * 5_000 + b"}]",
        bytes(range(256)),
        un_csv(MEDELLIN).replace(b"Mede", b"Me\x00de"),
    ],
)
def test_lo_que_no_es_una_tabla_se_dice_en_palabras(datos):
    with pytest.raises(ArchivoIlegible, match=r"\."):
        lo_leido(datos)


@pytest.mark.parametrize("celda", ["1e300", "9" * 400, "9" * 40, "inf", "1e400"])
def test_una_celda_con_un_numero_imposible_no_es_un_numero(celda):
    lectura = lo_leido(un_csv(con(MEDELLIN, DESERCIÓN=celda), CALI))

    assert lectura.codigos == ["76001"]
    assert [(r.fila, "no es un número" in r.motivo) for r in lectura.rechazadas] == [(2, True)]


@pytest.mark.parametrize("ano", ["9" * 5_000, "1800", "2200", "-2022", "²022"])
def test_un_ano_imposible_rechaza_su_fila(ano):
    lectura = lo_leido(un_csv(con(MEDELLIN, AÑO=ano), CALI))

    assert lectura.codigos == ["76001"]
    assert lectura.rechazadas[0].fila == 2


def test_lo_que_la_base_no_guarda_se_quita_de_un_json():
    datos = b'[{"ano": "2022", "codigo_municipio": "05001", "desercion": "4\\u0000x\\ud800"}]'

    lectura = lo_leido(datos)

    assert lectura.rechazadas[0].motivo == "«4x?» en desercion no es un número."


def test_otras_columnas_se_dicen_con_su_sugerencia():
    titulos = [{"DESERCIÓN": "TASA DESERCION", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]

    with pytest.raises(ColumnasSinReconocer) as error:
        lo_leido(un_csv(MEDELLIN, titulos=titulos))

    assert error.value.halladas == ["TASA DESERCION", "X7"]
    assert error.value.faltan == ["desercion", "reprobacion"]
    assert error.value.sugeridas == {"TASA DESERCION": "desercion"}


@pytest.mark.parametrize("como", ["emparejamiento", "columnas_conocidas"])
def test_lo_emparejado_una_vez_se_lee(como):
    titulos = [{"DESERCIÓN": "TASA", "REPROBACIÓN": "X7"}.get(t, t) for t in TITULOS]
    sabido = {"tasa": "desercion", "x7": "ignorar"}

    lectura = lo_leido(un_csv(MEDELLIN, titulos=titulos), **{como: sabido})

    assert lectura.columnas["desercion"] == [4.7]
    assert lectura.sin_columna == ["reprobacion"]


def test_una_columna_de_mas_no_estorba_y_se_avisa():
    lectura = lo_leido(un_csv([*MEDELLIN, "x"], titulos=[*TITULOS, "OBSERVACIÓN"]))

    assert lectura.avisos == ["No se usan estas columnas del archivo: OBSERVACIÓN."]


def test_un_archivo_con_menos_indicadores_trae_los_que_trae():
    lectura = lo_leido(un_csv(MEDELLIN[:4], titulos=TITULOS[:4]))

    assert lectura.columnas == {"poblacion_5_16": [386466.0]}
    assert lectura.sin_columna == [medida.codigo for medida in MEDIDAS[1:]]


def test_el_archivo_de_otro_conjunto_no_se_lee_en_este():
    with pytest.raises(ArchivoIlegible, match="Elija el conjunto por municipio"):
        lo_leido(un_csv(MEDELLIN), ambito="departamento")


def test_los_titulos_del_servicio_sin_tildes_se_reconocen():
    fila = {
        "a_o": "2022",
        "c_digo_municipio": "05001",
        "municipio": "Medellín",
        "poblaci_n_5_16": "386466",
        "cobertura_neta": "95.94",
        "tama_o_promedio_de_grupo": "31.55",
        "deserci_n": "4.7",
        "aprobaci_n": "90.3",
        "reprobaci_n": "5",
    }
    sin_grupo = {
        **fila,
        "c_digo_municipio": "76001",
        "municipio": "Cali",
        "tama_o_promedio_de_grupo": None,
    }
    sin_grupo.pop("tama_o_promedio_de_grupo")

    lectura = lo_leido(json.dumps([fila, sin_grupo]).encode())

    assert lectura.columnas["tamano_promedio_de_grupo"] == [31.55, None]
    assert lectura.columnas["desercion"] == [4.7, 4.7]
    assert lectura.sin_columna == []


def test_un_libro_de_excel_se_lee_como_un_csv():
    from io import BytesIO

    from openpyxl import Workbook

    libro = Workbook()
    libro.active.append(["Estadísticas por municipio"])
    libro.active.append(TITULOS)
    libro.active.append([2022, "05001", "Medellín", 386466, 95.94, 31.55, 4.7, 90.3, 5])
    libro.active.append([2022, 76001, "Cali", 398000, 88.1, 28, 3.2, 92.8, None])
    salida = BytesIO()
    libro.save(salida)

    lectura = lo_leido(salida.getvalue())

    assert lectura.numeros == [3, 4]
    assert lectura.codigos == ["05001", "76001"]
    assert lectura.columnas["reprobacion"] == [5.0, None]


@pytest.mark.parametrize(
    ("titulo", "ambito"),
    [("CÓDIGO_MUNICIPIO", "municipio"), ("c_digo_departamento", "departamento"), ("otra", None)],
)
def test_el_conjunto_se_sabe_por_los_titulos(titulo, ambito):
    assert detectar_ambito(f"AÑO,{titulo},DESERCIÓN\n2022,05,1\n".encode()) == ambito
