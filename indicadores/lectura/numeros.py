"""De texto a número, con los defectos que se han visto en lo publicado. Por columnas."""

import re
from collections import Counter
from collections.abc import Sequence

from indicadores.lectura.resultado import Medida
from territorio.texto import normalizar

SIN_DATO = {
    "",
    "nd",
    "n d",
    "na",
    "n a",
    "nan",
    "null",
    "none",
    "sd",
    "s d",
    "sin dato",
    "no disponible",
}
SIN_PUNTO = "tamano_promedio_de_grupo"  # el único al que la fuente le perdió el punto decimal
DE_ADORNO = re.compile(r"[\s%\u00a0\u202f'’\"]+")
UN_NUMERO = re.compile(r"-?\d+(\.\d+)?")
CON_COMA_DECIMAL = re.compile(r",\d{1,2}%?$")
CON_PUNTO_DECIMAL = re.compile(r"\.\d{1,2}%?$")
DE_MILES = re.compile(r"-?\d{1,3}([.,]\d{3})+")
VIGENCIAS = range(1990, 2101)
TOPE = 1e12  # nada de lo que se mide pasa de ahí: es una celda dañada


class Mala(ValueError):
    """Lo que no es un número."""


def signo_decimal(columnas: Sequence[Sequence[str]]) -> str | None:
    """Con qué separa los decimales este archivo, por las celdas que no dejan duda."""
    for columna in columnas:
        for celda in columna:
            if CON_COMA_DECIMAL.search(celda):
                return ","
            if CON_PUNTO_DECIMAL.search(celda):
                return "."
    return None


def a_numeros(
    celdas: Sequence[str], medida: Medida, decimal: str | None, cuenta: Counter
) -> tuple[list[float | None], dict[int, str]]:
    """Los números, y las posiciones donde había otra cosa."""
    malas = {}
    es_entera = medida.familia == "poblacion"
    if not (es_entera and any("." in celda for celda in celdas)):
        try:
            numeros = _de_corrido(celdas)
            return _con_su_punto(numeros, medida, cuenta), malas
        except ValueError:
            pass
    vistas = {}
    numeros = []
    for posicion, celda in enumerate(celdas):
        if celda not in vistas:
            vistas[celda] = _leer_celda(celda, es_entera, decimal)
        numero, curas = vistas[celda]
        if numero is Mala:
            malas[posicion] = celda
            numero = None
        numeros.append(numero)
        cuenta.update(curas)
    return _con_su_punto(numeros, medida, cuenta), malas


def _de_corrido(celdas):
    """Lo común: puros números con punto. «nan», que `float` también acepta, no lo es."""
    numeros = [float(celda) for celda in celdas if celda]
    if not sum(map(abs, numeros)) < TOPE:  # tampoco si es infinito
        raise ValueError
    if len(numeros) == len(celdas):
        return numeros
    siguiente = iter(numeros).__next__
    return [siguiente() if celda else None for celda in celdas]


def _leer_celda(celda, es_entera, decimal):
    limpia = DE_ADORNO.sub("", celda)
    curas = ["con_porcentaje"] if "%" in celda else []
    if normalizar(limpia) in SIN_DATO:
        return None, ["sin_dato_escrito"] if limpia else []
    texto = _con_punto(limpia, es_entera, decimal)
    if "," in limpia:
        curas.append("coma_de_miles" if texto.count(".") == limpia.count(".") else "coma_decimal")
    elif texto != limpia:
        curas.append("punto_de_miles")
    if UN_NUMERO.fullmatch(texto) and abs(numero := float(texto)) < TOPE:
        return numero, curas
    return Mala, []


def _con_punto(texto, es_entera, decimal):
    """El mismo número, sin miles y con punto decimal."""
    coma, punto = texto.rfind(","), texto.rfind(".")
    if coma >= 0 and punto >= 0:
        miles = "." if coma > punto else ","
        return texto.replace(miles, "").replace(",", ".")
    signo = "," if coma >= 0 else "."
    agrupa = DE_MILES.fullmatch(texto)
    if agrupa and (es_entera or texto.count(signo) > 1 or (decimal and decimal != signo)):
        return texto.replace(signo, "")
    return texto.replace(",", ".")


def _con_su_punto(numeros, medida, cuenta):
    """«18538» es 18,538: sin decimales y fuera de lo posible."""
    if medida.codigo != SIN_PUNTO or medida.maximo is None:
        return numeros
    for posicion, numero in enumerate(numeros):
        if numero is not None and numero > medida.maximo and numero / 1000 <= medida.maximo:
            numeros[posicion] = numero / 1000
            cuenta["sin_punto_decimal"] += 1
    return numeros


def a_vigencias(celdas: Sequence[str], cuenta: Counter) -> list[int | None]:
    """«2,021» y «2021.0» son 2021."""
    return _por_distintas(celdas, _vigencia, cuenta)


def a_codigos(celdas: Sequence[str], largo: int, cuenta: Counter) -> list[str | None]:
    """«5001», «5,001» y «05001» son 05001."""
    return _por_distintas(celdas, lambda celda: _codigo(celda, largo), cuenta)


def _por_distintas(celdas, leer, cuenta):
    """Se lee una vez cada valor distinto: un código se repite por cada año."""
    leidas = {celda: leer(celda) for celda in set(celdas)}
    veces = Counter(celdas) if any(curas for _, curas in leidas.values()) else {}
    for celda, (_, curas) in leidas.items():
        for cura in curas:
            cuenta[cura] += veces[celda]
    return [leidas[celda][0] for celda in celdas]


def _sin_signos(celda):
    limpia = DE_ADORNO.sub("", celda)
    limpia = re.sub(r"\.0+$", "", limpia)
    return re.sub(r"[.,]", "", limpia)


def _vigencia(celda):
    limpia = _sin_signos(celda)
    vale = re.fullmatch(r"[0-9]{4}", limpia) and int(limpia) in VIGENCIAS
    curas = ["vigencia_con_miles"] if limpia != celda.strip() else []
    return (int(limpia), curas) if vale else (None, [])


def _codigo(celda, largo):
    limpia = _sin_signos(celda)
    if not (limpia.isascii() and limpia.isdigit()) or len(limpia) > largo:
        return None, []
    curas = ["codigo_con_miles"] if limpia != celda.strip() else []
    if len(limpia) < largo:
        curas.append("ceros_perdidos")
    return limpia.zfill(largo), curas
