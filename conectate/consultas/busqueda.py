"""Lo que el buscador del portal sabe de una sesión."""

from conectate.models import Sesion
from contenidos.registro import ClaseBuscable, Ficha


def ficha_de(sesion: Sesion) -> Ficha:
    """Sin quiénes presentan: el índice no guarda nombres de personas."""
    temas = list(sesion.temas.all())
    return Ficha(
        titulo=sesion.titulo,
        url=sesion.get_absolute_url(),
        resumen=sesion.descripcion,
        fecha=sesion.fecha,
        otras_palabras=" ".join([sesion.tipo.nombre, *(tema.nombre for tema in temas)]),
        temas=tuple(tema.pk for tema in temas),
    )


SESIONES = ClaseBuscable(
    clave="sesion",
    nombre="sesión",
    plural="sesiones",
    modelo=Sesion,
    ficha=ficha_de,
    visibles=Sesion.objects.visibles_para,
    orden=20,
)
