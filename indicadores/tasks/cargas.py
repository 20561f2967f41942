"""Leer y publicar un archivo de indicadores, después o en la misma petición: el camino es uno."""

from indicadores.acciones import cargas, reversion
from indicadores.models import Carga, Version
from trabajos.registro import trabajo


@trabajo("indicadores.leer_carga", titulo="Leer un archivo de indicadores")
def leer_carga(tarea, *, carga_id):
    cargas.leer(_carga(carga_id), tarea)


@trabajo("indicadores.confirmar_carga", titulo="Publicar un archivo de indicadores")
def confirmar_carga(tarea, *, carga_id, motivo):
    carga = _carga(carga_id)
    tarea.avanzar(0, total=2, paso="Comparando con lo publicado")
    preparada = None
    if carga.estado == Carga.Estado.VISTA_PREVIA:
        preparada = cargas.preparar(carga)
    tarea.avanzar(1, paso="Publicando")
    with tarea.cierre() as cierre:
        cargas.confirmar(carga=carga, por=tarea.por, motivo=motivo, preparada=preparada)
        cierre.resultado = {"carga": carga.pk, "estado": str(carga.estado)}
        cierre.mensaje = carga.mensaje


@trabajo("indicadores.deshacer_version", titulo="Deshacer una versión de las cifras")
def deshacer_version(tarea, *, numero, motivo):
    version = Version.objects.get(pk=numero)
    tarea.avanzar(0, total=1, paso="Devolviendo las cifras a como estaban")
    with tarea.cierre() as cierre:
        nueva = reversion.deshacer_version(version=version, por=tarea.por, motivo=motivo)
        cierre.resultado = {"version": nueva.numero}


def _carga(pk):
    return Carga.objects.select_related("conjunto").get(pk=pk)
