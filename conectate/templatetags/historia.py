"""El gráfico de los años: columnas que se leen sin color, sin JavaScript y en papel."""

from dataclasses import dataclass

from django import template
from django.utils.formats import number_format

register = template.Library()

ANCHO_DE_LETRA = 8.5  # de 16 px, a ojo por lo ancho
SEPARACION = 14
ALTO, ARRIBA, ABAJO = 150, 48, 28  # la columna, y lo que ocupan sus letreros


@dataclass(frozen=True)
class Columna:
    """Una vigencia, en las unidades del SVG. La columna entera es N; lo lleno, x."""

    vigencia: int
    centro: float
    x: float
    ancho: float
    lleno_y: float
    lleno: float
    arriba: str
    abajo: str
    tiene_dato: bool
    hubo: bool


@register.inclusion_tag("conectate/_linea_de_tiempo.html")
def linea_de_tiempo(puntos, *, id, titulo):
    textos = [_letreros(punto) for punto in puntos]
    largo = max((len(texto) for par in textos for texto in par), default=0)
    paso = round(max(len("2020"), largo) * ANCHO_DE_LETRA) + SEPARACION
    ancho = paso - SEPARACION
    columnas = []
    for i, (punto, (arriba, abajo)) in enumerate(zip(puntos, textos, strict=True)):
        lleno = round(ALTO * (punto.cuenta.fraccion or 0), 1)
        columnas.append(
            Columna(
                vigencia=punto.vigencia,
                centro=i * paso + paso / 2,
                x=i * paso + SEPARACION / 2,
                ancho=ancho,
                lleno_y=ARRIBA + ALTO - lleno,
                lleno=lleno,
                arriba=arriba,
                abajo=abajo,
                tiene_dato=punto.tiene_dato,
                hubo=punto.hubo,
            )
        )
    return {
        "id": id,
        "titulo": titulo,
        "columnas": columnas,
        "ancho": paso * len(columnas),
        "alto": ARRIBA + ALTO + ABAJO,
        "tope": ARRIBA,
        "alto_de_columna": ALTO,
        "base": ARRIBA + ALTO,
        "descripcion": "; ".join(str(punto) for punto in puntos),
    }


def _letreros(punto):
    """«43» sobre «de 45»; el cero no se confunde con no saber."""
    if punto.tiene_dato:
        x, n = (number_format(v, 0, force_grouping=True) for v in (punto.cuenta.x, punto.cuenta.n))
        return x, f"de {n}"
    return ("sin", "dato") if punto.hubo else ("", "–")
