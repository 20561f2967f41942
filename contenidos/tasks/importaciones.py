"""Revisar y crear contenidos en lote: lo poco, en la misma petición; lo mucho, con avance."""

from contenidos.cargas import importacion as cargas
from contenidos.models import ImportacionDeContenidos
from contenidos.permisos import puede_editar
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("contenidos.leer_importacion", titulo="Revisar contenidos en lote")
def leer_importacion(tarea, *, importacion_id):
    cargas.leer(ImportacionDeContenidos.objects.get(pk=importacion_id), tarea)


@trabajo("contenidos.confirmar_importacion", titulo="Crear contenidos en lote")
def confirmar_importacion(tarea, *, importacion_id, a_revision):
    if not puede_editar(tarea.por):
        raise TrabajoRechazado("Ya no tiene permiso para crear contenidos.")
    importacion = ImportacionDeContenidos.objects.get(pk=importacion_id)
    cargas.confirmar(importacion, tarea, a_revision=a_revision)
