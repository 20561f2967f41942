"""Lo que la ficha de un contenido dice: sus versiones, su sucesor y en qué más está."""

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from contenidos.consultas.archivos import extension_en_paginas, formato_de, formato_del_ligero
from contenidos.consultas.biblioteca import publicados_para
from contenidos.lectura.formatos import Formato
from contenidos.models import (
    Coleccion,
    Contenido,
    DireccionAnterior,
    Ruta,
    VersionDeContenido,
)
from cuentas.models import Usuario


def con_ficha_para(usuario: Usuario) -> QuerySet[Contenido]:
    """Lo que tiene página para esa persona: también lo retirado, que se explica."""
    return (
        Contenido.objects.con_pagina_para(usuario)
        .select_related(
            "clase", "autor", "eje", "version_actual", "responsable", "revision_del_enlace"
        )
        .prefetch_related(
            "temas",
            "audiencias",
            "niveles",
            Prefetch("versiones", VersionDeContenido.objects.order_by("-numero")),
        )
    )


def slug_de_ahora(slug: str, usuario: Usuario) -> str | None:
    """Cómo se llama hoy lo que antes tuvo esa dirección."""
    anteriores = DireccionAnterior.objects.filter(
        slug=slug, contenido__in=Contenido.objects.con_pagina_para(usuario).values("pk")
    )
    return anteriores.values_list("contenido__slug", flat=True).first()


def sucesor_de(contenido: Contenido, usuario: Usuario) -> Contenido | None:
    """El que vale hoy: de reemplazo en reemplazo, hasta el último que esa persona puede ver."""
    ultimo, vistos, siguiente = None, {contenido.pk}, contenido.reemplazado_por_id
    while siguiente and siguiente not in vistos:
        vistos.add(siguiente)
        otro = Contenido.objects.only("slug", "titulo", "reemplazado_por").get(pk=siguiente)
        if publicados_para(usuario).filter(pk=otro.pk).exists():
            ultimo = otro
        siguiente = otro.reemplazado_por_id
    return ultimo


@dataclass(frozen=True)
class Estampa:
    """Una versión como se lee: «v2, PDF, 12 páginas»."""

    version: VersionDeContenido
    anterior: VersionDeContenido | None
    es_actual: bool

    @property
    def formato(self) -> Formato:
        return formato_de(self.version)

    @property
    def extension(self) -> str:
        return extension_en_paginas(self.version)

    @property
    def formato_ligero(self) -> Formato | None:
        return formato_del_ligero(self.version) if self.version.ligero else None


def historia_de(contenido: Contenido) -> list[Estampa]:
    """De la última a la primera, cada una con la que reemplazó."""
    return [
        Estampa(version, anterior, version.pk == contenido.version_actual_id)
        for version, anterior in pairwise([*contenido.versiones.all(), None])
    ]


def donde_esta(contenido: Contenido) -> tuple[QuerySet[Coleccion], QuerySet[Ruta]]:
    return (
        Coleccion.objects.publicadas().filter(contenidos=contenido).order_by("orden", "titulo"),
        Ruta.objects.publicadas()
        .filter(pasos__contenido=contenido)
        .order_by("orden", "titulo")
        .distinct(),
    )
