"""Lo publicado no cambia hasta la versión siguiente: lo ya pintado se guarda y se vuelve a dar.

Solo lo que ve cualquiera. Lo que depende de la persona va en la clave o fuera de lo pintado.
"""

import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from indicadores.models import Version


def pintar(plantilla: str, clave: tuple | None, contexto: Callable[[], dict]) -> SafeString:
    """La plantilla con su contexto, que solo se arma si esa clave no está pintada.

    Sin clave se pinta siempre. Una versión nueva se ve al instante.
    """
    if clave is None:
        return render_to_string(plantilla, contexto())
    return mark_safe(
        recordar((plantilla, *clave), lambda: str(render_to_string(plantilla, contexto())))
    )


def recordar(clave: tuple, hacer: Callable):
    """Lo que da `hacer`, que se llama una vez por versión de las cifras."""
    numero = Version.objects.order_by("-numero").values_list("numero", flat=True).first()
    huella = hashlib.sha256(repr((numero, *clave)).encode()).hexdigest()
    guardado = caches["pintado"].get(huella)
    if guardado is None:
        guardado = hacer()
        caches["pintado"].set(huella, guardado)
    return guardado


def olvidar() -> None:
    """Cambió algo que no es una cifra: un nombre, una nota, el código del portal."""
    caches["pintado"].clear()
