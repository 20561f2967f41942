"""Armar colecciones y rutas. Su dirección sale del título y después no cambia."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from contenidos.direcciones import direccion_libre
from contenidos.models import Coleccion, EnColeccion, Paso, Ruta
from cuentas.bitacora import anotar
from cuentas.models import Usuario


@transaction.atomic
def guardar_coleccion(
    *,
    coleccion: Coleccion,
    entradas: Iterable[EnColeccion],
    quitadas: Iterable[EnColeccion] = (),
    por: Usuario,
) -> None:
    """La colección y lo que trae. Publicada, trae algo."""
    es_nueva = coleccion.pk is None
    _guardar(coleccion)
    for entrada in quitadas:
        entrada.delete()
    for entrada in entradas:
        entrada.coleccion = coleccion
        entrada.save()
    if coleccion.publicada and not coleccion.entradas.exists():
        raise ValidationError(
            "Una colección sin contenidos no se publica. Añada alguno, o déjela sin publicar.",
            code="vacia",
        )
    anotar(por=por, verbo=f"{'creó' if es_nueva else 'cambió'} una colección", objeto=coleccion)


@transaction.atomic
def guardar_ruta(
    *, ruta: Ruta, pasos: Iterable[Paso], quitados: Iterable[Paso] = (), por: Usuario
) -> None:
    """La ruta y sus pasos. Publicada, tiene pasos y sus contenidos ya salieron."""
    es_nueva = ruta.pk is None
    _guardar(ruta)
    for paso in quitados:
        paso.delete()
    for paso in pasos:
        paso.ruta = ruta
        paso.save()
    if ruta.publicada:
        _exigir_publicable(ruta)
    anotar(por=por, verbo=f"{'creó' if es_nueva else 'cambió'} una ruta", objeto=ruta)


def _guardar(objeto):
    objeto.slug = objeto.slug or direccion_libre(
        objeto.titulo,
        type(objeto).objects.all(),
        a_falta="sin-titulo",
        reservadas=["nueva"],  # «/nueva/» es la de crear
    )
    objeto.full_clean()
    objeto.save()


def _exigir_publicable(ruta):
    pasos = list(ruta.pasos.select_related("contenido"))
    if not pasos:
        raise ValidationError(
            "Una ruta sin pasos no se publica. Añada el primero, o déjela sin publicar.",
            code="sin_pasos",
        )
    por_salir = [paso for paso in pasos if not paso.contenido.publicado_en]
    if por_salir:
        raise ValidationError(
            f"El contenido «{por_salir[0].contenido}» no se ha publicado. Publíquelo primero, o "
            "deje la ruta sin publicar.",
            code="paso_sin_publicar",
        )
