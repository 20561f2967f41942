"""Los catálogos de partida y lo que los documentos cuentan de 2020. Repetir no pisa nada."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import models, transaction

from acompanamiento.models import (
    CifraReportada,
    Dependencia,
    PapelEnLaEntidad,
    Programa,
    ReglaDeContacto,
    TipoDeActividad,
    VisitaReportada,
)
from contenidos.models import Tema
from territorio.models import EntidadTerritorial

CATALOGO = Path(__file__).resolve().parents[1] / "catalogo"


@transaction.atomic
def cargar_acompanamiento() -> int:
    """Añade lo que falte. Devuelve cuántas cosas hubo que crear."""
    return (
        _si_no_hay(PapelEnLaEntidad, "papeles_en_la_entidad")
        + _si_no_hay(Dependencia, "areas")
        + _si_no_hay(ReglaDeContacto, "reglas_de_contacto")
        + _tipos()
        + _programas()
        + _cifras()
        + _visitas_reportadas()
    )


def _si_no_hay(modelo: type[models.Model], archivo: str) -> int:
    """Sin otra seña que su nombre, se cargan una vez: desde ahí son de quien administra."""
    if modelo.objects.exists():
        return 0
    con_orden = any(campo.name == "orden" for campo in modelo._meta.fields)
    filas = [
        {**fila, **({"orden": orden} if con_orden else {})}
        for orden, fila in enumerate(_filas(archivo), 1)
    ]
    return len(modelo.objects.bulk_create([modelo(**fila) for fila in filas]))


def _tipos():
    return _las_que_falten(
        TipoDeActividad,
        "clave",
        [{**fila, "orden": orden} for orden, fila in enumerate(_filas("tipos_de_actividad"), 1)],
    )


def _programas():
    hay = set(Programa.objects.values_list("slug", flat=True))
    faltan = [
        (orden, fila)
        for orden, fila in enumerate(_filas("programas"), 1)
        if fila["slug"] not in hay
    ]
    for orden, fila in faltan:
        temas = fila.pop("temas").split("|")
        desde, hasta = _fecha(fila.pop("desde")), _fecha(fila.pop("hasta"))
        programa = Programa.objects.create(**fila, desde=desde, hasta=hasta, orden=orden)
        programa.temas.set(Tema.objects.filter(nombre__in=temas))
    return len(faltan)


def _cifras():
    programas = dict(Programa.objects.values_list("slug", "pk"))
    tipos = dict(TipoDeActividad.objects.values_list("clave", "pk"))
    filas = []
    for orden, fila in enumerate(_filas("cifras"), 1):
        programa, tipo = fila.pop("programa"), fila.pop("tipo")
        leido = {
            "programa_id": programas[programa],
            "tipo_id": tipos.get(tipo),
            "valor": Decimal(fila["valor"]) if fila["valor"] else None,
            "es_titular": fila["es_titular"] == "sí",
            "orden": orden,
        }
        filas.append({**fila, **leido})
    return _las_que_falten(CifraReportada, "clave", filas)


def _visitas_reportadas():
    """Las que se puedan: sin el catálogo de entidades no hay a quién."""
    entidades = dict(EntidadTerritorial.objects.values_list("codigo_dane", "pk"))
    nuevas = 0
    for fila in _filas("visitas_reportadas"):
        entidad = entidades.get(fila.pop("codigo_dane"))
        if entidad is None:
            continue
        cual = {"entidad_id": entidad, "vigencia": fila["vigencia"], "modalidad": fila["modalidad"]}
        _, es_nueva = VisitaReportada.objects.get_or_create(**cual, defaults=fila)
        nuevas += es_nueva
    return nuevas


def _las_que_falten(modelo, clave, filas):
    hay = set(modelo.objects.values_list(clave, flat=True))
    return len(modelo.objects.bulk_create([modelo(**f) for f in filas if f[clave] not in hay]))


def _filas(nombre: str) -> Iterator[dict]:
    with (CATALOGO / f"{nombre}.csv").open(encoding="utf-8", newline="") as archivo:
        yield from csv.DictReader(archivo)


def _fecha(texto):
    return date.fromisoformat(texto) if texto else None
