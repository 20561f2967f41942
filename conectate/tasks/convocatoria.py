"""Sacar los mensajes a los convocados, y recordar la víspera."""

from celery import shared_task

from conectate.acciones import convocatoria
from conectate.models import Mensaje
from trabajos.registro import trabajo


@trabajo("conectate.enviar_mensaje", titulo="Enviar un mensaje a los convocados")
def enviar_mensaje(tarea, *, mensaje_id):
    mensaje = Mensaje.objects.select_related("sesion__tipo").get(pk=mensaje_id)
    convocatoria.repartir(mensaje, tarea)


@shared_task(name="conectate.recordar")
def recordar():
    convocatoria.recordar_las_de_manana()
