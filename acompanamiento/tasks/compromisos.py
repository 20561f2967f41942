"""Recordar los compromisos, cada mañana hábil."""

from celery import shared_task

from acompanamiento.acciones.recordatorios import recordar_compromisos


@shared_task(name="acompanamiento.recordar_compromisos")
def recordar():
    recordar_compromisos()
