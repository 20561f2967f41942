"""Traer del servicio de datos abiertos: cuando se pide, y cuando toca."""

from datetime import timedelta

from celery import shared_task

from indicadores.acciones import servicio
from indicadores.models import FuenteProgramada
from trabajos.registro import trabajo


@trabajo(
    "indicadores.traer_fuente",
    titulo="Traer del servicio de datos abiertos",
    limite=timedelta(hours=1),
)
def traer_fuente(tarea, *, fuente_id, avisar=False):
    fuente = FuenteProgramada.objects.select_related("conjunto", "creado_por").get(pk=fuente_id)
    servicio.traer(fuente, tarea, avisar=avisar)


@shared_task(name="indicadores.fuentes")
def traer_las_que_tocan():
    servicio.pedir_las_que_tocan()
