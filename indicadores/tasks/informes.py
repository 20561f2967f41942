"""Componer informes: el que alguien pide, los de un lote y el archivo con todos."""

from celery import shared_task

from indicadores.acciones import informes
from indicadores.informes.contenido import informe_de
from indicadores.informes.formatos import COMPONER
from indicadores.informes.lote import escribir_zip
from indicadores.models import LoteDeInformes
from indicadores.permisos import puede_hacer_lotes, puede_ver_informe
from territorio.models import EntidadTerritorial
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("indicadores.informe", titulo="Preparar el informe de una entidad", intentos=3)
def componer_informe(tarea, *, codigo_dane, vigencia, formato):
    tarea.avanzar(0, 2, "Reuniendo las cifras")
    entidad = EntidadTerritorial.objects.select_related("departamento").get(codigo_dane=codigo_dane)
    if not puede_ver_informe(tarea.por, entidad):
        raise TrabajoRechazado("Ya no tiene permiso para pedir este informe.")
    informe = informe_de(entidad, vigencia=vigencia)
    tarea.avanzar(1, 2, "Componiendo el archivo")
    tarea.adjuntar(informe.nombre_del_archivo(formato), COMPONER[formato](informe))
    with tarea.cierre() as cierre:
        cierre.resultado = {"cifras": informe.n_cifras}
        cierre.mensaje = "El informe está listo."


@trabajo("indicadores.informe_de_lote", titulo="Preparar un informe de un lote")
def componer_entrega(tarea, *, lote_id, codigo_dane):
    informes.entregar(lote_id=lote_id, codigo_dane=codigo_dane, tarea=tarea)


@trabajo("indicadores.zip_de_lote", titulo="Reunir los informes de un lote", intentos=3)
def reunir_lote(tarea, *, lote_id):
    if not puede_hacer_lotes(tarea.por):
        raise TrabajoRechazado("Ya no tiene permiso para bajar estos informes.")
    lote = LoteDeInformes.objects.get(pk=lote_id)
    with tarea.archivo(f"{lote.titulo}.zip") as ruta:
        n = escribir_zip(ruta, lote, tarea.avanzar)
    if not n:
        raise TrabajoRechazado("Este lote todavía no tiene informes listos. Espere a que avance.")
    with tarea.cierre() as cierre:
        cierre.resultado = {"informes": n}
        cierre.mensaje = f"El archivo trae los informes de {n} entidades y su índice."


@shared_task(name="indicadores.informes_del_mes")
def mandar_informes():
    informes.pedir_los_del_mes()
