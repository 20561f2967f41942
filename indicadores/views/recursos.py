"""Los recursos, para cualquiera: la página entera, cada corte y sus descargas."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicadores.consultas import recursos as consultas
from indicadores.informes.recursos import enlaces_del_corte, tabla_del_corte
from indicadores.informes.tablas import FORMATOS
from indicadores.models import CorteDeRecursos
from indicadores.permisos import puede_cargar
from indicadores.views.datos import entregar


@require_safe
@login_not_required
def recursos(request):
    return render(
        request,
        "indicadores/recursos.html",
        {"recursos": consultas.recursos(), "carga": puede_cargar(request.user)},
    )


@require_safe
@login_not_required
def corte(request, clave):
    corte = _corte(request, clave)
    carga = puede_cargar(request.user)

    return render(
        request,
        "indicadores/corte.html",
        {
            "corte": corte,
            "balance": consultas.balance_de(corte, publicados=not carga),
            "entidades": consultas.por_entidad(corte),
            "enlaces": enlaces_del_corte(corte.clave),
            "carga": carga,
            "cargas": corte.cargas.select_related("creado_por")[:10] if carga else [],
        },
    )


@require_safe
@login_not_required
def descargar_corte(request, clave, formato):
    corte = _corte(request, clave)
    if formato not in FORMATOS:
        raise Http404
    balance = consultas.balance_de(corte, publicados=not puede_cargar(request.user))

    return entregar(tabla_del_corte(balance, consultas.por_entidad(corte)), formato)


def _corte(request, clave):
    """Un borrador es solo de quien carga: para los demás no existe."""
    todos = CorteDeRecursos.objects.select_related("fondo", "parte_de__fondo")
    visibles = todos if puede_cargar(request.user) else todos.publicados()
    return get_object_or_404(visibles, clave=clave)
