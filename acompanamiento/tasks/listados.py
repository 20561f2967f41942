"""Descartar, cada noche, los listados que nadie confirmó."""

from celery import shared_task

from acompanamiento.acciones.listados import descartar_los_olvidados


@shared_task(name="acompanamiento.descartar_listados")
def descartar_listados():
    descartar_los_olvidados()
