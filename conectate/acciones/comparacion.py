"""Si un archivo ya está, si es otra descarga de la misma reunión, o si es otra reunión."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from conectate.models import Importacion, Registro, Registros

CASI_TODAS = 0.8
MISMA_HORA = 60  # segundos: dos informes de una reunión redondean distinto su inicio


class Caso:
    PRIMERA = "primera"
    REPETIDA = "repetida"
    MAS_COMPLETA = "mas_completa"
    MENOS_COMPLETA = "menos_completa"
    CON_TOTALES = "con_totales"  # uno dice a qué horas; el otro, solo cuánto
    OTRA_REUNION = "otra_reunion"


class Huellas(NamedTuple):
    """Lo que distingue una descarga: quién entró a qué hora, y hasta cuándo llega."""

    claves: frozenset
    entradas: frozenset
    hasta: float
    personas: int
    totales: dict[str, float]  # si no hay horas, los minutos de cada quien


@dataclass(frozen=True)
class Comparacion:
    caso: str = Caso.PRIMERA
    con: Importacion | None = None
    en_comun: int = 0
    todas: tuple[Importacion, ...] = ()  # las descargas anteriores de esta misma reunión

    @property
    def modo(self) -> str:
        return {
            Caso.MAS_COMPLETA: Importacion.Modo.REEMPLAZAR,
            Caso.MENOS_COMPLETA: Importacion.Modo.ANTERIOR,
        }.get(self.caso, Importacion.Modo.UNIR)


def comparar(importacion: Importacion, registros: list[Registro] | None = None) -> Comparacion:
    """Con lo ya confirmado en su sesión. Sin `registros`, se abren solo si hacen falta."""
    confirmadas = list(
        importacion.sesion.importaciones.confirmadas()
        .exclude(pk=importacion.pk)
        .order_by("confirmada_en")
    )
    for otra in confirmadas:
        if otra.huella == importacion.huella:
            return Comparacion(Caso.REPETIDA, otra)
    if not confirmadas:
        return Comparacion()
    nueva = _huellas(importacion.registros.todos() if registros is None else registros)
    paquetes = Registros.objects.in_bulk([otra.pk for otra in confirmadas])
    mismas = []
    for otra in confirmadas:
        suyas = _huellas(paquetes[otra.pk].todos())
        if _es_la_misma_reunion(importacion, otra, nueva, suyas):
            mismas.append((otra, suyas))
    if not mismas:
        return Comparacion(Caso.OTRA_REUNION, confirmadas[-1])
    otra, suyas = max(mismas, key=lambda par: _cuanto_se_compara(nueva, par[1]))
    return Comparacion(
        _cual_es_mas_completa(nueva, suyas),
        otra,
        len(nueva.entradas & suyas.entradas),
        tuple(una for una, _ in mismas),
    )


def _cuanto_se_compara(nueva, suyas):
    return bool(nueva.entradas) == bool(suyas.entradas), suyas.hasta, suyas.personas


def _cual_es_mas_completa(nueva, suyas):
    if bool(nueva.entradas) != bool(suyas.entradas):
        return Caso.CON_TOTALES  # hasta cuándo llegan no se puede comparar
    completa = (nueva.hasta, nueva.personas) >= (suyas.hasta, suyas.personas)
    return Caso.MAS_COMPLETA if completa else Caso.MENOS_COMPLETA


def reunion_del_archivo(identificador: str, titulo: str, inicio: datetime | None) -> str:
    """Cómo se reconoce la reunión: su número (o su título) y a qué hora empezó.

    El número solo no basta: una reunión que se cae y se retoma conserva el suyo.
    """
    nombre = identificador or titulo
    nombre = nombre.replace("|", " ")[:280]
    return f"{nombre}|{inicio.isoformat(timespec='seconds')}" if nombre and inicio else nombre


def _es_la_misma_reunion(una, otra, nueva, suyas):
    nombre, inicio = _nombre_e_inicio(una)
    su_nombre, su_inicio = _nombre_e_inicio(otra)
    en_comun = len(nueva.entradas & suyas.entradas)
    if nombre and nombre == su_nombre:
        if inicio and su_inicio:
            return abs((inicio - su_inicio).total_seconds()) <= MISMA_HORA
        return bool(en_comun) or not (nueva.entradas and suyas.entradas)
    if not (nueva.entradas or suyas.entradas):
        return _crecen_a_la_par(nueva.totales, suyas.totales)
    if not (nueva.entradas and suyas.entradas):
        return not (nombre and su_nombre) and _son_sus_totales(nueva, suyas)
    # Sin título ni número: las mismas personas entraron en los mismos segundos.
    return en_comun * 2 >= min(len(nueva.entradas), len(suyas.entradas)) > 0


def _nombre_e_inicio(importacion):
    nombre, raya, inicio = importacion.reunion.rpartition("|")
    if not raya:
        return importacion.reunion, None
    return nombre, datetime.fromisoformat(inicio)


def _crecen_a_la_par(unos, otros):
    """Casi los mismos, y todos con más minutos en un archivo que en el otro."""
    comunes = unos.keys() & otros.keys()
    if not comunes or len(comunes) < CASI_TODAS * min(len(unos), len(otros)):
        return False
    diferencias = [unos[clave] - otros[clave] for clave in comunes]
    return min(diferencias) >= 0 or max(diferencias) <= 0


def _son_sus_totales(unas, otras):
    """Uno solo trae minutos, y casi todos los suyos están en el que trae las horas."""
    totales, horas = (otras, unas) if unas.entradas else (unas, otras)
    comunes = totales.totales.keys() & horas.claves
    return len(comunes) >= CASI_TODAS * len(totales.totales) > 0


def _huellas(registros: Iterable[Registro]) -> Huellas:
    claves, entradas, hasta, personas, totales = set(), set(), 0.0, 0, {}
    for registro in registros:
        claves.add(registro.clave)
        personas += registro.tipo != "bot"
        if registro.entrada is not None:
            entradas.add((registro.clave, registro.entrada))
            hasta = max(hasta, _ultimo_segundo(registro))
        elif registro.minutos is not None:
            totales[registro.clave] = registro.minutos
    hasta = hasta or sum(totales.values())
    return Huellas(frozenset(claves), frozenset(entradas), hasta, personas, totales)


def _ultimo_segundo(registro):
    if registro.tramos:
        return max(salida for _, salida in registro.tramos)
    return registro.entrada + (registro.minutos or 0) * 60
