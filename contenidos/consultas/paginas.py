"""Qué dice hoy cada página, qué dirá y en qué cambió."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from contenidos.models import Pagina, VersionDePagina
from contenidos.permisos import puede_editar_paginas
from cuentas.models import Rol, Usuario

# La página de ayuda escrita para cada papel.
AYUDA_DE = {
    Rol.ADMINISTRACION: "administracion",
    Rol.EQUIPO_MEN: "equipo-del-men",
    Rol.LIDER_GRUPO: "acompanamiento",
    Rol.PROFESIONAL: "acompanamiento",
    Rol.EQUIPO_SECRETARIA: "secretarias",
    Rol.SECRETARIO: "secretarias",
}
RENGLONES_DE_CONTEXTO = 2


def version_vigente(pagina: Pagina, hoy: date | None = None) -> VersionDePagina | None:
    """La última que ya rige. Una anterior no vuelve porque la siguiente aún no empiece."""
    return pagina.versiones.filter(rige_desde__lte=hoy or timezone.localdate()).first()


def version_anunciada(pagina: Pagina, hoy: date | None = None) -> VersionDePagina | None:
    """La que va a regir, si hay alguna más nueva que la vigente."""
    ultima = pagina.versiones.first()
    if ultima is None or ultima.rige_desde <= (hoy or timezone.localdate()):
        return None
    return ultima


def paginas_de(grupo: str, usuario: Usuario | None = None) -> list[Pagina]:
    """Las del grupo, en su orden, con su `.titulo`, su `.version` (la vigente) y su `.anunciada`.

    Las que no rigen todavía o no se publican, solo para quien las edita.
    """
    hoy = timezone.localdate()
    versiones = VersionDePagina.objects.filter(pagina=OuterRef("pk")).order_by("-numero")
    paginas = list(
        Pagina.objects.filter(grupo=grupo).annotate(
            vigente_pk=Subquery(versiones.filter(rige_desde__lte=hoy).values("pk")[:1]),
            ultima_pk=Subquery(versiones.values("pk")[:1]),
        )
    )
    buscadas = {pk for una in paginas for pk in (una.vigente_pk, una.ultima_pk)}
    por_pk = VersionDePagina.objects.defer("cuerpo").in_bulk([pk for pk in buscadas if pk])
    for una in paginas:
        una.version = por_pk.get(una.vigente_pk)
        ultima = por_pk.get(una.ultima_pk)
        una.anunciada = ultima if ultima and ultima.rige_desde > hoy else None
        dice = una.version or una.anunciada
        una.titulo = dice.titulo if dice else una.slug
    if usuario is not None and puede_editar_paginas(usuario):
        return paginas
    return [una for una in paginas if una.publicada and una.version]


def ayuda_para(usuario: Usuario, paginas: Iterable[Pagina]) -> Pagina | None:
    """La escrita para su papel, si está publicada."""
    suya = AYUDA_DE.get(usuario.rol) if usuario.is_authenticated else "sin-cuenta"
    return next((pagina for pagina in paginas if pagina.slug == suya), None)


# ── En qué cambió ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Renglon:
    tipo: str  # «igual», «quitado», «puesto» o «salto»
    texto: str = ""


def comparar(antes: str, despues: str) -> list[Renglon]:
    """Renglón por renglón, con un par de los que siguen iguales a cada lado."""
    a, b = antes.splitlines(), despues.splitlines()
    salida = []
    for grupo in SequenceMatcher(None, a, b, autojunk=False).get_grouped_opcodes(
        RENGLONES_DE_CONTEXTO
    ):
        if salida or grupo[0][1] > 0:
            salida.append(Renglon("salto"))
        for que, a1, a2, b1, b2 in grupo:
            if que == "equal":
                salida += [Renglon("igual", texto) for texto in a[a1:a2] if texto]
                continue
            salida += [Renglon("quitado", texto) for texto in a[a1:a2] if texto]
            salida += [Renglon("puesto", texto) for texto in b[b1:b2] if texto]
    return salida
