"""Borrar contenidos del todo, con sus archivos: lo que se deshace, no lo que se retira."""

from django.db import transaction
from django.db.models import QuerySet

from contenidos.models import Contenido, VersionDeContenido

ARCHIVOS = ("archivo", "subtitulos", "miniatura", "ligero")


@transaction.atomic
def borrar_contenidos(contenidos: QuerySet[Contenido]) -> int:
    """Lo publicado que alguien ya citó se retira; esto es para lo que nunca debió estar."""
    claves = list(contenidos.values_list("pk", flat=True))
    versiones = list(VersionDeContenido.objects.filter(contenido__in=claves))
    suyos = Contenido.objects.filter(pk__in=claves)
    suyos.update(version_actual=None)
    suyos.delete()
    for version in versiones:
        _borrar_archivos(version)
    return len(claves)


def _borrar_archivos(version):
    for campo in ARCHIVOS:
        if archivo := getattr(version, campo):
            # El archivo se borra cuando ya es seguro que la fila no vuelve.
            transaction.on_commit(lambda archivo=archivo: archivo.storage.delete(archivo.name))
