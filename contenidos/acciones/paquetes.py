"""Pedir un paquete y volver a armar el que venció. Lo arma Celery.

No queda en la bitácora: lo que alguien se lleva para leer es cosa suya.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from contenidos.consultas.canasta import Equipaje, paquetes_recientes
from contenidos.models import Paquete
from cuentas.models import Usuario
from trabajos.acciones import encolar
from trabajos.archivos import peso_de
from trabajos.models import Trabajo

PESO_MAXIMO = 500 * 1024 * 1024


@transaction.atomic
def pedir_paquete(
    *,
    equipaje: Equipaje,
    por: Usuario | None,
    ligero: bool = False,
    anteriores: Iterable[str] = (),
) -> Paquete:
    """Con las versiones de hoy. Si entre los anteriores ya hay uno igual que sirve, es ese."""
    if not equipaje.van:
        raise ValidationError(
            "La canasta está vacía. Ponga en ella lo que se quiere llevar.", code="vacia"
        )
    peso = equipaje.peso_ligero if ligero else equipaje.peso
    if peso > PESO_MAXIMO:
        raise ValidationError(
            f"El paquete pesaría {peso_de(peso)} y el máximo son "
            f"{peso_de(PESO_MAXIMO)}. Quite algún contenido y pida otro paquete con él.",
            code="muy_pesado",
        )
    versiones = {renglon.version.pk for renglon in equipaje.van if renglon.version}
    enlaces = {renglon.contenido.pk for renglon in equipaje.van if not renglon.version}
    if igual := _el_mismo(anteriores, versiones, enlaces, ligero):
        return igual
    paquete = Paquete.objects.create(pedido_por=por)
    paquete.versiones.set(versiones)
    paquete.enlaces.set(enlaces)
    _armar(paquete, por, ligero)
    return paquete


@transaction.atomic
def rearmar_paquete(*, paquete: Paquete, por: Usuario | None) -> None:
    """El enlace sigue siendo el mismo. Si el archivo está o viene en camino, no hace nada."""
    paquete = Paquete.objects.select_for_update().get(pk=paquete.pk)
    if not (esta_listo(paquete) or esta_en_camino(paquete)):
        _armar(paquete, por, va_ligero(paquete))


def esta_listo(paquete: Paquete) -> bool:
    return bool(paquete.trabajo and paquete.trabajo.archivo)


def esta_en_camino(paquete: Paquete) -> bool:
    return bool(paquete.trabajo) and not paquete.trabajo.esta_cerrado


def va_ligero(paquete: Paquete) -> bool:
    return bool(paquete.trabajo and paquete.trabajo.parametros.get("ligero"))


def _armar(paquete, por, ligero):
    cuantos = paquete.versiones.count() + paquete.enlaces.count()
    paquete.trabajo = encolar(
        "contenidos.armar_paquete",
        por=por,
        parametros={"paquete_id": paquete.pk, "ligero": ligero},
        titulo=f"Paquete de {cuantos} contenido{'' if cuantos == 1 else 's'}",
        clave_unica=f"contenidos.armar_paquete:{paquete.pk}",
    )
    paquete.save(update_fields=["trabajo"])


def _el_mismo(anteriores, versiones, enlaces, ligero):
    """Pulsar dos veces el botón no arma dos archivos."""
    for paquete in paquetes_recientes(anteriores).prefetch_related("versiones", "enlaces"):
        sirve = paquete.trabajo and paquete.trabajo.estado != Trabajo.Estado.FALLIDO
        if (
            sirve
            and not paquete.trabajo.esta_vencido
            and va_ligero(paquete) == ligero
            and {una.pk for una in paquete.versiones.all()} == versiones
            and {uno.pk for uno in paquete.enlaces.all()} == enlaces
        ):
            return paquete
    return None
