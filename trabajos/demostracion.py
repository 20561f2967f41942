"""Los trabajos que pidieron las cuentas de demostración, con sus archivos."""

from django.db import transaction

from trabajos.models import Trabajo


@transaction.atomic
def quitar() -> int:
    pedidos = Trabajo.objects.filter(pedido_por__es_demostracion=True)
    for trabajo in pedidos.exclude(archivo=""):
        borrar = trabajo.archivo.delete
        transaction.on_commit(lambda borrar=borrar: borrar(save=False))
    return pedidos.delete()[0]
