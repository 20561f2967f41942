"""Lo que importa de una ficha, en una frase: la cifra que más se aparta de las demás entidades."""

from statistics import quantiles

from indicadores.consultas.ficha import Ficha, IndicadorDeFicha

# Femeninos los cuatro: la frase los nombra con «la».
CLAVES = ("cobertura_neta", "desercion", "reprobacion", "repitencia")


def claves_de(ficha: Ficha) -> list[IndicadorDeFicha]:
    return [ficha.por_codigo[codigo] for codigo in CLAVES if codigo in ficha.por_codigo]


def titular_de(ficha: Ficha) -> str:
    """«La deserción fue de 5,6 % en 2022: subió 2,9 puntos frente a 2021 y está…»."""
    candidatos = [uno for uno in claves_de(ficha) if uno.distancia]
    if not candidatos:
        return ""
    uno = max(candidatos, key=_lejania)
    frase = (
        f"La {uno.indicador.nombre.lower()} fue de {uno.ultima.texto} en {uno.ultima.vigencia}: "
    )
    reciente = next((t for t in uno.tendencias if t.cambio is not None), None)
    lugar = f"está {uno.distancia.texto.rpartition('; ')[2]}"  # la de la mediana, que la eligió
    return f"{frase}{reciente.texto} y {lugar}." if reciente else f"{frase}{lugar}."


def _lejania(uno) -> float:
    """La distancia a la mediana, en anchos de la mitad central de las entidades."""
    primero, _, tercero = quantiles([punto.valor for punto in uno.todas], n=4)
    return abs(uno.distancia.a_la_mediana) / ((tercero - primero) or 1)
