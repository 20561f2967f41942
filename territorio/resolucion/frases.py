"""Partir un texto en lo que nombra: niveles, lugares y palabras que no se conocen."""

import re
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from territorio.resolucion.mapa import Mapa, Nombre
from territorio.resolucion.palabras import (
    ARTICULOS,
    COLETILLAS,
    EDUCACION,
    ENLACES,
    NEUTRAS,
    NEUTRAS_SIN_EDUCACION,
    NIVELES,
    OFICIOS,
    SECRETARIA,
    SIGLAS,
    Nivel,
)
from territorio.texto import normalizar

# Un guion pegado es como un espacio («SED-ANTIOQUIA»); suelto, separa («Pasto - Nariño»).
SALTO = re.compile(r"[,;:/|()\[\]{}–—_•·]|\s-+(?=\s|$)|^-+\s|\s-(?=\S)|(?<=\S)-\s")
MARCAS_LARGAS = (
    "secretaria",
    "educacion",
    "municipal",
    "departamental",
    "distrital",
    "gobernacion",
    "departamento",
    "municipio",
    "alcaldia",
)


@dataclass
class Mencion:
    """Un lugar nombrado, con los niveles que lo acompañan."""

    nombre: Nombre
    escrito: str
    niveles: set = field(default_factory=set)


@dataclass
class Frase:
    menciones: list[Mencion] = field(default_factory=list)
    niveles: set = field(default_factory=set)  # los que no acompañan a ningún lugar
    hay_sigla: bool = False  # sigla o «secretaría de educación», gobernación, alcaldía
    hay_oficio: bool = False
    hay_errata: bool = False  # en una palabra conocida: «Secretraía»
    desconocidas: list[str] = field(default_factory=list)
    nucleo: str = ""  # lo que queda sin siglas ni palabras que no deciden
    numeros: list[str] = field(default_factory=list)


def fichas_de(texto: str) -> tuple[list[str], frozenset[int]]:
    """Las palabras y antes de cuáles hay una separación."""
    fichas, saltos = [], set()
    for trozo in SALTO.split(texto):
        palabras = normalizar(trozo).split()
        if palabras and fichas:
            saltos.add(len(fichas))
        fichas += palabras
    return fichas, frozenset(saltos)


def partir(texto: str, mapa: Mapa) -> Frase:
    return _partir(*fichas_de(texto), mapa)


def sin_articulos(texto: str) -> tuple[list[str], frozenset[int]]:
    fichas, saltos = fichas_de(texto)
    quedan, nuevos, pendiente = [], set(), False
    for i, ficha in enumerate(fichas):
        pendiente |= i in saltos
        if ficha in ARTICULOS:
            continue
        if pendiente:
            nuevos.add(len(quedan))
            pendiente = False
        quedan.append(ficha)
    return quedan, frozenset(nuevos)


def partir_sin_articulos(texto: str, mapa: Mapa) -> Frase:
    return _partir(*sin_articulos(texto), mapa, articulos=False)


def _partir(fichas, saltos, mapa, *, articulos=True) -> Frase:
    frase = Frase()
    sueltos: list[Nivel | None] = []  # niveles que esperan el lugar que viene
    nucleo, pendientes = [], []  # los enlaces solo entran al núcleo entre dos palabras suyas
    vistas = set()
    neutras = NEUTRAS_SIN_EDUCACION if EDUCACION.isdisjoint(fichas) else NEUTRAS
    i = 0

    def al_nucleo(palabras):
        nonlocal pendientes
        nucleo.extend([*pendientes, *palabras] if nucleo else palabras)
        pendientes = []

    while i < len(fichas):
        ficha = fichas[i]
        nombre, n = mapa.mas_largo(fichas, i, saltos, articulos=articulos)
        sigla, largo_sigla = _sigla(fichas, i)
        if nombre and n >= largo_sigla and not (n == 1 and ficha in NEUTRAS | ENLACES):
            frase.menciones.append(Mencion(nombre, " ".join(fichas[i : i + n]), set(sueltos)))
            sueltos = []
            al_nucleo(fichas[i : i + n])
            i += n
        elif largo_sigla:
            frase.hay_sigla = True
            if sigla:
                _anotar_nivel(sigla, sueltos, frase, i + largo_sigla < len(fichas))
            pendientes = []
            i += largo_sigla
        elif ficha in NIVELES:
            _anotar_nivel(NIVELES[ficha], sueltos, frase, i + 1 < len(fichas))
            pendientes = []
            i += 1
        elif coletilla := _coletilla(fichas, i):
            i += coletilla
        elif ficha in ENLACES:
            pendientes.append(ficha)
            i += 1
        elif ficha in neutras:
            vistas.add(ficha)
            if ficha in SECRETARIA | EDUCACION | {"certificada"} and i + 1 < len(fichas):
                sueltos.append(Nivel.SECRETARIA)
            pendientes = []
            i += 1
        elif ficha in OFICIOS:
            frase.hay_oficio = True
            pendientes = []
            i += 1
        elif ficha.isdigit():
            frase.numeros.append(ficha)
            i += 1
        elif glosa := _sigla_pegada(ficha, mapa):
            nivel, nombre = glosa
            frase.hay_sigla = True
            frase.menciones.append(Mencion(nombre, ficha, {nivel, *sueltos}))
            sueltos = []
            al_nucleo([ficha])
            i += 1
        elif marca := _marca_con_errata(ficha):
            frase.hay_errata = True
            frase.hay_sigla |= marca in ("gobernacion", "alcaldia")
            vistas.add(marca)
            nivel = NIVELES.get(marca) or SIGLAS.get((marca,))
            if nivel:
                _anotar_nivel(nivel, sueltos, frase, i + 1 < len(fichas))
            pendientes = []
            i += 1
        else:
            frase.desconocidas.append(ficha)
            al_nucleo([ficha])
            i += 1

    if vistas & SECRETARIA and vistas & EDUCACION:
        frase.hay_sigla = True
    frase.niveles |= set(sueltos)
    frase.nucleo = " ".join(nucleo)
    return frase


def _sigla(fichas, i):
    for n in (3, 2, 1):
        clave = tuple(fichas[i : i + n])
        if len(clave) == n and clave in SIGLAS:
            return SIGLAS[clave], n
    return None, 0


def _anotar_nivel(nivel, sueltos, frase, sigue_algo):
    """Acompaña al lugar que viene; si no viene ninguno, al anterior."""
    if sigue_algo or not frase.menciones:
        sueltos.append(nivel)
    else:
        frase.menciones[-1].niveles.add(nivel)


def _coletilla(fichas, i):
    for coletilla in COLETILLAS:
        if tuple(fichas[i : i + len(coletilla)]) == coletilla:
            return len(coletilla)
    return 0


def _sigla_pegada(ficha, mapa):
    """«SEMPasto», «sednariño»."""
    if len(ficha) > 6 and ficha[:3] in ("sem", "sed") and ficha[3:] in mapa.pegados:
        return SIGLAS[(ficha[:3],)], mapa.pegados[ficha[3:]]
    return None


def _marca_con_errata(ficha):
    if len(ficha) < 6:
        return None
    tope = 2 if len(ficha) >= 8 else 1
    for marca in MARCAS_LARGAS:
        if abs(len(marca) - len(ficha)) <= tope and (
            OSA.distance(ficha, marca, score_cutoff=tope) <= tope
        ):
            return marca
    return None
