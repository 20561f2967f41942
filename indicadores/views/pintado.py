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
    """La plantilla con el contexto de la última versión; se arma solo si no está pintada.

    Sin clave se pinta siempre. Una versión nueva se ve al instante; un nombre o una nota que se
    corrijan, a los diez minutos.
    """
    if clave is None:
        return render_to_string(plantilla, contexto())
    numero = Version.objects.order_by("-numero").values_list("numero", flat=True).first()
    huella = hashlib.sha256(repr((numero, plantilla, clave)).encode()).hexdigest()
    guardado = caches["pintado"].get(huella)
    if guardado is None:
        guardado = str(render_to_string(plantilla, contexto()))
        caches["pintado"].set(huella, guardado)
    return mark_safe(guardado)
