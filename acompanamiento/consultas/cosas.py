"""Lo de otra app que un compromiso o una respuesta nombra (una sesión), sin conocer esa app.

Se guarda su clase y su número; qué es y quién puede verlo lo dice quien lo registró en
`contenidos.registro`.
"""

from contenidos.registro import BUSCABLES, Ficha
from cuentas.models import Usuario


def cosa_visible(clase: str, pk: int | None, usuario: Usuario) -> Ficha | None:
    """Su título y su dirección, si existe y esa persona puede verla."""
    buscable = BUSCABLES.get(clase)
    if buscable is None or pk is None:
        return None
    cosa = buscable.visibles(usuario).filter(pk=pk).first()
    return cosa and buscable.ficha(cosa)


def nombre_de_la_clase(clase: str) -> str:
    return BUSCABLES[clase].nombre if clase in BUSCABLES else clase
