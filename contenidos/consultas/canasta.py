"""Lo que alguien se quiere llevar, el paquete que pidió, y qué les pasó entre tanto."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from contenidos.consultas.archivos import formato_de
from contenidos.models import Contenido, Paquete, VersionDeContenido
from cuentas.models import Usuario
from territorio.texto import normalizar

CON_SU_FICHA = ("clase", "autor", "version_actual", "reemplazado_por")


@dataclass(frozen=True)
class Renglon:
    """Un contenido que va, o ya no puede ir. Sin versión: es un enlace a otro sitio."""

    contenido: Contenido
    version: VersionDeContenido | None
    reemplazo: Contenido | None  # el que hoy lo reemplaza, si quien mira puede verlo

    @cached_property
    def formato(self) -> str:
        return formato_de(self.version).nombre if self.version else "enlace"

    @property
    def tamano(self) -> int:
        return self.version.tamano if self.version else 0

    @property
    def tamano_ligero(self) -> int:
        """Lo que pesa si se prefiere la versión ligera: la misma, cuando no tiene otra."""
        return self.version.tamano_ligero or self.tamano if self.version else 0

    @property
    def hay_otra_version(self) -> bool:
        """Salió una más nueva que la que va."""
        return bool(self.version) and self.contenido.version_actual_id != self.version.pk


@dataclass(frozen=True)
class Equipaje:
    """Lo que hay en una canasta o en un paquete."""

    van: list[Renglon]
    no_van: list[Renglon]  # se retiraron
    perdidos: int = 0  # ya no los puede ver: ni su nombre se dice

    @cached_property
    def peso(self) -> int:
        return sum(renglon.tamano for renglon in self.van)

    @cached_property
    def peso_ligero(self) -> int:
        return sum(renglon.tamano_ligero for renglon in self.van)

    @property
    def cambiados(self) -> list[Renglon]:
        return [uno for uno in self.van if uno.hay_otra_version or uno.reemplazo]


def canasta_de(claves: list[int], usuario: Usuario) -> Equipaje:
    """Lo apartado, en su orden, con la versión que hoy es la actual."""
    suyos = Contenido.objects.con_pagina_para(usuario).filter(pk__in=claves)
    por_clave = suyos.select_related(*CON_SU_FICHA).in_bulk()
    hallados = [por_clave[clave] for clave in claves if clave in por_clave]
    van, no_van = _repartir([(uno, uno.version_actual) for uno in hallados], usuario)
    return Equipaje(van, no_van, perdidos=len(claves) - len(van) - len(no_van))


def contenido_del_paquete(paquete: Paquete, usuario: Usuario | None = None) -> Equipaje:
    """Por orden alfabético, con las versiones que se pidieron. Lo retirado después no va."""
    ficha = [f"contenido__{campo}" for campo in CON_SU_FICHA]
    pares = [
        *((una.contenido, una) for una in paquete.versiones.select_related(*ficha)),
        *((uno, None) for uno in paquete.enlaces.select_related(*CON_SU_FICHA)),
    ]
    pares.sort(key=lambda par: (normalizar(par[0].titulo), par[0].pk))
    return Equipaje(*_repartir(pares, usuario or AnonymousUser()))


def contenidos_en_paquete(paquete: Paquete) -> QuerySet[Contenido]:
    """También los que se retiraron después."""
    return Contenido.objects.filter(
        Q(pk__in=paquete.versiones.values("contenido")) | Q(pk__in=paquete.enlaces.values("pk"))
    )


def paquetes_recientes(claves: Iterable[str]) -> QuerySet[Paquete]:
    return Paquete.objects.filter(clave__in=list(claves)).select_related("trabajo")


def _repartir(pares, usuario):
    """(los que van, los retirados). Lo que volvió a borrador no se menciona."""
    reemplazos = Contenido.objects.visibles_para(usuario).in_bulk(
        [uno.reemplazado_por_id for uno, _ in pares if uno.reemplazado_por_id]
    )
    renglones = [
        Renglon(uno, version, reemplazos.get(uno.reemplazado_por_id)) for uno, version in pares
    ]
    van = [
        renglon
        for renglon in renglones
        if renglon.contenido.esta_publicado and (renglon.version or renglon.contenido.enlace)
    ]
    return van, [renglon for renglon in renglones if renglon.contenido.esta_retirado]
