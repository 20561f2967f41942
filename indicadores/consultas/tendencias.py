"""Cómo cambió una cifra y a qué distancia está de otras, en palabras que no exageran.

Las diferencias se hacen con lo que la página muestra: quien reste dos cifras a mano debe llegar a
la misma.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from indicadores.consultas.cifras import Cifra, en_espanol, redondeado
from indicadores.models import Indicador, NotaDeSerie

MEJORA, EMPEORA = "mejora", "empeora"


@dataclass(frozen=True, slots=True)
class Tendencia:
    """El cambio entre dos años; sin `cambio` si no se pueden comparar, y el texto dice por qué."""

    desde: int
    hasta: int
    texto: str
    cambio: float | None = None
    juicio: str = ""  # mejora, empeora, o nada

    @property
    def corto(self) -> str:
        """Sin decir frente a qué año, para una columna que ya lo dice."""
        return self.texto.partition(" frente a ")[0].partition(":")[0]


class Punto(NamedTuple):
    """La cifra de una entidad entre las de todas."""

    codigo: str
    nombre: str
    valor: float


@dataclass(frozen=True, slots=True)
class Distancia:
    """Cuánto separa una cifra del país, de su departamento y de la mitad de las entidades."""

    n: int
    mediana: float
    a_la_mediana: float
    al_pais: float | None
    al_departamento: float | None
    texto: str


def notas_de(notas: Iterable[NotaDeSerie], familia: str, ambito: str) -> list[NotaDeSerie]:
    """Las que tocan a una serie, por su familia y por el conjunto de donde salen sus cifras."""
    ambitos = (NotaDeSerie.Ambito.TODOS, ambito)
    return [n for n in notas if n.familia in ("", familia) and n.ambito in ambitos]


def tendencia(
    serie: Sequence[Cifra], *, hasta: int, hace: int, notas: Iterable[NotaDeSerie]
) -> Tendencia | None:
    """Frente a hace tantos años. None si falta alguna de las dos cifras."""
    desde = hasta - hace
    por_vigencia = {cifra.vigencia: cifra for cifra in serie if cifra.hay}
    if desde not in por_vigencia or hasta not in por_vigencia:
        return None
    if nota := _impide(notas, desde, hasta):
        que = f"cambió en {nota.desde}" if _es_quiebre(nota) else "tiene una advertencia"
        return Tendencia(desde, hasta, f"no se compara con {desde}: la serie {que}")
    indicador = por_vigencia[hasta].indicador
    antes, ahora = por_vigencia[desde].valor, por_vigencia[hasta].valor
    cambio = _resta(ahora, antes, indicador)
    return Tendencia(
        desde,
        hasta,
        _en_palabras(cambio, antes, indicador, desde),
        cambio,
        juicio_de(cambio, indicador),
    )


def juicio_de(diferencia: float, indicador: Indicador) -> str:
    Sentido = Indicador.Sentido
    if not diferencia or indicador.sentido == Sentido.NINGUNO:
        return ""
    return MEJORA if (diferencia > 0) == (indicador.sentido == Sentido.SUBE) else EMPEORA


def distancia_de(
    cifra: Cifra, *, todas: Sequence[Punto], pais: Cifra | None, departamento: Cifra | None
) -> Distancia | None:
    """Una población no se compara así: cada territorio tiene la suya."""
    if not cifra.hay or len(todas) < 2 or cifra.indicador.medida == Indicador.Medida.PERSONAS:
        return None
    indicador = cifra.indicador
    mediana = median(punto.valor for punto in todas)
    a_la_mediana = _resta(cifra.valor, mediana, indicador)
    al_pais, al_departamento = (
        _resta(cifra.valor, otra.valor, indicador) if otra and otra.hay else None
        for otra in (pais, departamento)
    )
    partes = [
        f"{_separa(diferencia, indicador)} {que}"
        for diferencia, que in (
            (al_pais, "del país"),
            (al_departamento, "de su departamento"),
            (a_la_mediana, f"de la mediana de {len(todas)} entidades"),
        )
        if diferencia is not None
    ]
    return Distancia(len(todas), mediana, a_la_mediana, al_pais, al_departamento, "; ".join(partes))


def _impide(notas, desde, hasta):
    """La nota por la que dos años de una serie no se comparan."""
    for nota in notas:
        if _es_quiebre(nota):
            if desde < nota.desde <= hasta:
                return nota
        elif any(nota.desde <= vigencia <= (nota.hasta or vigencia) for vigencia in (desde, hasta)):
            return nota
    return None


def _es_quiebre(nota):
    return nota.clase == NotaDeSerie.Clase.QUIEBRE


def _resta(uno, otro, indicador):
    decimales = indicador.decimales
    return float(redondeado(uno, decimales) - redondeado(otro, decimales))


def _en_palabras(cambio, antes, indicador, desde):
    if not cambio:
        return f"igual que en {desde}"
    verbo = "subió" if cambio > 0 else "bajó"
    if indicador.medida == Indicador.Medida.PERSONAS and antes:
        cuanto = f"{en_espanol(abs(cambio) / antes * 100, 1)} %"
    else:
        cuanto = cantidad(cambio, indicador)
    return f"{verbo} {cuanto} frente a {desde}"


def _separa(diferencia, indicador):
    if not diferencia:
        return "a la altura"
    lado = "por encima" if diferencia > 0 else "por debajo"
    return f"{cantidad(diferencia, indicador)} {lado}"


def cantidad(diferencia: float, indicador: Indicador) -> str:
    """«1,2 puntos», «3 estudiantes por grupo»: el tamaño de una diferencia, sin signo."""
    texto = en_espanol(abs(diferencia), indicador.decimales)
    if indicador.es_porcentaje:
        return f"{texto} punto" if texto == "1,0" else f"{texto} puntos"
    return f"{texto} {indicador.get_medida_display()}"
