"""Lo que se pregunta del territorio: cuántas entidades había, cuáles, y quién atiende a quién."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from territorio.models import (
    Alias,
    Atencion,
    Departamento,
    Dominio,
    EntidadTerritorial,
    EntidadTerritorialQuerySet,
    Municipio,
)


def entidades_vigentes(fecha: date | None = None) -> EntidadTerritorialQuerySet:
    return EntidadTerritorial.objects.vigentes(fecha).en_orden()


def numero_de_entidades(fecha: date | None = None) -> int:
    """El N de todo «x de N»: 95 hasta 2018, 96 desde 2019, 97 desde 2023."""
    return EntidadTerritorial.objects.vigentes(fecha).count()


def entidad_que_atiende(
    municipio: Municipio, fecha: date | None = None
) -> EntidadTerritorial | None:
    atencion = municipio.atenciones.vigentes(fecha).select_related("entidad").first()
    return atencion and atencion.entidad


def cambios_de_vigencia() -> list[date]:
    """Los días en que algo empezó o dejó de valer, en orden. Entre dos, el catálogo es el mismo."""
    dias = set()
    for modelo in (EntidadTerritorial, Atencion, Alias, Dominio):
        filas = modelo.objects.order_by().exclude(desde=None, hasta=None)
        for desde, hasta in filas.values_list("desde", "hasta").distinct():
            dias.update(dia for dia in (desde, hasta and hasta + timedelta(days=1)) if dia)
    return sorted(dias)


def huella_del_catalogo() -> str:
    """Cambia si cambia cualquier cosa de la que dependa resolver una entidad."""
    resumen = hashlib.sha256()
    for modelo in (EntidadTerritorial, Departamento, Municipio, Atencion, Alias, Dominio):
        for fila in modelo.objects.order_by("pk").values_list():
            resumen.update(repr(fila).encode())
    return resumen.hexdigest()


@dataclass(frozen=True)
class Hito:
    """Entre qué días hubo cuántas entidades, y cuáles entraron o salieron al comenzar."""

    desde: date | None
    hasta: date | None
    numero: int
    entran: tuple[EntidadTerritorial, ...] = ()
    salen: tuple[EntidadTerritorial, ...] = ()


def hitos_de_certificacion(hasta: date | None = None) -> list[Hito]:
    """95 al principio, 96 con Funza, 97 con La Estrella: cada vez que cambió el N."""
    hasta = hasta or timezone.localdate()
    entran, salen = defaultdict(list), defaultdict(list)
    numero = 0
    for entidad in EntidadTerritorial.objects.en_orden():
        if entidad.desde is None:
            numero += 1
        elif entidad.desde <= hasta:
            entran[entidad.desde].append(entidad)
        if entidad.hasta and entidad.hasta < hasta:
            salen[entidad.hasta + timedelta(days=1)].append(entidad)

    dias = sorted({*entran, *salen})
    vispera = [dia - timedelta(days=1) for dia in dias]
    hitos = [Hito(None, vispera[0] if dias else None, numero)]
    for i, dia in enumerate(dias, 1):
        ultimo = vispera[i] if i < len(dias) else None
        numero += len(entran[dia]) - len(salen[dia])
        hitos.append(Hito(dia, ultimo, numero, tuple(entran[dia]), tuple(salen[dia])))
    return hitos
