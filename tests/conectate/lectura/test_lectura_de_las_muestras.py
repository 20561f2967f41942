"""Las cinco muestras dan su verdad: quiénes, con qué nombres, de qué tipo y cuánto tiempo."""

import json
from datetime import date

import pytest

from conectate.lectura import leer

MUESTRAS = {
    "teams_informe_es.csv",
    "teams_lista_en.csv",
    "zoom_participantes_es.csv",
    "zoom_seminario_es.csv",
    "formulario_google_es.csv",
}


@pytest.fixture(scope="module")
def verdad(compartido):
    carpeta = compartido / "muestras" / "asistencia"
    por_archivo = json.loads((carpeta / "verdad.json").read_text(encoding="utf-8"))["archivos"]
    return {archivo["archivo"]: archivo for archivo in por_archivo}


@pytest.fixture(scope="module")
def lecturas(compartido, verdad):
    carpeta = compartido / "muestras" / "asistencia"
    return {
        archivo: leer(
            (carpeta / archivo).read_bytes(),
            nombre=archivo,
            fecha=date.fromisoformat(datos["sesion"]["fecha_programada"]),
        )
        for archivo, datos in verdad.items()
    }


@pytest.mark.parametrize("archivo", MUESTRAS)
def test_la_muestra_se_reconoce_y_se_fechan_sus_horas(archivo, verdad, lecturas):
    esperado, lectura = verdad[archivo], lecturas[archivo]

    hallado = {
        "formato": lectura.formato,
        "codificacion": lectura.codificacion,
        "separador": lectura.separador,
        "orden_de_fechas": lectura.orden_de_fechas,
    }

    assert hallado == {campo: esperado[campo] for campo in hallado}


@pytest.mark.parametrize("archivo", MUESTRAS)
def test_la_muestra_da_sus_identidades(archivo, verdad, lecturas):
    def ficha(tipo, clave, nombres, conexiones):
        # Teléfonos y programas se guardan con una clave más limpia que la de la verdad.
        return (tipo, clave if tipo in ("persona", "sala") else "", tuple(nombres), conexiones)

    halladas = {
        ficha(i.tipo, i.clave, i.nombres, i.conexiones) for i in lecturas[archivo].identidades
    }

    assert halladas == {
        ficha(i["tipo"], i["clave"], i["nombres"], i["conexiones"])
        for i in verdad[archivo]["identidades"]
    }


@pytest.mark.parametrize("archivo", MUESTRAS)
def test_los_minutos_de_la_muestra_son_la_union_de_sus_tramos(archivo, verdad, lecturas):
    esperados = {tuple(i["nombres"]) + (i["clave"],): i for i in verdad[archivo]["identidades"]}

    for identidad in lecturas[archivo].identidades:
        claves = [c for c in esperados if c[:-1] == tuple(identidad.nombres)]
        exacta = tuple(identidad.nombres) + (identidad.clave,)
        esperado = esperados[exacta if exacta in esperados else claves[0]]
        if esperado["minutos"] is None:
            assert identidad.minutos is None
        else:
            assert identidad.minutos == pytest.approx(esperado["minutos"], abs=0.1)


@pytest.mark.parametrize("archivo", MUESTRAS)
def test_se_cuentan_las_conexiones_y_los_inscritos_que_no_asistieron(archivo, verdad, lecturas):
    esperado, lectura = verdad[archivo], lecturas[archivo]

    ausentes = {inscrito.correo for inscrito in lectura.inscritos_ausentes}

    assert sum(i.conexiones for i in lectura.identidades) == esperado["conexiones_o_filas"]
    assert ausentes == {i["correo"] for i in esperado["inscritos_que_no_asistieron"]}
    assert len(lectura.solo_espera) == len(esperado.get("solo_sala_de_espera", []))


@pytest.mark.parametrize("archivo", MUESTRAS)
def test_lo_que_cada_quien_escribio_de_su_secretaria_se_conserva(archivo, verdad, lecturas):
    esperado = {
        correo: {texto.strip() for texto in persona["texto_etc"]}
        for persona in verdad[archivo]["participantes"]
        for correo in persona["correos"]
        if persona.get("texto_etc")
    }

    hallado = {
        correo: set(identidad.declarados)
        for identidad in lecturas[archivo].identidades
        for correo in identidad.correos
        if correo in esperado
    }

    assert hallado == esperado


def test_quien_no_tiene_salida_queda_con_el_tramo_abierto(verdad, lecturas):
    archivo = "teams_lista_en.csv"

    abiertos = {i.nombres[0] for i in lecturas[archivo].identidades if i.tramo_abierto}

    assert abiertos == {
        p["nombres_en_archivo"][0] for p in verdad[archivo]["participantes"] if p["tramo_abierto"]
    }


def test_el_nombre_y_el_correo_bastan_para_saber_que_la_muestra_es_de_esa_sesion(verdad, lecturas):
    con_titulo = {
        archivo: lectura.reunion.titulo
        for archivo, lectura in lecturas.items()
        if lectura.reunion.titulo
    }

    assert con_titulo == {
        archivo: verdad[archivo]["sesion"]["titulo"]
        for archivo in verdad
        if verdad[archivo]["sesion"]["titulo"]
    }
