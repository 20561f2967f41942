"""Lo que las listas dicen de cada entidad, puesto en su asistencia."""

from django.db.models import Count

from conectate.models import Asistencia, Participacion, Sesion


def contar_importadas(sesion: Sesion) -> None:
    """Deja en cada asistencia cuántas personas suyas cuentan. Lo de otros orígenes no se toca."""
    suyas = (
        Participacion.objects.que_cuentan()
        .filter(sesion=sesion, entidad__isnull=False)
        .order_by()
        .values_list("entidad")
        .annotate(n=Count("pk"))
    )
    por_entidad = dict(suyas)
    cambiadas = []
    for asistencia in sesion.asistencias.all():
        ahora = por_entidad.pop(asistencia.entidad_id, 0)
        if asistencia.importadas != ahora:
            asistencia.importadas = ahora
            cambiadas.append(asistencia)
    Asistencia.objects.bulk_update(cambiadas, ["importadas"])
    Asistencia.objects.bulk_create(
        Asistencia(sesion=sesion, entidad_id=entidad, importadas=n)
        for entidad, n in por_entidad.items()
    )
    quitar_las_vacias(sesion)


def quitar_las_vacias(sesion: Sesion) -> None:
    """Sin nadie en la lista y sin que nadie más dijera nada, no hay nada que saber."""
    sesion.asistencias.filter(presente=False, registro="").delete()
