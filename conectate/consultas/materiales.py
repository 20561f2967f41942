"""Los materiales de una sesión que cada quien puede abrir."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from conectate.models import Material, Sesion
from contenidos.consultas.archivos import formato_de
from contenidos.consultas.busqueda import contenidos_que
from contenidos.models import Contenido
from cuentas.models import Usuario

CANDIDATOS = 20


def prestados_por_sus_sesiones(usuario: Usuario) -> QuerySet:
    """Lo entregado en una sesión lo ve quien puede ver la sesión."""
    visibles = Sesion.objects.visibles_para(usuario).order_by()
    return Material.objects.filter(sesion__in=visibles.values("pk")).values("contenido")


def materiales_para(usuario: Usuario) -> QuerySet[Material]:
    """Los de sus sesiones, menos lo que la biblioteca todavía no le muestra o ya retiró."""
    contenidos = Contenido.objects.visibles_para(usuario).order_by()
    return Material.objects.filter(
        sesion__in=Sesion.objects.visibles_para(usuario).order_by().values("pk"),
        contenido__in=contenidos.values("pk"),
    ).select_related("contenido__version_actual", "contenido__clase")


def con_direccion_para(usuario: Usuario) -> QuerySet[Material]:
    """También los retirados: quien llega por el enlace de un correo merece una explicación."""
    contenidos = Contenido.objects.con_pagina_para(usuario).order_by()
    return Material.objects.filter(
        sesion__in=Sesion.objects.visibles_para(usuario).order_by().values("pk"),
        contenido__in=contenidos.values("pk"),
    ).select_related("contenido")


def a_la_vista_de_las_secretarias() -> QuerySet[Material]:
    """Los que una secretaría abre si puede ver la sesión. Para contarlos sin saber quién mira."""
    publicados = Contenido.objects.publicados().order_by()
    suyos = publicados.exclude(visibilidad=Contenido.Visibilidad.MINISTERIO)
    return Material.objects.filter(contenido__in=suyos.values("pk"), es_grabacion=False)


def con_materiales_para(usuario: Usuario) -> Prefetch:
    return Prefetch("materiales", materiales_para(usuario).filter(es_grabacion=False))


def candidatos(sesion: Sesion, texto: str, usuario: Usuario) -> list[Contenido]:
    """Los primeros de la biblioteca que dicen eso y no están ya en la sesión."""
    hallados, _ = contenidos_que(texto, usuario)
    sirven = hallados.solo(
        lambda unos: (
            unos.publicados()
            .filter(reemplazado_por__isnull=True)
            .exclude(pk__in=sesion.materiales.values("contenido"))
            .select_related("clase", "autor")
        )
    )
    return sirven[:CANDIDATOS]


def con_formato(materiales: Iterable[Material]) -> list[tuple[Material, str]]:
    """Cada uno con lo que se dice junto a su enlace: «PDF»; vacío si está en otro sitio."""
    versiones = [(material, material.contenido.version_actual) for material in materiales]
    return [
        (material, formato_de(version).nombre if version else "") for material, version in versiones
    ]
