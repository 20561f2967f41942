"""Leer, confirmar y volver a contar, después o en la misma petición: el camino es uno."""

from conectate.acciones import importaciones, lecturas
from conectate.acciones.recalculo import Saber, recalcular_sesiones
from conectate.consultas.revision import YA_NO_CAMBIAN
from conectate.models import Importacion, Sesion
from trabajos.registro import trabajo


@trabajo("conectate.leer_importacion", titulo="Leer una lista de asistencia")
def leer_importacion(tarea, *, importacion_id):
    importacion = Importacion.objects.select_related("sesion").get(pk=importacion_id)
    lecturas.leer_importacion(importacion, tarea)


@trabajo("conectate.confirmar_importacion", titulo="Confirmar una lista de asistencia")
def confirmar_importacion(tarea, *, importacion_id, modo, acepta_otro_dia):
    importacion = Importacion.objects.select_related("sesion").get(pk=importacion_id)
    tarea.avanzar(0, total=1, paso="Contando a las personas de la sesión")
    with tarea.cierre() as cierre:
        cuenta = importaciones.confirmar(
            importacion=importacion,
            por=tarea.por,
            modo=modo,
            acepta_otro_dia=acepta_otro_dia,
        )
        cierre.resultado = {"importacion": importacion.pk, "repetida": cuenta is None}


@trabajo("conectate.deshacer_importacion", titulo="Deshacer una importación de asistencia")
def deshacer_importacion(tarea, *, importacion_id):
    importacion = Importacion.objects.select_related("sesion").get(pk=importacion_id)
    with tarea.cierre() as cierre:
        importaciones.deshacer(importacion=importacion, por=tarea.por)
        cierre.resultado = {"importacion": importacion.pk}


@trabajo("conectate.recalcular_sesiones", titulo="Volver a contar la asistencia")
def volver_a_contar(tarea, *, sesiones):
    saber = Saber()
    abiertas = Sesion.objects.filter(pk__in=sesiones).exclude(estado__in=YA_NO_CAMBIAN)
    for hechas, sesion in enumerate(abiertas.order_by("pk")):
        tarea.avanzar(hechas, total=len(sesiones), paso=sesion.titulo)
        recalcular_sesiones([sesion], saber)
