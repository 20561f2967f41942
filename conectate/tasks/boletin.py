"""El boletín mensual: componerlo para quien lo pide y mandarlo cada mes."""

from datetime import date

from celery import shared_task

from conectate.acciones import boletin
from conectate.informes.boletin import boletin_en_pdf
from territorio.models import EntidadTerritorial
from trabajos.registro import trabajo


@trabajo("conectate.boletin", titulo="Preparar el boletín de un mes", intentos=3)
def componer_boletin(tarea, *, vigencia, mes, codigo_dane):
    tarea.avanzar(0, 2, "Reuniendo las sesiones del mes")
    pdf = boletin_en_pdf(tarea.por, vigencia=vigencia, mes=mes, codigo_dane=codigo_dane)
    tarea.avanzar(1, 2, "Componiendo el PDF")
    tarea.adjuntar(pdf.nombre_del_archivo, pdf.componer())
    tarea.avanzar(2, 2, "Listo")
    with tarea.cierre() as cierre:
        cierre.mensaje = "El boletín está listo."


@trabajo("conectate.enviar_boletin", titulo="Enviar el boletín del mes")
def enviar_boletin(tarea, *, vigencia, mes, codigo_dane):
    entidad = EntidadTerritorial.objects.get(codigo_dane=codigo_dane)
    boletin.enviar(entidad, date(vigencia, mes, 1), tarea)


@shared_task(name="conectate.boletines")
def enviar_boletines():
    boletin.pedir_los_del_mes()
