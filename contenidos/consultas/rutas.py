"""Las colecciones y las rutas que cada quien ve, y cuánto ha recorrido de cada ruta."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from contenidos.models import (
    EDITAN,
    Certificado,
    Coleccion,
    Contenido,
    EnColeccion,
    Paso,
    PasoHecho,
    Ruta,
)
from cuentas.models import Usuario


def publicables_para(usuario: Usuario, modelo: type[Coleccion] | type[Ruta]) -> QuerySet:
    """Lo publicado; quien edita ve también lo que prepara."""
    if usuario.is_authenticated and usuario.rol in EDITAN:
        return modelo.objects.all()
    return modelo.objects.publicadas()


# ── Colecciones ───────────────────────────────────────────────────────────────────────────────


def colecciones_para(usuario: Usuario) -> QuerySet[Coleccion]:
    """Con `cuantos`: los contenidos que esa persona encontrará dentro."""
    visibles = Contenido.objects.visibles_para(usuario).publicados().values("pk")
    return (
        publicables_para(usuario, Coleccion)
        .annotate(cuantos=Count("entradas", filter=Q(entradas__contenido__in=visibles)))
        .order_by("orden", "titulo")
    )


def entradas_para(coleccion: Coleccion, usuario: Usuario) -> list[EnColeccion]:
    """Solo lo publicado que puede ver: una colección no es para anunciar lo que no está."""
    visibles = Contenido.objects.visibles_para(usuario).publicados()
    return list(
        coleccion.entradas.filter(contenido__in=visibles.values("pk"))
        .select_related("contenido__clase", "contenido__autor", "contenido__version_actual")
        .order_by("orden", "pk")
    )


# ── Rutas ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Etapa:
    """Un paso, como lo ve quien lo recorre."""

    paso: Paso
    esta_hecho: bool
    contenido: Contenido | None  # nada, si esa persona no puede abrirlo


@dataclass(frozen=True)
class Recorrido:
    etapas: list[Etapa]

    @cached_property
    def hechos(self) -> int:
        return sum(etapa.esta_hecho for etapa in self.etapas)

    @cached_property
    def minutos(self) -> int:
        return sum(etapa.paso.minutos for etapa in self.etapas)

    @property
    def porcentaje(self) -> int:
        return self.hechos * 100 // len(self.etapas) if self.etapas else 0

    @property
    def esta_completo(self) -> bool:
        return bool(self.etapas) and self.hechos == len(self.etapas)

    @property
    def sigue(self) -> Etapa | None:
        """El primero que falta."""
        return next((etapa for etapa in self.etapas if not etapa.esta_hecho), None)


def rutas_para(usuario: Usuario) -> QuerySet[Ruta]:
    """Con `n_pasos` y `minutos`; y, de quien mira, `hechos` y si tiene su certificado."""
    pasos = Paso.objects.filter(ruta=OuterRef("pk")).order_by().values("ruta")
    suyos = PasoHecho.objects.filter(paso__ruta=OuterRef("pk"), usuario=usuario.pk)
    vigentes = Certificado.objects.filter(
        ruta=OuterRef("pk"), usuario=usuario.pk, revocado_en__isnull=True
    )
    return (
        publicables_para(usuario, Ruta)
        .annotate(
            n_pasos=_o_cero(pasos.annotate(n=Count("pk"))),
            minutos=_o_cero(pasos.annotate(n=Sum("minutos"))),
            hechos=_o_cero(suyos.order_by().values("paso__ruta").annotate(n=Count("pk"))),
            tiene_certificado=Exists(vigentes),
        )
        .order_by("orden", "titulo")
    )


def _o_cero(cuenta):
    return Coalesce(Subquery(cuenta.values("n")), 0)


def recorrido_de(ruta: Ruta, usuario: Usuario) -> Recorrido:
    """Los pasos en orden. Lo hecho es solo de esa persona."""
    abiertos = Contenido.objects.con_pagina_para(usuario).select_related(
        "clase", "version_actual", "reemplazado_por"
    )
    pasos = list(ruta.pasos.order_by("orden", "pk"))
    contenidos = abiertos.in_bulk({paso.contenido_id for paso in pasos})
    hechos = set()
    if usuario.is_authenticated:
        suyos = PasoHecho.objects.filter(usuario=usuario, paso__ruta=ruta)
        hechos = set(suyos.values_list("paso", flat=True))
    return Recorrido(
        [Etapa(paso, paso.pk in hechos, contenidos.get(paso.contenido_id)) for paso in pasos]
    )


def certificado_de(ruta: Ruta, usuario: Usuario) -> Certificado | None:
    """El que vale; si no, el último que tuvo."""
    suyos = Certificado.objects.filter(ruta=ruta, usuario=usuario).order_by("-emitido_en", "-pk")
    return suyos.filter(revocado_en__isnull=True).first() or suyos.first()


# ── Lo que se guarda de una persona ───────────────────────────────────────────────────────────


def pasos_de(usuario: Usuario) -> list[dict]:
    """Lo que ha recorrido, para quien descarga sus propios datos."""
    suyos = PasoHecho.objects.filter(usuario=usuario).select_related("paso__ruta")
    return [
        {"ruta": uno.paso.ruta.titulo, "paso": uno.paso.titulo, "hecho_en": uno.hecho_en}
        for uno in suyos.order_by("hecho_en", "pk")
    ]


def certificados_de(usuario: Usuario) -> list[dict]:
    """También los revocados."""
    suyos = Certificado.objects.filter(usuario=usuario).select_related("ruta", "entidad")
    return [
        {
            "codigo": uno.codigo,
            "ruta": uno.ruta.titulo,
            "nombre": uno.nombre,
            "secretaria": str(uno.entidad) if uno.entidad else None,
            "minutos": uno.minutos,
            "emitido_en": uno.emitido_en,
            "revocado": not uno.vale,
        }
        for uno in suyos.order_by("emitido_en", "pk")
    ]
