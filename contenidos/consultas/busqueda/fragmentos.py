"""Dónde está lo buscado: el trozo del resumen o de la página que más lo dice, para marcarlo."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import RowNumber

from contenidos.consultas.busqueda.consulta import Consulta
from contenidos.lengua.palabras import raices
from contenidos.lengua.resaltado import Partes, marcar, recortar
from contenidos.models import Buscable, Contenido, PaginaDeTexto

LARGO_DE_UNA_RAIZ_CORTA = 4


def fragmentos(contenidos: Iterable[Contenido], consulta: Consulta) -> dict[int, Partes]:
    """De cada contenido (por su pk), lo que conviene mostrar debajo del título.

    Si el título y el resumen ya lo dicen todo, el resumen; si no, la página del archivo que más
    dice, con su número en `.pagina`. Una consulta para todos.
    """
    contenidos = list(contenidos)
    paginas = _la_mejor_pagina(
        [uno.version_actual_id for uno in contenidos if not _lo_dice_todo(uno, consulta)], consulta
    )
    return {
        uno.pk: paginas.get(uno.version_actual_id) or marcar(uno.resumen, consulta.formas)
        for uno in contenidos
    }


def fragmentos_de_fichas(fichas: Iterable[Buscable], consulta: Consulta) -> dict[int, Partes]:
    """Lo mismo para entradas del índice de cualquier clase, por el pk de la entrada."""
    fichas = list(fichas)
    de_contenidos = {ficha.objeto_id: ficha.pk for ficha in fichas if ficha.clase == "contenido"}
    trozos = {ficha.pk: recortar(ficha.resumen, consulta.formas) for ficha in fichas}
    if de_contenidos:
        contenidos = Contenido.objects.filter(pk__in=de_contenidos)
        for pk, partes in fragmentos(contenidos, consulta).items():
            trozos[de_contenidos[pk]] = partes
    return trozos


def _lo_dice_todo(contenido, consulta):
    dichas = set(raices(f"{contenido.titulo} {contenido.resumen}"))
    return all(
        any(dichas.issuperset(alternativa) for alternativa in grupo.alternativas)
        for grupo in consulta.grupos
    )


def _la_mejor_pagina(versiones, consulta):
    """Por versión. Lo que la base cuenta es aproximado (comienzos de palabra) y basta."""
    versiones = [version for version in versiones if version]
    if not versiones or not consulta.grupos:
        return {}
    dichos = sum(Case(When(_dice(grupo), then=1), default=0) for grupo in consulta.grupos)
    paginas = (
        PaginaDeTexto.objects.filter(version__in=versiones)
        .annotate(dichos=dichos)
        .filter(dichos__gt=0)
        .annotate(
            puesto=Window(
                RowNumber(), partition_by="version", order_by=[F("dichos").desc(), "numero"]
            )
        )
        .filter(puesto=1)
        .order_by()
    )
    mejores = {}
    for version, numero, texto in paginas.values_list("version", "numero", "texto"):
        partes = recortar(texto, consulta.formas)
        if partes.tiene_marcas:
            partes.pagina = numero
            mejores[version] = partes
    return mejores


def _dice(grupo):
    """La página tiene todas las palabras de alguna de sus maneras de decirlo."""
    maneras = (
        reduce(and_, map(_empieza_una_palabra_con, alternativa))
        for alternativa in grupo.alternativas
    )
    return reduce(or_, maneras)


def _empieza_una_palabra_con(raiz):
    # La última letra puede ser de la raíz y no de la palabra: «permanent» es de «permanencia».
    raiz = raiz[:-1] if len(raiz) > LARGO_DE_UNA_RAIZ_CORTA else raiz
    return Q(texto_norm__contains=f" {raiz}") | Q(texto_norm__startswith=raiz)
