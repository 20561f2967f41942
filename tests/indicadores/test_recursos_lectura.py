"""Los montos y los archivos de recursos, escritos de todas las maneras en que llegan."""

from decimal import Decimal

import pytest

from indicadores.forms.recursos import EN_QUE_UNIDAD
from indicadores.lectura.montos import MontosAmbiguos, es_negativo, monto, puntuacion_de
from indicadores.lectura.recursos import UNIDADES, leer_recursos
from indicadores.lectura.resultado import ArchivoIlegible

MONTOS = [
    (["88.880", "1.250"], ["88880", "1250"]),
    (["88,880", "1,250"], ["88880", "1250"]),
    (["88.880", "1250"], ["88.88", "1250"]),  # quien separa los miles los separa siempre
    (["1.234,5", "88"], ["1234.5", "88"]),
    (["1,234.5", "88"], ["1234.5", "88"]),
    (["$ 725.978", "COP 351.580"], ["725978", "351580"]),
    (["88880000000", "1.5"], ["88880000000", "1.5"]),
    (["1.234.567", "12"], ["1234567", "12"]),
    (["0.123", "2"], ["0.123", "2"]),
    (["12,5", "3"], ["12.5", "3"]),
    (["1e-05"], ["0.00001"]),
]


@pytest.mark.parametrize(("textos", "esperados"), MONTOS)
def test_los_montos_se_leen_con_la_puntuacion_de_su_tabla(textos, esperados):
    puntuacion = puntuacion_de(textos)

    assert [monto(texto, puntuacion) for texto in textos] == [Decimal(uno) for uno in esperados]


@pytest.mark.parametrize("texto", ["", " ", "-", "N/A", "Sin dato", "no reportó", "$ -"])
def test_lo_vacio_no_es_cero(texto):
    assert monto(texto, puntuacion_de([])) is None
    assert monto("0", puntuacion_de([])) == 0


def test_dos_maneras_en_la_misma_tabla_no_se_adivinan():
    with pytest.raises(MontosAmbiguos):
        puntuacion_de(["1.234.567", "12.5"])


@pytest.mark.parametrize("texto", ["48,4 %", "mucho", "12.34.5", "1.2345.678"])
def test_lo_que_no_es_un_monto_se_rechaza(texto):
    with pytest.raises(ValueError, match="."):
        monto(texto, puntuacion_de(["1.000,5"]))


@pytest.mark.parametrize("texto", ["-5", "− 5", "(1.000)", "$ -3"])
def test_los_negativos_se_reconocen(texto):
    assert es_negativo(texto)


def un_csv(*renglones):
    return "\n".join(renglones).encode()


def test_de_un_csv_salen_filas_en_millones():
    datos = un_csv(
        "Código DANE;Entidad;Asignado;Ejecutado;% de ejecución",
        "05;Antioquia;1.250.000.000;500.000.000;40",
        "76001;Cali;2.000.000.000;0;0",
    )

    lectura = leer_recursos(datos)

    assert (lectura.unidad, lectura.unidad_dicha) == ("pesos", False)
    assert [(f.codigo_dane, f.nombre, f.montos) for f in lectura.filas] == [
        ("05", "Antioquia", {"asignado": 1250, "ejecutado": 500}),
        ("76001", "Cali", {"asignado": 2000, "ejecutado": 0}),
    ]
    assert lectura.avisos == ["El punto se leyó como separador de miles."]


@pytest.mark.parametrize(
    ("dicho", "unidad", "asignado"),
    [
        ("Cifras en millones de pesos", "millones", "1500"),
        ("Valores en miles de pesos", "miles", "1.5"),
        ("Valores en pesos", "pesos", "0.0015"),
        ("Balance", "millones", "1500"),
    ],
)
def test_la_unidad_la_dice_el_archivo_o_el_tamano(dicho, unidad, asignado):
    lectura = leer_recursos(un_csv(dicho, "Entidad,Asignado", "Cali,1500"))

    assert (lectura.unidad, lectura.filas[0].montos) == (unidad, {"asignado": Decimal(asignado)})
    assert lectura.unidad_dicha == (dicho != "Balance")


def test_manda_la_unidad_que_diga_quien_lo_sube():
    datos = un_csv("Cifras en millones", "Entidad,Asignado", "Cali,1500000")

    assert leer_recursos(datos, unidad="pesos").filas[0].montos == {"asignado": Decimal("1.5")}


def test_el_total_las_notas_y_las_filas_sin_montos_no_son_entidades():
    datos = un_csv(
        "Entidad;Asignado;Pendiente por ejecutar",
        "Cali;10;4",
        "Neiva;;",
        "TOTAL;10;4",
        "Fuente: FUT;;",
    )

    lectura = leer_recursos(datos)

    assert [fila.nombre for fila in lectura.filas] == ["Cali"]
    assert lectura.totales == {"asignado": 10, "pendiente": 4}
    assert lectura.sin_montos == 1


def test_lo_que_no_entra_se_rechaza_con_su_fila_y_su_motivo():
    datos = un_csv(
        "Entidad;Asignado;Ejecutado;Pendiente",
        "Cali;10;4;9",
        "Neiva;-3;;",
        "Pasto;diez;;",
        "Tunja;10;4;6",
    )

    lectura = leer_recursos(datos)

    assert [(r.fila, r.motivo) for r in lectura.rechazadas] == [
        (
            2,
            "Lo ejecutado y lo pendiente no suman lo asignado: 4 + 9 ≠ 10, en millones de pesos.",
        ),
        (3, "Lo asignado es negativo («-3»). Revíselo en el archivo."),
        (4, "Lo asignado no es un número: «diez»."),
    ]
    assert [fila.nombre for fila in lectura.filas] == ["Tunja"]


@pytest.mark.parametrize("celda", ["9" * 60, "1e99"])
def test_un_monto_imposible_rechaza_su_fila(celda):
    lectura = leer_recursos(un_csv("Entidad;Asignado", f"Cali;{celda}", "Neiva;3"))

    assert [fila.nombre for fila in lectura.filas] == ["Neiva"]
    assert "demasiado grande" in lectura.rechazadas[0].motivo


def test_un_peso_de_redondeo_no_es_un_error():
    datos = un_csv("Entidad;Asignado;Ejecutado;Pendiente", "Cali;10;4;7")

    assert len(leer_recursos(datos, unidad="pesos").filas) == 1


@pytest.mark.parametrize(
    ("datos", "motivo"),
    [
        (b"", "vac"),
        (b"\xef\xbb\xbf", "vac"),
        (un_csv("Entidad;Asignado", '"Cali;3'), "incompleto"),
        (b"%PDF-1.7 x", "no es una tabla"),
        (un_csv("Nombre;Personas", "Cali;3"), "«Nombre», «Personas»"),
        (un_csv("Entidad;Asignado", "Cali;1.234.567", "Neiva;1.5"), "no se sabe cu"),
    ],
)
def test_un_archivo_que_no_sirve_dice_por_que(datos, motivo):
    with pytest.raises(ArchivoIlegible, match=motivo):
        leer_recursos(datos)


def test_toda_unidad_que_se_deduce_se_puede_escoger_en_la_pagina():
    assert {unidad for unidad, _ in EN_QUE_UNIDAD} == set(UNIDADES)
