"""Componer el acta de una sesión."""

from conectate.informes.acta import acta_en_pdf
from trabajos.registro import trabajo


@trabajo("conectate.acta", titulo="Preparar el acta de una sesión", intentos=3)
def componer_acta(tarea, *, sesion_id):
    tarea.avanzar(0, 2, "Reuniendo lo tratado y las cifras")
    acta = acta_en_pdf(tarea.por, sesion_id=sesion_id)
    tarea.avanzar(1, 2, "Componiendo el PDF")
    tarea.adjuntar(acta.nombre_del_archivo, acta.componer())
    tarea.avanzar(2, 2, "Listo")
    with tarea.cierre() as cierre:
        cierre.resultado = {"sesion": sesion_id}
        cierre.mensaje = "El acta está lista."
