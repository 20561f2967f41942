"""El correo de la semana a quienes siguen un tema."""

from celery import shared_task

from contenidos.acciones import suscripciones


@shared_task(name="contenidos.novedades")
def mandar_novedades():
    suscripciones.enviar_novedades()
