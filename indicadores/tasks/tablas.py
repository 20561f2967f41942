"""Los Excel grandes, aparte de la petición."""

from indicadores.consultas.cifras import en_espanol
from indicadores.consultas.tablas import NoHayTabla, pedido, version_pedida
from indicadores.informes.tablas import escribir_libro
from indicadores.informes.tablas_de_cifras import tabla_de
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("indicadores.libro", titulo="Preparar un Excel de indicadores", intentos=3)
def componer_libro(tarea, *, clave, version, forma, filtros):
    try:
        tabla = tabla_de(pedido(clave, version_pedida(version), **filtros), forma)
    except NoHayTabla as error:
        raise TrabajoRechazado(str(error)) from None
    tabla.filas = _contando(tabla.filas, tabla.n_filas, tarea)
    with tarea.archivo(tabla.nombre_del_archivo("xlsx")) as ruta:
        filas = escribir_libro(tabla, ruta)

    with tarea.cierre() as cierre:
        cierre.resultado = {"filas": filas}
        cierre.mensaje = f"Filas de datos en el archivo: {en_espanol(filas, 0)}."


def _contando(filas, cuantas, tarea):
    for n, fila in enumerate(filas):
        tarea.avanzar(n, cuantas, "Escribiendo el archivo")
        yield fila
