"""Llevarse los datos: lo que dice la página es lo que trae el archivo, en cualquier formato."""

import csv
import io
import json
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cuentas.models import Rol
from indicadores.informes import tablas
from indicadores.informes.tablas import enlaces_de_descarga
from indicadores.models import Indicador, NotaDeSerie, Valor
from tests.fabricas import un_usuario, una_entidad
from tests.fabricas_de_indicadores import (
    la_nacion,
    un_indicador,
    un_valor,
    una_entidad_departamental,
    una_unidad,
    una_version,
)
from trabajos.acciones import ejecutar_pendientes
from trabajos.models import Trabajo

pytestmark = pytest.mark.django_db
ENTIDADES = "/indicadores/datos/entidades"


@pytest.fixture
def medellin():
    return una_unidad(una_entidad("Medellín", codigo_dane="05001"))


@pytest.fixture
def desercion():
    return un_indicador("desercion", nombre="Deserción")


@pytest.fixture
def poblacion():
    return un_indicador("poblacion_5_16", nombre="Población", medida=Indicador.Medida.PERSONAS)


def contenido(respuesta):
    assert respuesta.status_code == 200
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content


def libro(respuesta):
    return openpyxl.load_workbook(io.BytesIO(contenido(respuesta)))


def filas_csv(respuesta):
    return list(csv.DictReader(io.StringIO(contenido(respuesta).decode())))


# ── Los cuatro formatos ───────────────────────────────────────────────────────────────────────


def test_en_excel_los_codigos_son_texto_y_los_porcentajes_numeros_con_formato(
    client, medellin, desercion, poblacion
):
    un_valor(4.7, indicador=desercion, unidad=medellin)
    un_valor(377562, indicador=poblacion, unidad=medellin)

    hoja = libro(client.get(f"{ENTIDADES}/xlsx/"))["Datos"]

    titulos = [celda.value for celda in hoja[1]]
    codigo, valor = titulos.index("Código DANE"), titulos.index("Valor")
    assert [fila[codigo].value for fila in hoja.iter_rows(min_row=2)] == ["05001", "05001"]
    assert [(f[valor].value, f[valor].number_format) for f in hoja.iter_rows(min_row=2)] == [
        (0.047, "0.0%"),
        (377562, "#,##0"),
    ]


def test_el_excel_dice_de_donde_salio_y_que_hay_que_saber(client, medellin, desercion):
    NotaDeSerie.objects.create(clave="censo", clase="quiebre", desde=2018, texto="Otro censo.")
    NotaDeSerie.objects.create(clave="vieja", clase="quiebre", desde=2011, hasta=2012, texto="No.")
    un_valor(4.7, indicador=desercion, unidad=medellin, vigencia=2018)

    suyo = libro(client.get(f"{ENTIDADES}/xlsx/?vigencia=2018&indicador=desercion"))

    assert suyo.sheetnames == ["Datos", "Metadatos", "Notas"]
    metadatos = dict(suyo["Metadatos"].iter_rows(min_row=3, max_col=2, values_only=True))
    assert metadatos["Licencia"] == "CC BY-SA 4.0"
    assert metadatos["Filas en «Datos»"] == str(suyo["Datos"].max_row - 1)
    assert metadatos["Dirección permanente"].endswith(
        "/indicadores/datos/v/1/entidades/csv/?vigencia=2018&indicador=desercion"
    )
    notas = [fila[:2] for fila in suyo["Notas"].iter_rows(min_row=3, values_only=True)]
    assert notas[0] == ("Quiebre de la serie", "Otro censo.")
    assert "No." not in [texto for _, texto in notas]


def test_el_csv_estandar_trae_nombres_de_programa_y_el_porcentaje_de_0_a_100(
    client, medellin, desercion
):
    un_valor(4.7, indicador=desercion, unidad=medellin, version=una_version(corte=date(2023, 6, 1)))

    (fila,) = filas_csv(client.get(f"{ENTIDADES}/csv/"))

    assert fila == {
        "ambito": "secretaria",
        "codigo_dane": "05001",
        "codigo_men": medellin.entidad.codigo_men,
        "nombre": "Medellín",
        "codigo_departamento": medellin.departamento.codigo,
        "departamento": medellin.departamento.nombre,
        "vigencia": "2022",
        "indicador": "desercion",
        "nombre_del_indicador": "Deserción",
        "nivel": "total",
        "medida": "porcentaje",
        "valor": "4.7",
        "estado": "valor",
        "metodo": "publicado",
        "nota": "",
        "version": "1",
        "fila": "2",
        "corte": "2023-06-01",
    }


def test_el_csv_para_excel_lleva_marca_punto_y_coma_y_coma_decimal(client, medellin, desercion):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    crudo = contenido(client.get(f"{ENTIDADES}/csv-excel/"))

    assert crudo.startswith(b"\xef\xbb\xbf")
    encabezado, fila, _ = crudo.decode("utf-8-sig").split("\r\n")
    assert encabezado.split(";")[1] == "Código DANE"
    assert fila.split(";")[11] == "4,7"


def test_el_json_trae_los_datos_con_sus_metadatos(client, medellin, desercion):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    todo = json.loads(contenido(client.get(f"{ENTIDADES}/json/")))

    assert (todo["metadatos"]["filas"], todo["metadatos"]["version"]) == (1, 1)
    assert todo["metadatos"]["licencia"] == "CC BY-SA 4.0"
    assert todo["datos"][0]["codigo_dane"] == "05001"
    assert todo["datos"][0]["valor"] == 4.7


# ── Ningún estado se confunde con otro ────────────────────────────────────────────────────────


def test_sin_numero_la_celda_va_vacia_y_el_estado_dice_por_que(client, medellin, desercion):
    estados = Valor.Estado
    un_valor(0, indicador=desercion, unidad=medellin, vigencia=2019)
    un_valor(None, indicador=desercion, unidad=medellin, vigencia=2020)
    un_valor(
        9, indicador=desercion, unidad=medellin, vigencia=2021, estado=estados.ANULADO, nota="copia"
    )
    un_valor(9, indicador=desercion, unidad=medellin, vigencia=2022, estado=estados.RETENIDO)
    una_unidad(una_entidad("Zipa", codigo_dane="25899"))

    filas = filas_csv(client.get(f"{ENTIDADES}/csv/"))

    assert [(f["codigo_dane"], f["valor"], f["estado"]) for f in filas] == [
        ("05001", "0", "valor"),
        ("05001", "", "sin_dato"),
        ("05001", "", "anulado"),
        ("05001", "", "retenido"),
        *[("25899", "", "no_reportado")] * 4,
    ]


def test_a_lo_ancho_se_nombra_cada_celda_vacia_y_cada_calculo_propio(client, desercion, poblacion):
    antioquia = una_unidad(una_entidad_departamental())
    un_valor(3.1, indicador=desercion, unidad=antioquia, metodo=Valor.Metodo.ESTIMADO)

    (fila,) = filas_csv(client.get(f"{ENTIDADES}/csv/?forma=ancho"))

    assert (fila["desercion"], fila["poblacion_5_16"]) == ("3.1", "")
    assert fila["sin_numero"] == "poblacion_5_16: no reportado"
    assert fila["calculo_propio"] == "desercion"


def test_antes_de_certificarse_una_secretaria_no_figura_con_la_cifra_de_otra(client, desercion):
    funza = una_unidad(una_entidad("Funza", codigo_dane="25286", desde=date(2019, 1, 1)))
    un_valor(1.0, indicador=desercion, unidad=funza, vigencia=2018)
    un_valor(2.0, indicador=desercion, unidad=funza, vigencia=2019)

    filas = filas_csv(client.get(f"{ENTIDADES}/csv/"))

    assert [(f["vigencia"], f["valor"], f["estado"]) for f in filas] == [
        ("2018", "", "no_certificada"),
        ("2019", "2", "valor"),
    ]


# ── Qué filas ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def un_pais(desercion, poblacion):
    antioquia = una_entidad_departamental()
    medellin = una_entidad("Medellín", codigo_dane="05001", departamento=antioquia.departamento)
    departamento = una_unidad(ambito="departamento", codigo="05", nombre="Antioquia")
    for unidad in (una_unidad(antioquia), una_unidad(medellin), departamento, la_nacion()):
        for vigencia in (2021, 2022):
            un_valor(5.0, indicador=desercion, unidad=unidad, vigencia=vigencia)


@pytest.mark.parametrize(
    ("ruta", "de_quien", "filas"),
    [
        ("entidades/csv/", ["05", "05001"], 8),
        ("entidades/csv/?vigencia=2022", ["05", "05001"], 4),
        ("departamentos/csv/", ["05"], 4),
        ("nacion/csv/", ["00"], 4),
        ("municipios/csv/", ["05001"], 4),
        ("indicador/csv/?indicador=desercion&vigencia=2022", ["05", "05001"], 2),
        ("ficha/csv/?entidad=05001", ["00", "05", "05001"], 12),
        ("comparacion/csv/?entidad=05001&entidad=05", ["00", "05", "05", "05001"], 16),
    ],
)
def test_cada_tabla_lleva_las_suyas(client, un_pais, ruta, de_quien, filas):
    halladas = filas_csv(client.get(f"/indicadores/datos/{ruta}"))

    lugares = sorted({(f["codigo_dane"], f["ambito"]) for f in halladas})
    assert ([codigo for codigo, _ in lugares], len(halladas)) == (de_quien, filas)


@pytest.mark.parametrize("forma", ["largo", "ancho"])
@pytest.mark.parametrize("vigencia", ["", "2022"])
def test_el_numero_de_filas_de_la_pagina_es_el_del_archivo(client, un_pais, forma, vigencia):
    pagina = client.get(f"/indicadores/datos/?vigencia={vigencia}")

    for tabla in pagina.context["tablas"]:
        (suya,) = [una for una in tabla["formas"] if una["forma"] == forma]
        de = {enlace["texto"]: enlace["url"] for enlace in suya["enlaces"]}
        en_excel = libro(client.get(de["Excel"]))
        en_json = json.loads(contenido(client.get(de["JSON"])))
        assert len(filas_csv(client.get(de["CSV estándar"]))) == suya["n_filas"]
        assert len(en_json["datos"]) == en_json["metadatos"]["filas"] == suya["n_filas"]
        assert en_excel["Datos"].max_row - 1 == suya["n_filas"]


# ── Versiones ─────────────────────────────────────────────────────────────────────────────────


def test_una_version_vieja_devuelve_lo_de_entonces(client, medellin, desercion):
    primera = una_version()
    viejo = un_valor(4.7, indicador=desercion, unidad=medellin, version=primera)
    segunda = una_version()
    Valor.objects.filter(pk=viejo.pk).update(hasta=segunda)
    un_valor(5.1, indicador=desercion, unidad=medellin, version=segunda)

    rutas = [f"{ENTIDADES}/csv/", *(f"/indicadores/datos/v/{n}/entidades/csv/" for n in (1, 2))]
    valores = [filas_csv(client.get(ruta))[0]["valor"] for ruta in rutas]

    assert valores == ["5.1", "4.7", "5.1"]


def test_si_no_ha_cambiado_no_se_baja_otra_vez(client, medellin, desercion):
    un_valor(4.7, indicador=desercion, unidad=medellin)
    primera = client.get(f"{ENTIDADES}/csv/")
    contenido(primera)

    con_etag = client.get(f"{ENTIDADES}/csv/", headers={"if-none-match": primera["ETag"]})
    con_fecha = client.get(
        f"{ENTIDADES}/csv/", headers={"if-modified-since": primera["Last-Modified"]}
    )
    una_version()
    otra = client.get(f"{ENTIDADES}/csv/", headers={"if-none-match": primera["ETag"]})

    assert (con_etag.status_code, con_fecha.status_code, otra.status_code) == (304, 304, 200)
    contenido(otra)


@pytest.mark.parametrize(
    ("ruta", "nombre"),
    [
        ("ficha/xlsx/?entidad=05001&vigencia=2022", "Ficha de Medellín 2022 (versión 1).xlsx"),
        ("entidades/json/", "Indicadores por secretaría 2022 (versión 1).json"),
        (
            "indicador/csv-excel/?indicador=desercion",
            "Deserción por secretaría 2022 (versión 1) para Excel.csv",
        ),
    ],
)
def test_el_archivo_se_llama_como_lo_que_trae(client, medellin, desercion, poblacion, ruta, nombre):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    respuesta = client.get(f"/indicadores/datos/{ruta}")
    contenido(respuesta)

    assert unquote(respuesta["Content-Disposition"]) == f"attachment; filename*=utf-8''{nombre}"


# ── Lo que no hay ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ruta", "codigo", "dice"),
    [
        ("entidades/pdf/", 404, "No hay formato «pdf»"),
        ("rectores/csv/", 404, "No hay ninguna tabla «rectores»"),
        ("v/9/entidades/csv/", 404, "La versión 9 no existe"),
        ("entidades/csv/?vigencia=1999", 404, "no hay cifras de 1999"),
        ("entidades/csv/?vigencia=ayer", 400, "mal escrito"),
        ("entidades/csv/?forma=redonda", 400, "mal escrito"),
        ("indicador/csv/", 404, "le falta decir de qué indicador"),
        ("indicador/csv/?indicador=nada", 404, "No hay ningún indicador «nada»"),
        ("ficha/csv/?entidad=99999", 404, "No hay ninguna secretaría con el código 99999"),
        ("ficha/csv/?entidad=<script>", 400, "mal escrito"),
    ],
)
def test_lo_que_no_hay_se_dice_en_claro(client, medellin, desercion, ruta, codigo, dice):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    respuesta = client.get(f"/indicadores/datos/{ruta}")

    assert respuesta.status_code == codigo
    assert dice in respuesta.content.decode()


def test_sin_nada_publicado_la_pagina_lo_dice(client):
    pagina, archivo = client.get("/indicadores/datos/"), client.get(f"{ENTIDADES}/csv/")

    assert "Aún no hay cifras publicadas" in pagina.content.decode()
    assert archivo.status_code == 404


# ── Lo que tarda ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def casi_nada_cabe(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(tablas, "CELDAS_AL_INSTANTE", 5)


def test_un_excel_grande_no_se_arma_en_la_peticion_y_dice_que_hacer(
    client, medellin, desercion, casi_nada_cabe
):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    respuesta = client.get(f"{ENTIDADES}/xlsx/")

    assert respuesta.status_code == 400
    assert "Bájelas en CSV" in respuesta.content.decode()
    assert "Excel</a>" not in client.get("/indicadores/datos/").content.decode()


def test_con_cuenta_el_excel_grande_se_pide_y_llega_con_la_version_de_entonces(
    client, medellin, desercion, poblacion, casi_nada_cabe
):
    un_valor(4.7, indicador=desercion, unidad=medellin)
    client.force_login(un_usuario(rol=Rol.SECRETARIO))

    respuesta = client.post("/indicadores/datos/pedir/entidades/?vigencia=2022")
    una_version()
    ejecutar_pendientes("indicadores.libro")

    trabajo = Trabajo.objects.get()
    assert respuesta.url == trabajo.get_absolute_url()
    assert trabajo.mensaje == "Filas de datos en el archivo: 2."
    assert trabajo.nombre_del_archivo == "Indicadores por secretaría 2022 (versión 1).xlsx"


def test_sin_cuenta_no_se_pide_un_trabajo(client, medellin, desercion):
    un_valor(4.7, indicador=desercion, unidad=medellin)

    respuesta = client.post("/indicadores/datos/pedir/entidades/")

    assert (respuesta.status_code, Trabajo.objects.count()) == (302, 0)


@pytest.mark.parametrize("forma", ["largo", "ancho"])
def test_con_una_secretaria_y_con_muchas_son_las_mismas_consultas(client, desercion, forma):
    ruta = f"{ENTIDADES}/csv/?forma={forma}"
    cuentas = []
    for codigos in (["05001"], ["05002", "05004", "05021", "05030"]):
        for codigo in codigos:
            unidad = una_unidad(una_entidad(f"Entidad {codigo}", codigo_dane=codigo))
            for vigencia in (2020, 2021, 2022):
                un_valor(4.7, indicador=desercion, unidad=unidad, vigencia=vigencia)
        with CaptureQueriesContext(connection) as consultas:
            contenido(client.get(ruta))
        cuentas.append(len(consultas))

    assert cuentas[0] >= cuentas[1]
    assert cuentas[0] <= 10


# ── El diccionario y los enlaces ──────────────────────────────────────────────────────────────


def test_el_diccionario_explica_cada_columna_cada_indicador_y_cada_estado(client, desercion):
    filas = filas_csv(client.get("/indicadores/datos/diccionario/csv/"))
    columnas = filas_csv_encabezado(client)

    explicadas = {fila["clave"] for fila in filas}
    assert set(columnas) <= explicadas
    assert {"desercion", *Valor.Estado.values, *Valor.Metodo.values} <= explicadas
    assert client.get("/indicadores/datos/diccionario/").status_code == 200


def filas_csv_encabezado(client):
    un_valor(4.7)
    return filas_csv(client.get(f"{ENTIDADES}/csv/"))[0]


def test_los_enlaces_de_una_pagina_llevan_sus_filtros():
    enlaces = enlaces_de_descarga("comparacion", formatos=["xlsx"], entidad=["05001", "05"])

    assert enlaces == [
        {
            "texto": "Excel",
            "tipo": "XLSX",
            "url": "/indicadores/datos/comparacion/xlsx/?entidad=05001&entidad=05",
        }
    ]
