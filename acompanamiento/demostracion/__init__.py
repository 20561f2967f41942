"""Un año de acompañamiento inventado, hasta hoy: grupos, contactos, compromisos y necesidades.

Nadie de aquí existe. Si ya hay grupos de verdad no se inventa ninguno: lo de todos los días manda.
"""

from django.db import transaction

from acompanamiento.demostracion import (
    compromisos,
    contactos,
    grupos,
    instituciones,
    necesidades,
    programas,
)
from acompanamiento.demostracion.retiro import quitar
from acompanamiento.models import Grupo
from cuentas.models import Rol, Usuario


@transaction.atomic
def cargar(usuarios: dict[Rol, Usuario]) -> int:
    """Crea lo que falte hasta hoy. Devuelve cuántos contactos creó."""
    if Grupo.objects.filter(es_demostracion=False).exists():
        return 0
    elenco = grupos.cargar(usuarios)
    nuevos = contactos.cargar(elenco)
    compromisos.cargar(elenco, nuevos)
    if elenco.es_nuevo:
        programas.cargar(elenco)
        necesidades.cargar(elenco)
        instituciones.cargar(elenco)
    return len(nuevos)


__all__ = ["cargar", "quitar"]
