"""El cliente del servicio de datos abiertos, contra un servidor que se porta como él."""

import pytest

from indicadores.lectura.socrata import (
    Censo,
    DireccionNoPermitida,
    RespuestaInservible,
    Servicio,
    ServicioNoResponde,
    direccion_del_recurso,
)
from tests.indicadores.socrata_de_prueba import AYER, SocrataDePrueba, sirviendo

OFICIAL = ["www.datos.gov.co"]
FILAS = [
    {"a_o": "2022", "c_digo_municipio": "05001", "deserci_n": "4.7"},
    {"a_o": "2022", "c_digo_municipio": "05002", "deserci_n": ""},
    {"a_o": "2022", "c_digo_municipio": "05004", "deserci_n": "0"},
]


@pytest.fixture(scope="module")
def encendido(tmp_path_factory):
    socrata = SocrataDePrueba([])
    with sirviendo(socrata, tmp_path_factory.mktemp("socrata")) as certificado:
        yield socrata, certificado


@pytest.fixture
def socrata(encendido, monkeypatch):
    socrata, certificado = encendido
    monkeypatch.setenv("SSL_CERT_FILE", str(certificado))
    monkeypatch.setenv("no_proxy", "*")
    puerto = socrata.puerto
    socrata.__init__(list(FILAS))
    socrata.puerto = puerto
    return socrata


@pytest.fixture
def esperas():
    return []


@pytest.fixture
def servicio(socrata, esperas):
    return Servicio(socrata.url(), "csv", servidores=[socrata.servidor], esperar=esperas.append)


@pytest.mark.parametrize(
    "copiada",
    [
        "https://www.datos.gov.co/d/nudc-7mev",
        "https://www.datos.gov.co/Educaci-n/MEN_ESTADISTICAS-EN-EDUCACION/nudc-7mev/about_data",
        "https://www.datos.gov.co/api/views/nudc-7mev/rows.csv?accessType=DOWNLOAD",
        "https://www.datos.gov.co/resource/nudc-7mev.json",
    ],
)
def test_cualquier_enlace_al_conjunto_lleva_a_sus_filas(copiada):
    assert (
        direccion_del_recurso(copiada, "csv", OFICIAL)
        == "https://www.datos.gov.co/resource/nudc-7mev.csv"
    )


@pytest.mark.parametrize(
    "mala",
    [
        "http://www.datos.gov.co/d/nudc-7mev",
        "https://otro.example/d/nudc-7mev",
        "https://www.datos.gov.co@otro.example/d/nudc-7mev",
        "https://www.datos.gov.co:8443/d/nudc-7mev",
        "https://www.datos.gov.co.otro.example/d/nudc-7mev",
        "https://www.datos.gov.co/inicio",
        "https://[dañada/d/nudc-7mev",
        "file:///etc/nudc-7mev",
    ],
)
def test_ni_otro_servidor_ni_sin_https(mala):
    with pytest.raises(DireccionNoPermitida):
        direccion_del_recurso(mala, "csv", OFICIAL)


def test_dice_cuantas_filas_hay_y_de_cuando_son(servicio):
    censo = servicio.censo()

    assert (censo, f"{censo.dia:%Y-%m-%d}") == (Censo(3, AYER), "2026-11-21")


def test_una_pagina_trae_las_que_siguen_en_el_orden_del_servicio(servicio):
    pagina = servicio.pagina(1, cuantas=2)

    assert pagina.encabezado == ["a_o", "c_digo_municipio", "deserci_n"]
    assert pagina.filas == [["2022", "05002", ""], ["2022", "05004", "0"]]


def test_en_json_un_campo_vacio_no_viene_y_aun_asi_tiene_su_columna(socrata):
    servicio = Servicio(socrata.url("json"), "json", servidores=[socrata.servidor])

    pagina = servicio.pagina(1, cuantas=1)

    assert pagina.encabezado == ["a_o", "c_digo_municipio", "deserci_n"]
    assert pagina.filas == [["2022", "05002", ""]]


def test_si_pide_esperar_se_espera_y_se_vuelve_a_pedir(servicio, socrata, esperas):
    socrata.tropiezos = [429, 503]

    pagina = servicio.pagina(0)

    assert len(pagina.filas) == 3
    assert esperas == [2, 8]


def test_una_pagina_cortada_a_la_mitad_se_pide_otra_vez(servicio, socrata, esperas):
    socrata.tropiezos = ["corte"]

    pagina = servicio.pagina(0)

    assert [fila[1] for fila in pagina.filas] == ["05001", "05002", "05004"]
    assert socrata.pedidas == [0, 0]


def test_si_no_se_levanta_lo_dice_sin_insistir_mas(servicio, socrata, esperas):
    socrata.tropiezos = [500] * 9

    with pytest.raises(ServicioNoResponde, match="no responde"):
        servicio.pagina(0)

    assert esperas == [2, 8, 30]


def test_html_en_vez_de_datos_no_se_toma_por_datos(servicio, socrata, esperas):
    socrata.tropiezos = ["html"]

    with pytest.raises(RespuestaInservible, match="una página web en vez de datos"):
        servicio.pagina(0)

    assert esperas == []


def test_no_sigue_al_servicio_a_otro_sitio(servicio, socrata):
    socrata.tropiezos = ["a_otro"]

    with pytest.raises(RespuestaInservible, match="manda a otro sitio"):
        servicio.pagina(0)


@pytest.mark.parametrize(
    ("codigo", "dice"), [(404, "no hay ningún conjunto"), (403, "no es público"), (400, "400")]
)
def test_lo_que_repetir_no_arregla_se_dice_de_una_vez(servicio, socrata, esperas, codigo, dice):
    socrata.tropiezos = [codigo]

    with pytest.raises(RespuestaInservible, match=dice):
        servicio.pagina(0)

    assert esperas == []
