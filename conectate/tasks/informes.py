"""Componer un archivo con lo mismo que muestra una página."""

from conectate.informes import INFORMES
from cuentas.bitacora import ver_lista_de_personas
from trabajos.registro import trabajo


@trabajo("conectate.informe", titulo="Preparar un archivo para descargar", intentos=3)
def componer_informe(tarea, *, informe, formato, parametros):
    tarea.avanzar(0, 3, "Reuniendo los datos")
    documento = INFORMES[informe](tarea.por, **parametros)
    tarea.avanzar(1, 3, "Escribiendo el archivo")
    with tarea.archivo(documento.nombre_del_archivo(formato)) as ruta:
        filas = documento.escribir(ruta, formato, tarea.por)
    tarea.avanzar(3, 3, "Listo")

    with tarea.cierre() as cierre:
        if documento.n_personas:
            ver_lista_de_personas(
                por=tarea.por,
                lista="personas de una sesión",
                n_personas=documento.n_personas,
                objeto=documento.sobre,
                filtros={"formato": formato},
                exportada=True,
            )
        cierre.resultado = {"filas": filas}
        cierre.mensaje = f"El archivo tiene {filas} {'fila' if filas == 1 else 'filas'} de datos."
