"""Los trabajos que pidieron las cuentas de demostración, con sus archivos y sus correos."""

from django.db import transaction
from django.db.models import Q

from cuentas.models import Invitacion, Usuario
from trabajos.models import Correo, Trabajo


@transaction.atomic
def quitar() -> int:
    """Antes de quitar las cuentas: por ellas se sabe qué correos salieron."""
    correos = Correo.objects.filter(para__in=_a_quienes_escribieron())
    entregas = list(correos.values_list("trabajo", flat=True))
    correos.delete()
    pedidos = Trabajo.objects.filter(Q(pedido_por__es_demostracion=True) | Q(pk__in=entregas))
    for trabajo in pedidos.exclude(archivo=""):
        transaction.on_commit(lambda trabajo=trabajo: _borrar_archivo(trabajo))
    return pedidos.delete()[0]


def _a_quienes_escribieron():
    """A las propias cuentas, y a quien invitaron sin que llegara a tener una de verdad."""
    de_prueba = Usuario.objects.filter(es_demostracion=True)
    de_verdad = Usuario.objects.filter(es_demostracion=False)
    invitados = Invitacion.objects.filter(creada_por__in=de_prueba).exclude(
        email__in=de_verdad.values("email")
    )
    return {*de_prueba.values_list("email", flat=True), *invitados.values_list("email", flat=True)}


def _borrar_archivo(trabajo):
    """El archivo y su carpeta, que es de ese trabajo y de ningún otro."""
    archivo = trabajo.archivo
    carpeta = archivo.name.rpartition("/")[0]
    archivo.delete(save=False)
    if not any(archivo.storage.listdir(carpeta)):
        archivo.storage.delete(carpeta)
