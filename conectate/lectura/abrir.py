"""De los bytes a las filas, venga lo que venga: texto en cualquier codificación o un libro."""

from dataclasses import dataclass

from conectate.lectura import texto_del_archivo
from conectate.lectura.errores import ArchivoNoLegible
from conectate.lectura.tabla_de_texto import filas_de_texto, filas_de_una_columna
from trabajos.hojas.leer import LibroIlegible, leer_hojas


@dataclass
class Contenido:
    hojas: list[list[list[str]]]  # las filas de cada hoja; un texto tiene una sola
    codificacion: str
    separador: str = ""
    de_excel: bool = False
    con_letras_rotas: bool = False


def abrir(datos: bytes) -> Contenido:
    if texto_del_archivo.es_libro(datos):
        return _abrir_libro(datos)
    texto_del_archivo.exigir_tabla(datos)
    texto, codificacion = texto_del_archivo.decodificar(datos)
    filas, separador = filas_de_texto(texto)
    return Contenido([filas], codificacion, separador, con_letras_rotas="\ufffd" in texto)


def _abrir_libro(datos: bytes) -> Contenido:
    try:
        hojas = [filas for _, filas in leer_hojas(datos) if filas]
    except LibroIlegible as error:
        raise ArchivoNoLegible(error.codigo, error.mensaje) from error
    if not hojas:
        raise ArchivoNoLegible("vacio")
    return Contenido([_desplegar(filas) for filas in hojas], "xlsx", de_excel=True)


def _desplegar(filas: list[list[str]]) -> list[list[str]]:
    if desplegadas := filas_de_una_columna(filas):
        return desplegadas[0]
    return filas
