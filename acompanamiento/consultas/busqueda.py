"""Lo que el buscador del portal sabe de un programa. Es público: lo halla cualquiera."""

from acompanamiento.models import Programa
from contenidos.registro import ClaseBuscable, Ficha


def ficha_de(programa: Programa) -> Ficha:
    temas = list(programa.temas.all())
    return Ficha(
        titulo=f"{programa.nombre}, {programa.vigencia}",
        url=programa.get_absolute_url(),
        resumen=programa.descripcion,
        fecha=programa.hasta or programa.desde,
        otras_palabras=" ".join([programa.aliado, *(tema.nombre for tema in temas)]),
        temas=tuple(tema.pk for tema in temas),
    )


PROGRAMAS = ClaseBuscable(
    clave="programa",
    nombre="programa de talleres",
    plural="programas de talleres",
    modelo=Programa,
    ficha=ficha_de,
    visibles=lambda usuario: Programa.objects.all(),
    orden=50,
    preparar=lambda consulta: consulta.prefetch_related("temas"),
)
