"""Componer los informes del acompañamiento para quien los pide."""

from acompanamiento.informes.periodo import Libro, alcance_de, mes_en_pdf
from trabajos.registro import trabajo


@trabajo("acompanamiento.informe", titulo="Preparar contactos y compromisos", intentos=3)
def componer_informe(tarea, **pedido):
    tarea.avanzar(0, 2, "Reuniendo contactos y compromisos")
    libro = Libro(alcance_de(tarea.por, **pedido), tarea.por)
    with tarea.archivo(libro.nombre_del_archivo) as ruta:
        filas = libro.escribir(ruta)
    tarea.avanzar(2, 2, "Listo")
    with tarea.cierre() as cierre:
        cierre.resultado = {"filas": filas}
        cierre.mensaje = f"El archivo tiene {filas} {'fila' if filas == 1 else 'filas'} de datos."


@trabajo("acompanamiento.mes_del_grupo", titulo="Preparar el mes de un grupo", intentos=3)
def componer_mes(tarea, *, grupo, mes):
    tarea.avanzar(0, 2, "Reuniendo lo del mes")
    pdf = mes_en_pdf(tarea.por, grupo=grupo, mes=mes)
    tarea.avanzar(1, 2, "Componiendo el PDF")
    tarea.adjuntar(pdf.nombre_del_archivo, pdf.componer())
    tarea.avanzar(2, 2, "Listo")
    with tarea.cierre() as cierre:
        cierre.mensaje = "El informe del mes está listo."
