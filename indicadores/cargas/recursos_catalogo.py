"""Los recursos que se conocen de entrada, cada uno con su fuente.

Solo añade lo que falte: lo que ya está pudo corregirlo alguien.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db import transaction

from indicadores.cargas.catalogo import filas_de
from indicadores.models import MEDIDAS, CorteDeRecursos, Fondo

TEXTOS = ("clave", "nombre", "periodo", "sistema", "fuente", "nota")


@transaction.atomic
def anadir_recursos() -> Counter:
    cambios = Counter()
    _fondos(cambios)
    _cortes(cambios)
    return cambios


def _fondos(cambios):
    hay = set(Fondo.objects.values_list("clave", flat=True))
    nuevos = [Fondo(**fila) for fila in filas_de("fondos") if fila["clave"] not in hay]
    Fondo.objects.bulk_create(nuevos)
    cambios["fondo nuevos"] += len(nuevos)


def _cortes(cambios):
    """Un total va en el archivo antes que sus partes."""
    fondos = {fondo.clave: fondo for fondo in Fondo.objects.all()}
    cortes = {corte.clave: corte for corte in CorteDeRecursos.objects.all()}
    for fila in filas_de("cortes"):
        if fila["clave"] in cortes:
            continue
        cortes[fila["clave"]] = CorteDeRecursos.objects.create(
            **_corte(fila),
            fondo=fondos[fila["fondo"]],
            parte_de=cortes.get(fila["parte_de"]),
        )
        cambios["corte de recursos nuevos"] += 1


def _corte(fila):
    """Vacío es que la fuente no lo trae: nunca cero."""
    return {
        **{campo: fila[campo] for campo in TEXTOS},
        "vigencia": int(fila["vigencia"]),
        "corte": date.fromisoformat(fila["corte"]) if fila["corte"] else None,
        **{medida: Decimal(fila[medida]) if fila[medida] else None for medida in MEDIDAS},
        **{
            campo: int(fila[campo]) if fila[campo] else None
            for campo in ("n_reportaron", "n_entidades")
        },
        "estado": CorteDeRecursos.Estado.PUBLICADO,
    }
