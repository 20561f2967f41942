"""Lo que esperaba porque otro llegó antes, y alguien ya resolvió."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from acompanamiento.models import Envio, Registrado
from cuentas.bitacora import anotar
from cuentas.models import Usuario


@transaction.atomic
def cerrar_conflicto(*, envio: Envio, objeto: Registrado, por: Usuario) -> None:
    """Deja dicho que alguien escogió. Lo que se mandó sigue guardado, tal como llegó."""
    envio = Envio.objects.select_for_update().get(pk=envio.pk)
    if envio.estado != Envio.Estado.EN_CONFLICTO:
        raise ValidationError("Alguien ya resolvió este conflicto.", code="ya_resuelto")
    envio.estado = Envio.Estado.RESUELTO
    envio.resuelto_por, envio.resuelto_en = por, timezone.now()
    envio.save(update_fields=["estado", "resuelto_por", "resuelto_en"])
    anotar(por=por, verbo="resolvió un conflicto", objeto=objeto)
