"""El catálogo propio: qué se mide, de dónde sale y quién tiene cifras.

Las superficies son del Marco Geoestadístico Nacional 2018 del DANE, medidas sobre geometría
simplificada: sirven para comparar tamaños, no como dato oficial.

Repetir la carga no cambia nada. Lo que el catálogo ya no trae no se borra: puede tener cifras.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path

from django.db import transaction

from indicadores.models import Conjunto, Indicador, NotaDeSerie, Unidad
from indicadores.pintado import olvidar
from territorio.cargas import igualar
from territorio.models import Atencion, Departamento, EntidadTerritorial, Municipio

CATALOGO = Path(__file__).parents[1] / "catalogo"
NACION = "00"


@transaction.atomic
def cargar_catalogo() -> Counter:
    """Deja la base como dicen los archivos de `catalogo/` y el territorio; cuenta los cambios."""
    cambios = Counter()
    igualar(Conjunto, "clave", filas_de("conjuntos"), cambios)
    igualar(Indicador, "codigo", [_indicador(fila) for fila in filas_de("indicadores")], cambios)
    igualar(NotaDeSerie, "clave", [_nota(fila) for fila in filas_de("notas")], cambios)
    _unidades(cambios)
    transaction.on_commit(olvidar)  # un nombre o una nota pudieron cambiar; y las plantillas
    return cambios


def filas_de(nombre: str) -> list[dict]:
    with open(CATALOGO / f"{nombre}.csv", encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def _indicador(fila):
    enteros = ("decimales", "desde", "orden")
    return {
        **fila,
        **{campo: int(fila[campo]) for campo in enteros},
        "hasta": int(fila["hasta"]) if fila["hasta"] else None,
        **{
            campo: float(fila[campo]) if fila[campo] else None
            for campo in ("minimo", "maximo", "salto")
        },
    }


def _nota(fila):
    return {
        **fila,
        "desde": int(fila["desde"]),
        "hasta": int(fila["hasta"]) if fila["hasta"] else None,
    }


def _unidades(cambios):
    """Una por municipio, departamento y entidad departamental, y la nación."""
    hay = {(u.ambito, u.codigo): u for u in Unidad.objects.all()}
    nuevas, cambiadas = [], []
    for clave, datos in _unidades_del_territorio():
        unidad = hay.get(clave)
        if unidad is None:
            nuevas.append(Unidad(ambito=clave[0], codigo=clave[1], **datos))
        elif any(getattr(unidad, campo) != valor for campo, valor in datos.items()):
            for campo, valor in datos.items():
                setattr(unidad, campo, valor)
            cambiadas.append(unidad)
    Unidad.objects.bulk_create(nuevas)
    Unidad.objects.bulk_update(
        cambiadas, ["nombre", "departamento_id", "municipio_id", "entidad_id", "superficie_km2"]
    )
    cambios["unidad nuevas"] += len(nuevas)
    cambios["unidad cambiadas"] += len(cambiadas)


def _unidades_del_territorio():
    Ambito = Unidad.Ambito
    entidades = {entidad.codigo_dane: entidad for entidad in EntidadTerritorial.objects.all()}
    superficies = {
        fila["codigo"]: float(fila["superficie_km2"]) for fila in filas_de("superficies")
    }
    de_la_entidad = _sumadas(
        superficies, Atencion.objects.vigentes().values_list("entidad", "municipio__codigo")
    )
    del_departamento = _sumadas(
        superficies, Municipio.objects.values_list("departamento", "codigo").order_by()
    )
    yield (Ambito.NACION, NACION), {"nombre": "Colombia"}
    for departamento in Departamento.objects.all():
        yield (
            (Ambito.DEPARTAMENTO, departamento.codigo),
            {
                "nombre": departamento.nombre,
                "departamento_id": departamento.pk,
                "superficie_km2": del_departamento.get(departamento.pk),
            },
        )
    for municipio in Municipio.objects.all():
        suya = entidades.get(municipio.codigo)
        yield (
            (Ambito.MUNICIPIO, municipio.codigo),
            {
                "nombre": municipio.nombre,
                "departamento_id": municipio.departamento_id,
                "municipio_id": municipio.pk,
                "entidad_id": suya and suya.pk,
                "superficie_km2": superficies.get(municipio.codigo),
            },
        )
    for entidad in entidades.values():
        if entidad.es_departamental:
            yield (
                (Ambito.ENTIDAD, entidad.codigo_dane),
                {
                    "nombre": entidad.nombre,
                    "departamento_id": entidad.departamento_id,
                    "entidad_id": entidad.pk,
                    "superficie_km2": de_la_entidad.get(entidad.pk),
                },
            )


def _sumadas(superficies, parejas) -> dict[int, float]:
    """De sus municipios a quien los reúne, al km²."""
    suma = defaultdict(float)
    for quien, municipio in parejas:
        suma[quien] += superficies.get(municipio, 0)
    return {
        quien: round(total) if total >= 100 else round(total, 1) for quien, total in suma.items()
    }
