"""De noche, el índice se rehace: pone lo que se guardó en bloque y olvida lo que ya no está."""

from celery import shared_task

from contenidos.acciones.busquedas import olvidar_las_viejas
from contenidos.acciones.indice import reindexar_todo


@shared_task(name="contenidos.reindexar")
def reindexar():
    reindexar_todo()
    olvidar_las_viejas()
