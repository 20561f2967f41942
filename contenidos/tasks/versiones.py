"""Leer los archivos de la biblioteca, después de recibidos."""

from celery import shared_task

from contenidos.acciones import lectura_de_versiones
from contenidos.models import VersionDeContenido
from trabajos.registro import trabajo


@trabajo("contenidos.leer_version", titulo="Leer un archivo de la biblioteca")
def leer_version(tarea, *, version_id):
    version = VersionDeContenido.objects.filter(pk=version_id).first()
    if version is None:  # se borró mientras esperaba
        return {}
    tarea.avanzar(0, total=2, paso="Abriéndolo")
    leido = lectura_de_versiones.leer(version)
    tarea.avanzar(1, paso="Guardando lo que dice")
    lectura_de_versiones.guardar(version, leido)
    return {"version": version.pk, "paginas": leido and leido.paginas}


@shared_task(name="contenidos.leer_las_que_faltan")
def leer_las_que_faltan():
    lectura_de_versiones.pedir_las_que_faltan()
