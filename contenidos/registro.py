"""Lo que las apps de arriba le cuentan a la biblioteca, que no las conoce.

Qué suyo se busca (`registrar_buscable`) y qué contenidos deja ver por ser suyos (`prestar`). Se
declara en el `ready()` de cada app.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

BUSCABLES: dict[str, "ClaseBuscable"] = {}
_PRESTAMOS: list[Callable] = []


@dataclass(frozen=True)
class Ficha:
    """Lo que el índice sabe de una cosa. `paginas`: su texto largo, si lo tiene."""

    titulo: str
    url: str
    resumen: str = ""
    fecha: date | None = None
    otras_palabras: str = ""  # siglas, códigos, nombres de sus temas: se buscan, no se muestran
    temas: tuple[int, ...] = ()
    paginas: Iterable[str] = field(default=())
    vigente: bool = True  # lo reemplazado por otro va después de lo que vale


@dataclass(frozen=True)
class ClaseBuscable:
    clave: str  # «sesion»: no cambia
    nombre: str
    plural: str
    modelo: type
    ficha: Callable  # del objeto a su Ficha, o None si no se busca
    visibles: Callable  # del usuario a un QuerySet del modelo
    orden: int = 100
    preparar: Callable = lambda consulta: consulta  # trae de una vez lo que la ficha necesita


def registrar_buscable(clase: ClaseBuscable) -> None:
    BUSCABLES[clase.clave] = clase


def clases_buscables() -> list[ClaseBuscable]:
    return sorted(BUSCABLES.values(), key=lambda clase: clase.orden)


def prestar(contenidos_de: Callable) -> None:
    """`contenidos_de(usuario)`: los pk de contenidos que ve por estar donde él puede entrar."""
    if contenidos_de not in _PRESTAMOS:
        _PRESTAMOS.append(contenidos_de)


def prestados_a(usuario) -> list:
    return [contenidos_de(usuario) for contenidos_de in _PRESTAMOS]
