"""Lo que corre el trabajador de Celery. Los trabajos de cada app se declaran en su `tasks.py`."""

from celery import shared_task

from trabajos import acciones


@shared_task(name="trabajos.hacer")
def hacer(trabajo_id):
    acciones.ejecutar(trabajo_id)


@shared_task(name="trabajos.barrer")
def barrer():
    acciones.barrer()
