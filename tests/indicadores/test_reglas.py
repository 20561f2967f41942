"""Lo que se revisa antes de publicar: cada regla, y lo que no debe llevarse por delante."""

import csv
import re
from pathlib import Path

from indicadores.lectura.leer import leer
from indicadores.lectura.reglas import evaluar, retenidas
from indicadores.lectura.resultado import Lectura, Medida

NIVELES = ("transicion", "primaria", "secundaria", "media")
EFICIENCIA = [
    Medida(f"{familia}_{nivel}", familia, nivel, 0, 100, 40)
    for familia in ("desercion", "aprobacion", "reprobacion")
    for nivel in NIVELES
]
COBERTURA = Medida("cobertura_bruta", "cobertura_bruta", "total", 0, 400, 40)
POBLACION = Medida("poblacion_5_16", "poblacion", "total", 0)
TODAS = [*EFICIENCIA, COBERTURA, POBLACION]
CATALOGO = Path(__file__).parents[2] / "indicadores/catalogo/indicadores.csv"


def _del_catalogo():
    with open(CATALOGO, encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            topes = (float(fila[t]) if fila[t] else None for t in ("minimo", "maximo", "salto"))
            yield Medida(fila["codigo"], fila["familia"], fila["nivel"], *topes)


DEL_CATALOGO = list(_del_catalogo())


def una_lectura(*filas):
    """Cada fila: (código, vigencia, {columna: valor}). Lo que no diga, viene vacío."""
    return Lectura(
        ambito="municipio",
        numeros=list(range(2, len(filas) + 2)),
        ambitos=["municipio"] * len(filas),
        codigos=[codigo for codigo, _, _ in filas],
        vigencias=[vigencia for _, vigencia, _ in filas],
        columnas={m.codigo: [valores.get(m.codigo) for _, _, valores in filas] for m in TODAS},
    )


def roturas_de(lectura, publicadas=None):
    return evaluar(lectura, medidas=TODAS, publicadas=publicadas or {})


def resumen(roturas):
    return [(r.regla, r.codigo, r.vigencia, r.n_casos) for r in roturas]


def el_nivel(nivel, aprobacion, reprobacion, desercion):
    return {
        f"aprobacion_{nivel}": aprobacion,
        f"reprobacion_{nivel}": reprobacion,
        f"desercion_{nivel}": desercion,
    }


def una_fila_sana(i, **cambios):
    """De un municipio distinto cada vez, con los cuatro niveles sumando 100."""
    valores = {"cobertura_bruta": 100 + i, "poblacion_5_16": 1000}
    for n, nivel in enumerate(NIVELES):
        reprobacion, desercion = 4 + n + i / 10, 2 + n / 3 + i / 7
        valores |= el_nivel(nivel, 100 - reprobacion - desercion, reprobacion, desercion)
    return valores | cambios


def test_si_los_tres_no_suman_cien_se_retienen_los_tres():
    lectura = una_lectura(
        ("05001", 2022, el_nivel("media", 90, 5, 5)),
        ("05002", 2022, el_nivel("media", 90, 5, 4.5)),
    )

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("suma", "aprobacion_media", 2022, 1)]
    assert sorted(retenidas(roturas[0], lectura)) == [
        ("aprobacion_media", 1),
        ("desercion_media", 1),
        ("reprobacion_media", 1),
    ]


def test_dos_decimas_de_diferencia_son_redondeo():
    lectura = una_lectura(
        ("05001", 2022, el_nivel("media", 90.2, 5, 5)),
        ("05002", 2022, el_nivel("media", 89.8, 5, 5)),
        ("05004", 2022, el_nivel("media", 89.79, 5, 5)),
    )

    roturas = roturas_de(lectura)

    assert [(r.regla, r.posiciones) for r in roturas] == [("suma", [2])]


def test_si_falta_uno_de_los_tres_no_hay_suma_que_revisar():
    lectura = una_lectura(("05001", 2022, el_nivel("media", 90, None, 5)))

    assert roturas_de(lectura) == []


def test_una_cobertura_de_mas_de_cien_es_legitima_y_una_de_mil_no():
    lectura = una_lectura(
        ("05001", 2022, {"cobertura_bruta": 286.9}),
        ("05002", 2022, {"cobertura_bruta": 1000.0}),
        ("05004", 2022, {"cobertura_bruta": -1.0}),
    )

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("rango", "cobertura_bruta", 2022, 2)]
    assert roturas[0].detalle == "Se espera entre 0 y 400."


def test_un_salto_se_ve_contra_el_archivo_y_contra_lo_publicado():
    lectura = una_lectura(
        ("05001", 2021, {"cobertura_bruta": 100}),
        ("05001", 2022, {"cobertura_bruta": 141}),
        ("05002", 2022, {"cobertura_bruta": 141}),
        ("05004", 2022, {"cobertura_bruta": 141}),
    )
    publicadas = {"cobertura_bruta": {("municipio", "05002", 2021): 100.0}}

    saltos = [r for r in roturas_de(lectura, publicadas) if r.regla == "salto"]

    assert [(r.vigencia, r.posiciones) for r in saltos] == [(2022, [1, 2])]


def test_de_2017_a_2018_no_hay_salto_porque_cambia_la_base():
    lectura = una_lectura(
        ("05001", 2017, {"cobertura_bruta": 100}),
        ("05001", 2018, {"cobertura_bruta": 180}),
    )

    assert roturas_de(lectura) == []


def test_volver_a_lo_de_siempre_no_es_un_salto():
    lectura = una_lectura(
        ("20011", 2019, {"desercion_media": 2.05}),
        ("20011", 2020, {"desercion_media": 47.62}),
        ("20011", 2021, {"desercion_media": 1.21}),
    )

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("salto", "desercion_media", 2020, 1)]


def test_de_una_columna_copiada_se_retiene_la_copia_y_no_la_original():
    # Como en la descarga de 2023: la aprobación en transición repite la reprobación.
    filas = []
    for i in range(6):
        valores = una_fila_sana(i)
        valores["aprobacion_transicion"] = valores["reprobacion_transicion"]
        filas.append((f"0500{i}", 2023, valores))
    lectura = una_lectura(*filas)

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("columna_copiada", "aprobacion_transicion", 2023, 6)]
    assert roturas[0].detalle == "Repite «reprobacion_transicion» en 6 de 6 filas."


def test_entre_dos_niveles_la_copia_es_la_que_no_suma_cien():
    filas = []
    for i in range(6):
        valores = una_fila_sana(i)
        valores["aprobacion_secundaria"] = valores["aprobacion_primaria"]
        filas.append((f"0500{i}", 2022, valores))

    roturas = roturas_de(una_lectura(*filas))

    assert resumen(roturas) == [("columna_copiada", "aprobacion_secundaria", 2022, 6)]


def test_dos_columnas_en_cero_no_son_copia_una_de_otra():
    filas = [(f"0500{i}", 2022, {"desercion_media": 0, "reprobacion_media": 0}) for i in range(9)]

    assert roturas_de(una_lectura(*filas)) == []


def test_la_copia_se_busca_en_cada_anio():
    filas = [(f"05{i:03}", 2021, una_fila_sana(i % 9)) for i in range(60)]
    for i in range(60):
        valores = una_fila_sana(i % 9)
        valores["reprobacion_primaria"] = valores["reprobacion_media"]
        filas.append((f"05{i:03}", 2022, valores))

    roturas = roturas_de(una_lectura(*filas))

    assert resumen(roturas) == [("columna_copiada", "reprobacion_primaria", 2022, 60)]


def test_de_una_fila_entera_en_cero_se_retienen_los_ceros_y_no_la_poblacion():
    ceros = dict.fromkeys((m.codigo for m in TODAS), 0) | {"poblacion_5_16": 216}
    lectura = una_lectura(
        ("97001", 2022, una_fila_sana(1)),
        ("97777", 2022, ceros),
    )

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("fila_en_cero", None, 2022, 1)]
    assert {codigo for codigo, _ in retenidas(roturas[0], lectura)} == {
        m.codigo for m in TODAS if m != POBLACION
    }


def test_una_fila_vacia_no_es_una_fila_en_cero():
    assert roturas_de(una_lectura(("97777", 2015, {"poblacion_5_16": 216}))) == []


def test_avisa_de_las_unidades_que_no_vinieron_y_no_retiene_nada():
    lectura = una_lectura(
        ("94343", 2019, una_fila_sana(1)),
        ("94663", 2019, una_fila_sana(2)),
        ("94343", 2020, una_fila_sana(1)),
    )
    publicadas = {"poblacion_5_16": {("municipio", "94001", 2020): 8000.0}}

    roturas = roturas_de(lectura, publicadas)

    assert resumen(roturas) == [("entidades_ausentes", None, 2020, 2)]
    assert roturas[0].detalle == "No vinieron: 94001, 94663."
    assert list(retenidas(roturas[0], lectura)) == []


def test_una_cifra_solo_rompe_una_regla():
    lectura = una_lectura(
        ("05001", 2021, {"cobertura_bruta": 100}),
        ("05001", 2022, {"cobertura_bruta": 1000.0}),
        ("05001", 2023, {"cobertura_bruta": 100}),
    )

    roturas = roturas_de(lectura)

    assert resumen(roturas) == [("rango", "cobertura_bruta", 2022, 1)]


# ── Con los archivos de verdad ────────────────────────────────────────────────────────────────


def la_lectura_de(ruta):
    datos = ruta.read_bytes()
    codigos = set(re.findall(r"\b\d{5}\b", datos.decode("utf-8-sig")))
    return leer(
        datos,
        ruta.name,
        ambito="municipio",
        medidas=DEL_CATALOGO,
        lugares=dict.fromkeys(codigos, "Municipio"),
    )


def test_la_muestra_de_2023_y_2024_trae_la_aprobacion_en_transicion_copiada(compartido):
    lectura = la_lectura_de(compartido / "datos/men_municipio_2023_2024_muestra_formato_portal.csv")

    roturas = evaluar(lectura, medidas=DEL_CATALOGO, publicadas={})

    copiadas = [(r.codigo, r.vigencia) for r in roturas if r.regla == "columna_copiada"]
    assert copiadas == [("aprobacion_transicion", 2023), ("aprobacion_transicion", 2024)]
    assert [r.vigencia for r in roturas if r.regla == "fila_en_cero"] == [2024]


def test_de_doce_anos_de_cifras_se_retiene_menos_de_una_de_cada_trescientas(compartido):
    lectura = la_lectura_de(compartido / "datos/men_municipio_2011_2022.csv")

    roturas = evaluar(lectura, medidas=DEL_CATALOGO, publicadas={})

    por_revisar = {cifra for rotura in roturas for cifra in retenidas(rotura, lectura)}
    cifras = sum(len(c) - c.count(None) for c in lectura.columnas.values())
    assert 0 < len(por_revisar) < cifras / 300
    assert {r.vigencia for r in roturas if r.regla == "columna_copiada"} == set()
    # Papunaua y La Victoria, que no tienen estudiantes.
    assert sum(r.n_casos for r in roturas if r.regla == "fila_en_cero") == 7
