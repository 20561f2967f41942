"""Las maneras de decir lo mismo: salen del glosario, y cambian cuando cambia."""

from functools import lru_cache

from contenidos.consultas.busqueda.consulta import Alternativa
from contenidos.lengua.palabras import palabras, raices, raiz
from contenidos.models import Termino

Glosario = dict[Alternativa, tuple[Alternativa, ...]]


def maneras_de_decirlo() -> Glosario:
    """De cada forma (sus raíces) a todas las de su término. Se lee siempre; se arma si cambió."""
    campos = Termino.objects.order_by("pk").values_list("nombre", "siglas", "sinonimos")
    return _armado(tuple(campos))


@lru_cache(maxsize=4)
def _armado(filas):
    glosario = {}
    for nombre, siglas, sinonimos in filas:
        termino = Termino(nombre=nombre, siglas=siglas, sinonimos=sinonimos)
        formas = dict.fromkeys(filter(None, map(como_se_busca, termino.formas)))
        for forma in formas:
            # Una sigla puede ser de dos términos: vale por los dos.
            glosario[forma] = tuple(dict.fromkeys((forma, *glosario.get(forma, ()), *formas)))
    return glosario


def como_se_busca(forma: str) -> Alternativa:
    """«SE» es una sigla aunque «se» no diga nada: si todas son vacías, valen todas."""
    return tuple(raices(forma)) or tuple(map(raiz, palabras(forma)))
