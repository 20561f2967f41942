"""Recorrer una ruta: lo que una persona marca como hecho."""

from django.db import transaction

from contenidos.models import Paso, PasoHecho
from cuentas.models import Usuario


@transaction.atomic
def marcar_paso(*, paso: Paso, por: Usuario, hecho: bool = True) -> None:
    """Repetirla no cambia nada. No queda en la bitácora: el avance lo ve solo quien avanza."""
    if hecho:
        PasoHecho.objects.get_or_create(paso=paso, usuario=por)
    else:
        PasoHecho.objects.filter(paso=paso, usuario=por).delete()
