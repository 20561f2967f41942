"""Lo que la comparación dice que va a quedar es lo que la base tiene después de publicar."""

import pytest

from indicadores.acciones import cargas
from indicadores.acciones.calidad import decidir
from indicadores.acciones.lo_que_queda import numeros_que_quedan
from indicadores.consultas.partes import numeros
from indicadores.models import Hallazgo
from tests.fabricas import un_usuario
from tests.indicadores.archivos import (
    CALI,
    MEDELLIN,
    PASTO,
    TITULOS,
    con,
    un_csv,
    una_publicada,
    una_recibida,
)

pytestmark = pytest.mark.django_db
NACIONAL = ["2022", "", "NACIONAL", "9540230", "91.97", "", "2.52", "90.71", "6.77"]
SUMA_MAL = con(MEDELLIN, APROBACIÓN="50")


def llano(numeros_de_la_base):
    return {ano: dict(suyos) for ano, suyos in numeros_de_la_base.items()}


@pytest.mark.parametrize(
    "filas",
    [
        [MEDELLIN, CALI, PASTO, NACIONAL],
        [con(MEDELLIN, DESERCIÓN="", AÑO="2021"), CALI],
        [con(MEDELLIN, COBERTURA_NETA="96"), con(PASTO, AÑO="2021")],
        [con(CALI, TAMAÑO_PROMEDIO_DE_GRUPO="")],
        [SUMA_MAL, con(SUMA_MAL, COBERTURA_NETA="1")],
    ],
    ids=["igual y nuevas", "vacías", "una cambia", "un año sin columna", "en revisión"],
)
@pytest.mark.parametrize("antes", [[], [MEDELLIN, con(CALI, AÑO="2021")], [SUMA_MAL, CALI]])
def test_es_lo_mismo_que_leerlo_de_la_base(antes, filas):
    if antes:
        una_publicada(*antes)
    if hallazgo := Hallazgo.objects.filter(regla="suma").first():
        decidir(
            hallazgos=[hallazgo],
            decision=Hallazgo.Estado.ANULADO,
            motivo="Error.",
            por=un_usuario(rol="equipo_men"),
        )
    carga = una_recibida(*filas)
    preparada = cargas.leer(carga)
    previsto = numeros_que_quedan(preparada.comparacion)["municipio"]
    anos = set(preparada.lectura.vigencias)

    if carga.estado == carga.Estado.VISTA_PREVIA:
        cargas.confirmar(carga=carga, por=None, motivo="Prueba.")

    assert previsto == llano(numeros("municipio", anos))


def test_si_al_archivo_le_falta_un_indicador_se_lee_de_la_base():
    carga = una_recibida(datos=un_csv(MEDELLIN[:4], titulos=TITULOS[:4]))

    assert numeros_que_quedan(cargas.leer(carga).comparacion) == {}
