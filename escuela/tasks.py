"""Lo que el portal hace solo, una vez al día, y no es de ninguna app en particular."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="escuela.sellar_bitacora")
def sellar_bitacora():
    call_command("sellar_bitacora")


@shared_task(name="escuela.borrar_sesiones_vencidas")
def borrar_sesiones_vencidas():
    call_command("clearsessions")
