"""El nombre de algo en la dirección, también cuando el que le toca ya está tomado."""

from collections.abc import Iterable
from itertools import count

from django.db.models import QuerySet
from django.utils.text import slugify

SITIO_PARA_EL_NUMERO = 5


def direccion_libre(
    nombre: str, *tomadas: QuerySet, a_falta: str, reservadas: Iterable[str] = ()
) -> str:
    """«guia», «guia-2», «guia-3»…: la primera que no tiene nadie. `tomadas` llevan `slug`.

    `a_falta`: la de un nombre sin letras. `reservadas`: las de otras páginas.
    """
    largo = min(uno.model._meta.get_field("slug").max_length for uno in tomadas)
    base = slugify(nombre)[: largo - SITIO_PARA_EL_NUMERO].strip("-") or a_falta
    usadas = set(reservadas).union(
        *(uno.filter(slug__startswith=base).values_list("slug", flat=True) for uno in tomadas)
    )
    candidatas = (f"{base}-{n}" if n > 1 else base for n in count(1))
    return next(candidata for candidata in candidatas if candidata not in usadas)
