"""Lo que la biblioteca revisa sola: sus enlaces, y lo que espera por cada quien."""

from datetime import timedelta

from celery import shared_task

from contenidos.acciones import enlaces, recordatorios
from trabajos.registro import trabajo


@trabajo(
    "contenidos.revisar_enlaces",
    titulo="Probar los enlaces de la biblioteca",
    limite=timedelta(hours=2),
)
def revisar_enlaces(tarea, **cuales):
    enlaces.revisar_enlaces(tarea, **cuales)


@shared_task(name="contenidos.enlaces")
def probar_todos():
    enlaces.pedir_revision_del_mes()


@shared_task(name="contenidos.enlaces_que_fallaron")
def probar_los_que_fallaron():
    enlaces.pedir_revision_del_mes(solo_los_que_fallaron=True)


@shared_task(name="contenidos.recordar_edicion")
def recordar():
    recordatorios.recordar_lo_que_espera()
