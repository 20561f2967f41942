"""El nombre que va en una constancia: el de la persona, sin lo que le añadieron."""

import re
from bisect import bisect_right
from datetime import date

from conectate.lectura.nombres import separar
from conectate.lectura.quien_es_quien import tipo_de
from territorio.consultas import cambios_de_vigencia
from territorio.resolucion.catalogo import Catalogo
from territorio.resolucion.palabras import (
    EDUCACION,
    ENLACES,
    NEUTRAS,
    NIVELES,
    OFICIOS,
    SECRETARIA,
    SIGLAS,
)
from territorio.resolucion.visible import puede_decir_algo
from territorio.texto import normalizar

SEPARADOR = re.compile(r"\s*[-–—|/:_]\s*")
ENTRE_PARENTESIS = re.compile(r"(.+?)\s*\(([^()]+)\)")
DE_UNA_SECRETARIA = frozenset().union(
    *(NEUTRAS, OFICIOS, ENLACES, NIVELES, SECRETARIA, EDUCACION, *SIGLAS)
)


class NombresDeCertificado:
    """«SEM Neiva - Persona Inventada (Invitado)» → «Persona Inventada». Si hay duda, como vino."""

    def __init__(self):
        self._cambios = None
        self._catalogos = {}

    def de(self, nombre: str, codigo_dane: str, fecha: date) -> str:
        """Solo se quita la secretaría que ya se sabe que es la suya."""
        nombre = separar(nombre)[0] or nombre
        if not puede_decir_algo(nombre):
            return nombre
        for sobra, resto in _particiones(nombre):
            if (
                _es_de_persona(resto)
                and puede_decir_algo(sobra)
                and self._catalogo(fecha).resolver(declarado=sobra).codigo == codigo_dane
            ):
                return resto
        return nombre

    def _catalogo(self, fecha):
        if self._cambios is None:
            self._cambios = cambios_de_vigencia()
        tramo = bisect_right(self._cambios, fecha)
        if tramo not in self._catalogos:
            self._catalogos[tramo] = Catalogo.vigente_en(fecha)
        return self._catalogos[tramo]


def _particiones(nombre):
    """Lo que podría sobrar a un extremo, y lo que quedaría."""
    if partes := ENTRE_PARENTESIS.fullmatch(nombre):
        yield partes[2], partes[1]
    for corte in SEPARADOR.finditer(nombre):
        antes, despues = nombre[: corte.start()], nombre[corte.end() :]
        yield antes, despues
        yield despues, antes


def _es_de_persona(texto):
    """Dos palabras, al menos, que no sean de una oficina: «Cobertura» no es un nombre."""
    normal = normalizar(texto)
    propias = [
        palabra
        for palabra in normal.split()
        if len(palabra) > 1 and palabra.isalpha() and palabra not in DE_UNA_SECRETARIA
    ]
    return len(propias) > 1 and tipo_de(texto, normal, "") == "persona"
