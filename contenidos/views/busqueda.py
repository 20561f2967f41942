"""Buscar en todo el portal, y lo que se buscó y no había."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contenidos.acciones.busquedas import anotar_sin_resultados, atender
from contenidos.consultas.busqueda import (
    encontrar,
    fichas_de,
    fragmentos_de_fichas,
    interpretar,
)
from contenidos.lengua.resaltado import marcar
from contenidos.models import BusquedaSinResultados
from contenidos.permisos import puede_editar
from contenidos.registro import clases_buscables

DE_CADA_CLASE = 5
POR_PAGINA = 20
BUSQUEDAS_POR_PAGINA = 50


@require_safe
@login_not_required
def buscar(request):
    """Lo mejor de cada clase; o, con `clase`, todo lo de una, por páginas."""
    consulta = interpretar(request.GET.get("q", ""))
    resultados = encontrar(consulta, request.user)
    if consulta.grupos and not resultados:
        anotar_sin_resultados(consulta.texto)

    elegida = next((r for r in resultados if r.clase.clave == request.GET.get("clase")), None)
    pagina = None
    if elegida:
        pagina = Paginator(elegida.hallados, POR_PAGINA).get_page(request.GET.get("page"))
        grupos = [(elegida, list(pagina), False)]
    else:
        grupos = [
            (uno, uno.hallados[:DE_CADA_CLASE], uno.cuantos > DE_CADA_CLASE) for uno in resultados
        ]
    mostrados = _para_mostrar([hallado for _, suyos, _ in grupos for hallado in suyos], consulta)
    return render(
        request,
        "contenidos/buscar.html",
        {
            "consulta": consulta,
            "lo_buscado": consulta.texto,
            "resultados": resultados,
            "total": sum(uno.cuantos for uno in resultados),
            "elegida": elegida,
            "grupos": [
                (uno, [mostrados[h.buscable] for h in suyos if h.buscable in mostrados], hay_mas)
                for uno, suyos, hay_mas in grupos
            ],
            "pagina": pagina,
            "para_paginar": elegida
            and urlencode({"q": consulta.texto, "clase": elegida.clase.clave}),
            "clases": clases_buscables(),
        },
    )


def _para_mostrar(hallados, consulta):
    fichas = fichas_de(hallados)
    trozos = fragmentos_de_fichas(fichas, consulta)
    return {
        ficha.pk: {
            "ficha": ficha,
            "titulo": marcar(ficha.titulo, consulta.formas),
            "trozo": trozos[ficha.pk],
        }
        for ficha in fichas
    }


@require_http_methods(["GET", "HEAD", "POST"])
def busquedas_sin_resultados(request):
    """Lo más buscado primero; quien edita marca lo que ya atendió."""
    if not puede_editar(request.user):
        raise PermissionDenied

    if request.method == "POST":
        busqueda = get_object_or_404(
            BusquedaSinResultados, pk=_numero(request.POST.get("busqueda"))
        )
        atender(busqueda=busqueda, por=request.user)
        messages.success(request, f"«{busqueda.texto}» quedó atendida.")
        return redirect("contenidos:busquedas-sin-resultados")

    ver_atendidas = request.GET.get("ver") == "atendidas"
    busquedas = BusquedaSinResultados.objects.filter(atendida_en__isnull=not ver_atendidas)
    return render(
        request,
        "contenidos/busquedas_sin_resultados.html",
        {
            "pagina": Paginator(busquedas, BUSQUEDAS_POR_PAGINA).get_page(request.GET.get("page")),
            "ver_atendidas": ver_atendidas,
        },
    )


def _numero(texto):
    return int(texto) if texto and texto.isdecimal() and len(texto) < 19 else 0
