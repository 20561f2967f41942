"""Armar el ZIP de un paquete. Repetirlo da el mismo archivo."""

from contenidos.consultas.canasta import contenido_del_paquete
from contenidos.informes.paquete import escribir_paquete
from contenidos.models import Paquete
from trabajos.registro import TrabajoRechazado, trabajo


@trabajo("contenidos.armar_paquete", titulo="Armar un paquete")
def armar_paquete(tarea, *, paquete_id, ligero=False):
    paquete = Paquete.objects.get(pk=paquete_id)
    equipaje = contenido_del_paquete(paquete)
    if not equipaje.van:
        raise TrabajoRechazado(
            "Todo lo que traía este paquete se retiró. Busque en la biblioteca lo que hoy vale."
        )
    nombre = f"Contenidos de la Escuela, {paquete.pedido_en:%Y-%m-%d}.zip"
    with tarea.archivo(nombre) as ruta:
        perdidas = escribir_paquete(ruta, paquete, equipaje, ligero=ligero, avanzar=tarea.avanzar)
    with tarea.cierre() as cierre:
        cierre.resultado = {
            "contenidos": len(equipaje.van) - len(perdidas),
            "sin_archivo": [pieza.renglon.contenido.pk for pieza in perdidas],
        }
        if perdidas or equipaje.no_van:
            cierre.mensaje = "El índice dice qué no va en el paquete, y por qué."
