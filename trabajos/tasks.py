"""Lo que corre el trabajador de Celery. Los trabajos de cada app se declaran en su `tasks.py`."""

from celery import shared_task

from trabajos.registro import trabajo


@shared_task(name="trabajos.hacer")
def hacer(trabajo_id):
    from trabajos.acciones import ejecutar

    ejecutar(trabajo_id)


@shared_task(name="trabajos.barrer")
def barrer():
    from trabajos.acciones import barrer

    barrer()


@shared_task(name="trabajos.limpiar")
def limpiar():
    from trabajos.limpieza import limpiar

    limpiar()


@trabajo("trabajos.entregar_correo", titulo="Entregar un correo")
def entregar_correo(tarea, *, correo_id):
    from trabajos.correo import entregar

    entregar(tarea, correo_id)
