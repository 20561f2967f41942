"""Archivos de indicadores como los publica el portal de datos abiertos, escritos en la prueba."""

import csv
import io

from indicadores.acciones.cargas import confirmar, leer, recibir
from indicadores.lectura.resultado import Medida
from indicadores.models import Valor
from tests.fabricas_de_indicadores import la_nacion, un_conjunto, un_indicador, una_unidad

MEDIDAS = [
    Medida("poblacion_5_16", "poblacion", "total", 0),
    Medida("cobertura_neta", "cobertura_neta", "total", 0, 400, 40),
    Medida("tamano_promedio_de_grupo", "entorno", "total", 1, 60, 15),
    Medida("desercion", "desercion", "total", 0, 100, 25),
    Medida("aprobacion", "aprobacion", "total", 0, 100, 40),
    Medida("reprobacion", "reprobacion", "total", 0, 100, 35),
]
TITULOS = [
    "AÑO",
    "CÓDIGO_MUNICIPIO",
    "MUNICIPIO",
    "POBLACIÓN_5_16",
    "COBERTURA_NETA",
    "TAMAÑO_PROMEDIO_DE_GRUPO",
    "DESERCIÓN",
    "APROBACIÓN",
    "REPROBACIÓN",
]
MEDELLIN = ["2022", "05001", "Medellín", "386466", "95.94", "31.55", "4.7", "90.3", "5"]
CALI = ["2022", "76001", "Cali", "398000", "88.1", "28", "3.2", "92.8", "4"]
PASTO = ["2022", "52001", "Pasto", "81000", "90.5", "", "0", "97", "3"]
LUGARES = {
    "05001": "Medellín",
    "76001": "Cali",
    "52001": "Pasto",
    "13468": "Santa Cruz de Mompox",
    "41206": "Colombia",
}


def un_csv(*filas, titulos=TITULOS, separador=",", comillas=csv.QUOTE_MINIMAL):
    texto = io.StringIO()
    hoja = csv.writer(texto, delimiter=separador, lineterminator="\n", quoting=comillas)
    hoja.writerows([titulos, *filas])
    return texto.getvalue().encode()


def con(fila, **cambios):
    """La misma fila con otras celdas: con(MEDELLIN, DESERCIÓN="5")."""
    return [cambios.get(titulo, celda) for titulo, celda in zip(TITULOS, fila, strict=True)]


def un_catalogo():
    """Los indicadores de MEDIDAS y los lugares de LUGARES, en la base; devuelve el conjunto."""
    for medida in MEDIDAS:
        un_indicador(
            medida.codigo,
            familia=medida.familia,
            nivel=medida.nivel,
            minimo=medida.minimo,
            maximo=medida.maximo,
            salto=medida.salto,
        )
    for codigo, nombre in LUGARES.items():
        una_unidad(ambito="municipio", codigo=codigo, nombre=nombre)
    la_nacion()
    return un_conjunto()


def una_recibida(*filas, datos=None, por=None, **mas):
    """Un archivo recién llegado, sin leer."""
    return recibir(
        conjunto=mas.pop("conjunto", None) or un_catalogo(),
        archivo=un_csv(*filas) if datos is None else datos,
        nombre=mas.pop("nombre", "men.csv"),
        por=por,
        **mas,
    )


def una_leida(*filas, **mas):
    carga = una_recibida(*filas, **mas)
    leer(carga)
    return carga


def una_publicada(*filas, por=None, motivo="Nueva descarga.", **mas):
    return confirmar(carga=una_leida(*filas, por=por, **mas), por=por, motivo=motivo)


def publicado(codigo, unidad="05001", vigencia=2022, *, version=None):
    """(estado, valor) de una celda hoy, o como estaba en una versión; None si no hay."""
    valores = Valor.objects.en_la_version(version) if version else Valor.objects.vigentes()
    return (
        valores.filter(indicador__codigo=codigo, unidad__codigo=unidad, vigencia=vigencia)
        .values_list("estado", "valor")
        .first()
    )
