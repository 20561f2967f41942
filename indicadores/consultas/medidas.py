"""Lo que leer un archivo y revisarlo necesitan saber de la base."""

from indicadores.lectura.resultado import Medida
from indicadores.models import Conjunto, Indicador, Unidad


def medidas() -> list[Medida]:
    """De cada indicador, lo que las reglas miran."""
    campos = ("codigo", "familia", "nivel", "minimo", "maximo", "salto")
    return [Medida(*fila) for fila in Indicador.objects.activos().values_list(*campos)]


def lugares(conjunto: Conjunto) -> dict[str, str]:
    """{código: nombre} de las unidades que un archivo de ese conjunto puede traer."""
    return dict(Unidad.objects.filter(ambito=conjunto.ambito).values_list("codigo", "nombre"))


def columnas_conocidas(conjunto: Conjunto) -> dict[str, str]:
    return dict(conjunto.columnas_conocidas.values_list("titulo_norm", "que_es"))
