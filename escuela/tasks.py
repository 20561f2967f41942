"""Lo que el portal hace solo, a su hora, y no es de ninguna app en particular."""

from celery import shared_task
from django.core.management import call_command

from cuentas.avisos import avisar_que_tocaron_la_bitacora
from cuentas.bitacora import verificar_bitacora


@shared_task(name="escuela.sellar_bitacora")
def sellar_bitacora():
    call_command("sellar_bitacora")


@shared_task(name="escuela.verificar_bitacora")
def comprobar_la_bitacora():
    """Nadie la mira todos los días: si algo no cuadra, se les escribe a los administradores."""
    if problemas := verificar_bitacora():
        avisar_que_tocaron_la_bitacora(problemas)


@shared_task(name="escuela.borrar_sesiones_vencidas")
def borrar_sesiones_vencidas():
    call_command("clearsessions")
