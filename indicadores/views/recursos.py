"""Los recursos, para cualquiera: la página entera, cada corte y sus descargas."""

import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicadores.consultas import recursos as consultas
from indicadores.informes.recursos import hoja_de_entidades, hoja_del_balance, metadatos_de
from indicadores.models import CorteDeRecursos
from indicadores.permisos import puede_cargar
from trabajos.hojas.escribir import escribir_csv, escribir_xlsx

# Formato → (extensión, tipo). El orden es el de los enlaces.
FORMATOS = {
    "excel": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "csv-para-excel": (" para Excel.csv", "text/csv; charset=utf-8"),
}


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
            "filas": consultas.por_entidad(corte),
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
    extension, tipo = FORMATOS[formato]
    balance = consultas.balance_de(corte, publicados=not puede_cargar(request.user))
    datos = hoja_de_entidades(consultas.por_entidad(corte))

    archivo = tempfile.NamedTemporaryFile(suffix=Path(extension).suffix)  # noqa: SIM115
    ruta = Path(archivo.name)
    if formato == "excel":
        escribir_xlsx(ruta, [datos, hoja_del_balance(balance)], metadatos_de(balance))
    else:
        escribir_csv(ruta, datos, "excel" if formato == "csv-para-excel" else "estandar")
    return FileResponse(
        archivo,
        as_attachment=True,
        filename=f"{balance.titulo}{extension}".replace(":", ""),
        content_type=tipo,
    )


def _corte(request, clave):
    """Un borrador es solo de quien carga: para los demás no existe."""
    todos = CorteDeRecursos.objects.select_related("fondo", "parte_de__fondo")
    visibles = todos if puede_cargar(request.user) else todos.publicados()
    return get_object_or_404(visibles, clave=clave)
