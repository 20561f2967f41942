"""Qué es cada columna: los títulos cambian de una descarga a otra; lo que dicen, no."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from indicadores.lectura.resultado import ArchivoIlegible, ColumnasSinReconocer, Medida
from territorio.texto import normalizar

VIGENCIA, CODIGO, NOMBRE, IGNORAR = "vigencia", "codigo", "nombre", "ignorar"
LLAVES = {VIGENCIA: "Año", CODIGO: "Código DANE"}

DE_LA_VIGENCIA = ("ano", "anio", "vigencia")
DEL_CODIGO = {
    "municipio": ("codigo municipio", "cod municipio", "codigo dane municipio", "cod mpio"),
    "departamento": ("codigo departamento", "cod departamento", "codigo dane departamento"),
}
DEL_NOMBRE = {"municipio": "municipio", "departamento": "departamento"}
DE_SOBRA = ("codigo etc", "cod etc", "etc", "celdas anuladas")
PARA_EL_ENCABEZADO = 20
SE_PARECEN = 70
LO_QUE_PIERDE_LA_TILDE = set("aeioun")


@dataclass
class Columnas:
    """En qué columna está cada cosa."""

    encabezado: int  # la fila de los títulos, desde 0
    ancho: int
    llaves: dict[str, int] = field(default_factory=dict)
    nombres: list[int] = field(default_factory=list)  # donde puede decir «NACIONAL»
    nombre: int | None = None
    indicadores: dict[str, int] = field(default_factory=dict)
    sin_columna: list[str] = field(default_factory=list)
    ignoradas: list[str] = field(default_factory=list)


def reconocer(
    filas: list[list[str]],
    *,
    ambito: str,
    medidas: list[Medida],
    conocidas: Mapping[str, str] | None = None,
    emparejamiento: Mapping[str, str] | None = None,
) -> Columnas:
    sabidos = _sabidos(ambito, medidas) | dict(conocidas or {})
    sabidos |= {normalizar(titulo): que for titulo, que in (emparejamiento or {}).items() if que}
    fila = _fila_del_encabezado(filas, sabidos)
    titulos = [titulo.strip() for titulo in filas[fila]]
    while titulos and not titulos[-1]:
        titulos.pop()
    columnas, sueltos = _repartir(titulos, sabidos, fila)
    _exigir_su_ambito(titulos, ambito, columnas)
    codigos = [medida.codigo for medida in medidas]
    columnas.sin_columna = [codigo for codigo in codigos if codigo not in columnas.indicadores]
    sin_llave = [llave for llave in LLAVES if llave not in columnas.llaves]
    hay_que_preguntar = sueltos and columnas.sin_columna and not emparejamiento
    if sin_llave or not columnas.indicadores or hay_que_preguntar:
        faltan = sin_llave + columnas.sin_columna
        raise ColumnasSinReconocer(
            halladas=sueltos, faltan=faltan, sugeridas=_sugerir(sueltos, faltan)
        )
    columnas.ignoradas = sueltos
    return columnas


def ambito_de(titulos: list[str]) -> str | None:
    """De qué son las filas de un archivo con esos títulos; None si no lo dicen."""
    for ambito, posibles in DEL_CODIGO.items():
        if any(_que_es(titulo, dict.fromkeys(posibles, CODIGO)) for titulo in titulos):
            return ambito
    return None


def _sabidos(ambito, medidas):
    sabidos = {medida.codigo.replace("_", " "): medida.codigo for medida in medidas}
    sabidos |= dict.fromkeys(DE_SOBRA, IGNORAR)
    for otro, titulos in DEL_CODIGO.items():
        sabidos |= dict.fromkeys(titulos, CODIGO if otro == ambito else IGNORAR)
        sabidos[DEL_NOMBRE[otro]] = NOMBRE if otro == ambito else IGNORAR
    return sabidos | dict.fromkeys(DE_LA_VIGENCIA, VIGENCIA)


def _fila_del_encabezado(filas, sabidos):
    """La primera en que se reconocen más títulos: encima puede haber un rótulo."""
    cuantos = [
        sum(_que_es(titulo, sabidos) is not None for titulo in fila if titulo.strip())
        for fila in filas[:PARA_EL_ENCABEZADO]
    ]
    if not cuantos or not max(cuantos):
        return next((n for n, fila in enumerate(filas) if any(map(str.strip, fila))), 0)
    return cuantos.index(max(cuantos))


def _repartir(titulos, sabidos, fila):
    columnas, sueltos, vistos = Columnas(fila, len(titulos)), [], {}
    for lugar, titulo in enumerate(titulos):
        que = _que_es(titulo, sabidos)
        if que is None:
            sueltos += [titulo] if titulo else []
            continue
        if que == NOMBRE or normalizar(titulo) in ("departamento", "municipio", "etc"):
            columnas.nombres.append(lugar)
        if que == IGNORAR:
            continue
        if que in vistos:
            raise ArchivoIlegible(
                f"Las columnas «{vistos[que]}» y «{titulo}» dicen ser lo mismo. Deje una sola en "
                "el archivo, o márquela para ignorarla, y súbalo de nuevo."
            )
        vistos[que] = titulo
        if que == NOMBRE:
            columnas.nombre = lugar
        else:
            (columnas.llaves if que in LLAVES else columnas.indicadores)[que] = lugar
    return columnas, sueltos


def _que_es(titulo: str, sabidos: Mapping[str, str]) -> str | None:
    """El servicio escribe «c_digo_municipio»: cada letra con tilde se volvió un guion."""
    norm = normalizar(titulo)
    if norm in sabidos:
        return sabidos[norm]
    if "_" not in titulo and "\ufffd" not in titulo:
        return None
    return next((que for sabido, que in sabidos.items() if _sin_sus_tildes(norm, sabido)), None)


def _sin_sus_tildes(norm, sabido):
    return len(norm) == len(sabido) and all(
        una == otra or (una == " " and otra in LO_QUE_PIERDE_LA_TILDE)
        for una, otra in zip(norm, sabido, strict=True)
    )


def _exigir_su_ambito(titulos, ambito, columnas):
    suyo = ambito_de(titulos)
    if suyo is None or suyo == ambito:
        return
    raise ArchivoIlegible(
        f"Este archivo trae filas por {suyo} y se está cargando en el conjunto por {ambito}. "
        f"Elija el conjunto por {suyo} y súbalo de nuevo."
    )


def _sugerir(sueltos, faltan):
    """{título: qué parece ser}, cada cosa una sola vez y primero lo más parecido."""
    posibles = {que: que.replace("_", " ") for que in faltan}
    parejas = sorted(
        (
            (parecido, titulo, que)
            for titulo in sueltos
            for _, parecido, que in process.extract(
                normalizar(titulo), posibles, scorer=fuzz.token_sort_ratio, limit=3
            )
            if parecido >= SE_PARECEN
        ),
        key=lambda pareja: -pareja[0],
    )
    sugeridas = {}
    for _, titulo, que in parejas:
        if titulo not in sugeridas and que not in sugeridas.values():
            sugeridas[titulo] = que
    return sugeridas
