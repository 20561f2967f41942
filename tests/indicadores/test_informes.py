"""El informe de una entidad: el libro y el PDF dicen lo mismo, y lo que no se sabe también."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from indicadores.informes.contenido import informe_de
from indicadores.informes.impreso import componer_impreso
from indicadores.informes.libro import escribir_libro
from indicadores.models import Indicador, NotaDeSerie, Unidad, Valor
from tests.fabricas import un_departamento, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_valor,
    una_entidad_departamental,
    una_unidad,
    una_version,
)

pytestmark = pytest.mark.django_db

PESO_MAXIMO = 200_000


def palmira_con_cifras():
    """Deserción total y por nivel, población, y el departamento y el país al lado."""
    entidad = una_entidad(
        "Palmira", codigo_dane="76520", departamento=un_departamento("Valle del Cauca", "76")
    )
    suya = una_unidad(entidad)
    valle = una_unidad(ambito=Unidad.Ambito.DEPARTAMENTO, codigo="76", nombre="Valle del Cauca")
    version = una_version(corte=date(2023, 6, 30))
    total = un_indicador("desercion", nombre="Deserción", nombre_corto="Deserción")
    media = un_indicador("desercion_media", nombre="Deserción en media", nivel="media")
    personas = un_indicador(
        "poblacion_5_16",
        nombre="Población de 5 a 16 años",
        nombre_corto="Población de 5 a 16 años",
        familia=Indicador.Familia.POBLACION,
        medida=Indicador.Medida.PERSONAS,
        decimales=0,
        sentido=Indicador.Sentido.NINGUNO,
    )
    for vigencia, valor in ((2019, 3.3), (2020, None), (2021, 2.7), (2022, 5.6)):
        un_valor(valor, indicador=total, unidad=suya, vigencia=vigencia, version=version)
    un_valor(6.1, indicador=media, unidad=suya, version=version)
    un_valor(61234, indicador=personas, unidad=suya, version=version)
    un_valor(5.5, indicador=total, unidad=valle, version=version)
    un_valor(4.0, indicador=total, unidad=la_nacion(), version=version)
    un_valor(8.0, indicador=total, unidad=una_unidad(una_entidad("Buga")), version=version)
    NotaDeSerie.objects.create(
        clave="censo", clase="quiebre", desde=2020, texto="Cambió la base de población."
    )
    return entidad


def libro_de(entidad, vigencia=2022):
    contenido = escribir_libro(informe_de(entidad, vigencia=vigencia))
    return openpyxl.load_workbook(BytesIO(contenido))


def leido(contenido):
    lector = PdfReader(BytesIO(contenido))
    return lector, " ".join(" ".join(p.extract_text() for p in lector.pages).split())


def en_filas(hoja):
    return [list(fila) for fila in hoja.iter_rows(values_only=True)]


# ── El libro ──────────────────────────────────────────────────────────────────────────────────


def test_el_libro_trae_portada_una_hoja_por_familia_datos_metadatos_y_notas():
    libro = libro_de(palmira_con_cifras())

    assert libro.sheetnames == ["Portada", "Deserción", "Población", "Datos", "Metadatos", "Notas"]


def test_al_releer_los_datos_los_porcentajes_son_numeros_y_los_codigos_texto():
    hoja = libro_de(palmira_con_cifras())["Datos"]

    fila = next(
        f for f in hoja.iter_rows(min_row=2) if f[3].value == "Palmira" and f[5].value == 2022
    )

    assert (fila[4].value, fila[4].number_format) == ("76520", "@")
    assert (fila[6].value, fila[6].number_format) == (0.056, "0.0%")
    assert [fila[n].value for n in (0, 5, 8, 9, 11)] == [
        "desercion",
        2022,
        "valor",
        "publicado por la fuente",
        1,
    ]


def test_lo_que_no_es_numero_va_vacio_en_los_datos_y_en_palabras_en_su_tabla():
    libro = libro_de(palmira_con_cifras())

    datos = [f for f in en_filas(libro["Datos"]) if f[3] == "Palmira" and f[5] == 2020]
    tabla = next(f for f in en_filas(libro["Deserción"]) if f[0] == 2020)

    assert [(f[6], f[8]) for f in datos] == [(None, "sin dato")]
    assert tabla[:4] == [2020, "sin dato", "no reportado", "no reportado"]


def test_las_filas_que_anuncia_son_las_que_trae():
    libro = libro_de(palmira_con_cifras())

    n = libro["Datos"].max_row - 1

    assert ["Filas en «Datos»", str(n)] in [f[:2] for f in en_filas(libro["Metadatos"])]
    assert f"Todas las cifras, una por fila: {n} filas" in {
        celda for fila in en_filas(libro["Portada"]) for celda in fila
    }


def test_cada_familia_tiene_su_grafica_de_excel_y_la_tabla_dice_las_tres():
    hoja = libro_de(palmira_con_cifras())["Deserción"]

    tabla = en_filas(hoja)

    assert tabla[3][:4] == ["Año", "Palmira", "Valle del Cauca", "Colombia"]
    assert next(f for f in tabla if f[0] == 2022)[1:4] == [0.056, 0.055, 0.04]
    assert len(hoja._charts) == 2  # la de la serie y la de los niveles


def test_la_portada_dice_de_quien_es_de_cuando_y_con_que_licencia():
    filas = en_filas(libro_de(palmira_con_cifras())["Portada"])
    portada = dict(fila[:2] for fila in reversed(filas) if fila[0])

    assert portada["Código DANE"] == "76520"
    assert portada["Vigencia"] == "2022"
    assert portada["Versión de las cifras"].startswith("Versión 1, publicada el")
    assert portada["Corte de los datos"] == "30 de junio de 2023"
    assert portada["Licencia"] == "CC BY-SA 4.0"
    assert portada["Deserción"] == 0.056


def test_un_nombre_que_parece_formula_queda_en_texto():
    entidad = una_entidad("=HYPERLINK(1)", codigo_dane="99001")
    un_valor(5.0, unidad=una_unidad(entidad))

    libro = libro_de(entidad)

    assert libro["Portada"]["A2"].value == "=HYPERLINK(1)"
    assert {celda.data_type for hoja in libro for fila in hoja for celda in fila} <= set("snd")


def test_el_mismo_informe_hecho_dos_veces_son_los_mismos_bytes():
    informe = informe_de(palmira_con_cifras(), vigencia=2022)

    assert escribir_libro(informe) == escribir_libro(informe)
    assert componer_impreso(informe) == componer_impreso(informe)


# ── El PDF ────────────────────────────────────────────────────────────────────────────────────


def test_el_pdf_dice_lo_mismo_es_accesible_y_pesa_poco():
    contenido = componer_impreso(informe_de(palmira_con_cifras(), vigencia=2022))

    lector, escrito = leido(contenido)

    assert lector.metadata.title == "Informe 2022: Palmira"
    assert "/StructTreeRoot" in lector.trailer["/Root"]
    assert lector.trailer["/Root"]["/Lang"] == "es-CO"
    assert len(contenido) < PESO_MAXIMO
    for dicho in (
        "Secretaría de Educación (municipio, Valle del Cauca)",
        "Deserción, 2022",
        "5,6 %",
        "Subió 2,9 puntos frente a 2021.",
        "1,6 puntos por encima del país.",
        "Población de 5 a 16 años",
        "61.234",
        "Por nivel, en 2022",
        "6,1 %",
        "Cambió la base de población.",
        "Corte: 30 de junio de 2023",
        "CC BY-SA 4.0",
        "Versión 1, publicada el",
    ):
        assert dicho in escrito


def test_las_graficas_del_pdf_llevan_su_texto_y_nuestra_letra():
    lector, _ = leido(componer_impreso(informe_de(palmira_con_cifras(), vigencia=2022)))

    letras = {
        str(letra.get_object()["/BaseFont"])
        for pagina in lector.pages
        for letra in pagina["/Resources"]["/Font"].values()
    }

    assert {re.sub(r"^/[A-Z]{6}\+", "", letra) for letra in letras} <= {
        "NunitoSans-Regular",
        "NunitoSans-Bold",
    }
    assert "Deserción, 2019 a 2022. Palmira: de 3,3 % en 2019 a 5,6 % en 2022." in alternativas(
        lector
    )


def alternativas(lector):
    """Los textos que oye quien no ve las figuras."""
    dichos, pendientes = [], [lector.trailer["/Root"]["/StructTreeRoot"]]
    while pendientes:
        nodo = pendientes.pop().get_object()
        if isinstance(nodo, list):
            pendientes.extend(nodo)
        elif isinstance(nodo, dict):
            if "/Alt" in nodo:
                dichos.append(str(nodo["/Alt"]))
            if "/K" in nodo:
                pendientes.append(nodo["/K"])
    return " ".join(dichos)


def test_una_entidad_sin_cifras_tiene_un_informe_que_lo_dice():
    palmira_con_cifras()
    informe = informe_de(una_entidad("La Nueva", codigo_dane="76001"), vigencia=2022)

    _, escrito = leido(componer_impreso(informe))
    libro = openpyxl.load_workbook(BytesIO(escribir_libro(informe)))

    assert "Todavía no hay cifras publicadas" in escrito
    assert "No es un cero ni una falta de la secretaría" in escrito
    assert libro.sheetnames == ["Portada", "Datos", "Metadatos", "Notas"]
    assert libro["Datos"].max_row == 1


def test_lo_calculado_por_el_portal_se_dice():
    antioquia = una_entidad_departamental()
    un_valor(
        5.0,
        indicador=un_indicador(nombre_corto="Deserción"),
        unidad=una_unidad(antioquia),
        metodo=Valor.Metodo.ESTIMADO,
    )

    _, escrito = leido(componer_impreso(informe_de(antioquia, vigencia=2022)))

    assert "Cálculo propio." in escrito
    assert "«Cálculo propio»: la fuente publica por municipio" in escrito


def test_de_un_año_sin_cifras_se_dice_cuales_son_las_ultimas():
    informe = informe_de(palmira_con_cifras(), vigencia=2024)

    assert "De 2024 todavía no hay cifras: las de este informe son de 2022." in informe.bajada


def test_las_cifras_posteriores_a_la_vigencia_no_entran():
    informe = informe_de(palmira_con_cifras(), vigencia=2021)

    assert informe.ficha.vigencia == 2021
    assert {cifra.vigencia for cifra in informe.propias} == {2019, 2021}


def test_un_quiebre_que_toca_a_varias_familias_se_dice_una_vez():
    informe = informe_de(palmira_con_cifras(), vigencia=2022)

    assert [(una.familias, una.nota.texto) for una in informe.notas] == [
        ("Deserción, Población", "Cambió la base de población.")
    ]
