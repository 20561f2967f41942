"""Cómo quedan las cifras al publicar un archivo, sin volver a leerlas de la base.

La comparación ya tiene lo publicado y lo que entra: leer otra vez medio millón de filas para
calcular las entidades cuesta tanto como leer el archivo.
"""

from collections import defaultdict

from indicadores.acciones.comparacion import POR_VIGENCIA, Comparacion
from indicadores.consultas.partes import Numeros
from indicadores.models import Indicador, Valor

Estado = Valor.Estado
NO_CUENTAN = (Estado.NO_REPORTADO, Estado.NO_APLICA)  # para `partes.numeros`, como si no estuvieran


def numeros_que_quedan(comparacion: Comparacion) -> dict[str, Numeros]:
    """{ámbito: lo mismo que daría `partes.numeros`}. Vacío si el archivo no trae todo lo medido."""
    if len(comparacion.indicadores) < Indicador.objects.count():
        return {}
    lectura, ajenas = comparacion.lectura, _de_otro_ambito(comparacion)
    quedan: Numeros = defaultdict(dict)
    for codigo, indicador in comparacion.indicadores.items():
        por_ano = _lo_publicado(comparacion, codigo)
        _poner_lo_que_entra(comparacion, codigo, por_ano)
        for ano, suyas in por_ano.items():
            for ajena in ajenas & suyas.keys():
                del suyas[ajena]
            if suyas:
                quedan[ano][indicador.pk] = suyas
    return {lectura.ambito: dict(quedan)}


def _de_otro_ambito(comparacion):
    """La fila del país, que viene entre los municipios."""
    lectura = comparacion.lectura
    return {
        unidad
        for unidad, ambito in zip(comparacion.unidades, lectura.ambitos, strict=True)
        if ambito != lectura.ambito
    }


def _lo_publicado(comparacion, codigo) -> dict[int, dict]:
    por_ano = {ano: {} for ano in comparacion.lectura.vigencias}
    for clave, (_, estado, valor, _) in comparacion.publicadas[codigo].items():
        unidad, ano = divmod(clave, POR_VIGENCIA)
        if ano in por_ano and estado not in NO_CUENTAN:
            por_ano[ano][unidad] = valor if estado == Estado.VALOR else None
    return por_ano


def _poner_lo_que_entra(comparacion, codigo, por_ano):
    lectura, unidades = comparacion.lectura, comparacion.unidades
    columna = lectura.columnas[codigo]
    for posicion in (*comparacion.nuevas[codigo], *comparacion.cambiadas.get(codigo, ())):
        valor, suyas = columna[posicion], por_ano[lectura.vigencias[posicion]]
        if valor is None and comparacion.estado_de(codigo, posicion) in NO_CUENTAN:
            suyas.pop(unidades[posicion], None)
        else:
            suyas[unidades[posicion]] = valor
    for otro, posicion in comparacion.retenidas():
        if otro == codigo:
            por_ano[lectura.vigencias[posicion]][unidades[posicion]] = None
