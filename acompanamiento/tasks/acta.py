"""Componer el acta de un contacto."""

from acompanamiento.informes.acta import acta_en_pdf
from trabajos.registro import trabajo


@trabajo("acompanamiento.acta", titulo="Preparar el acta de un contacto", intentos=3)
def componer_acta(tarea, *, contacto_id):
    tarea.avanzar(0, 2, "Reuniendo lo tratado y los compromisos")
    acta = acta_en_pdf(tarea.por, contacto_id=contacto_id)
    tarea.avanzar(1, 2, "Componiendo el PDF")
    tarea.adjuntar(acta.nombre_del_archivo, acta.componer())
    tarea.avanzar(2, 2, "Listo")
    with tarea.cierre() as cierre:
        cierre.resultado = {"contacto": contacto_id}
        cierre.mensaje = "El acta está lista para imprimir y firmar."
