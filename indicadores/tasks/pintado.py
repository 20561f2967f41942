"""Pintar lo publicado antes de que llegue la primera visita."""

from celery import shared_task

from indicadores.models import Indicador, Version
from indicadores.pintado import recordar
from indicadores.views.ficha import pintar_ficha
from indicadores.views.mapa import pintar_mapa
from territorio.models import EntidadTerritorial


@shared_task(name="indicadores.pintar")
def pintar_lo_publicado():
    """La ficha de cada entidad y el mapa de cada indicador; si ya lo están, nada."""
    if Version.objects.exists():
        recordar(("lo publicado",), _pintar_todo)


def _pintar_todo():
    for entidad in EntidadTerritorial.objects.vigentes().select_related("departamento"):
        pintar_ficha(entidad)
    pintar_mapa()
    for codigo in Indicador.objects.activos().values_list("codigo", flat=True):
        pintar_mapa(indicador=codigo)
    return True
