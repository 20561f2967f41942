"""La canasta: lo que alguien va apartando para llevárselo. Vive en su sesión de navegación.

Guarda números de contenidos, y nada más: qué se puede llevar se pregunta cada vez que se mira.
"""

from collections.abc import Iterable

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError

from contenidos.models import Contenido

CLAVE = "canasta"
MAXIMO = 60


def en_la_canasta(sesion: SessionBase) -> list[int]:
    """En el orden en que los fue poniendo."""
    return list(sesion.get(CLAVE, ()))


def agregar(sesion: SessionBase, contenidos: Iterable[Contenido]) -> int:
    """Los que no estaban. Dice cuántos entraron; lo que no se puede llevar se queda."""
    lleva = en_la_canasta(sesion)
    nuevos = [
        contenido.pk
        for contenido in contenidos
        if contenido.pk not in lleva and se_puede_llevar(contenido)
    ]
    if len(lleva) + len(nuevos) > MAXIMO:
        raise ValidationError(
            f"En la canasta caben {MAXIMO} contenidos. Pida su paquete y vacíela, o quite alguno.",
            code="canasta_llena",
        )
    if nuevos:
        sesion[CLAVE] = lleva + nuevos
    return len(nuevos)


def quitar(sesion: SessionBase, clave: int) -> None:
    sesion[CLAVE] = [otra for otra in en_la_canasta(sesion) if otra != clave]


def vaciar(sesion: SessionBase) -> None:
    sesion.pop(CLAVE, None)


def se_puede_llevar(contenido: Contenido) -> bool:
    """Lo publicado que trae archivo o, si es de otro sitio, su enlace."""
    return contenido.esta_publicado and bool(contenido.version_actual_id or contenido.enlace)
