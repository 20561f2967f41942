"""Leer y guardar un directorio, después o en la misma petición: el camino es uno."""

from acompanamiento.acciones import listados_de_instituciones as acciones
from acompanamiento.models import ListadoDeInstituciones
from trabajos.registro import trabajo


@trabajo("acompanamiento.leer_instituciones", titulo="Leer un directorio de instituciones")
def leer_instituciones(tarea, *, listado_id):
    acciones.leer(ListadoDeInstituciones.objects.get(pk=listado_id), tarea)


@trabajo("acompanamiento.confirmar_instituciones", titulo="Guardar un directorio de instituciones")
def confirmar_instituciones(tarea, *, listado_id):
    listado = ListadoDeInstituciones.objects.get(pk=listado_id)
    listado.exigir_por_confirmar()
    comparacion = acciones.comparacion_de(listado, tarea)
    acciones.exigir_que_cambie(comparacion)
    tarea.avanzar(len(comparacion.nuevas), paso="Guardando las instituciones")
    with tarea.cierre() as cierre:
        acciones.confirmar(listado, comparacion, tarea.por)
        cierre.mensaje = "Las instituciones quedaron guardadas."
