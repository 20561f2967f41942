"""Lo publicado y lo corregido: versiones y fe de erratas. Son de todos."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicadores.consultas.versiones import (
    cambios_al_entrar,
    cambios_de,
    con_su_carga,
    entradas,
    erratas,
    erratas_por_version,
    que_corrigen,
    versiones_publicadas,
)
from indicadores.forms.filtros import FiltroDeErratasForm, FiltroDeVersionForm
from indicadores.informes.erratas import escribir_erratas
from indicadores.models import Indicador
from indicadores.permisos import puede_cargar
from indicadores.views.descargas_csv import csv_al_momento

VERSIONES_POR_PAGINA = 20
CIFRAS_POR_PAGINA = 50
CORRECCIONES_POR_PAGINA = 10


@require_safe
@login_not_required
def versiones(request):
    pagina = Paginator(versiones_publicadas(), VERSIONES_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    return render(request, "indicadores/version_list.html", {"pagina": pagina})


@require_safe
@login_not_required
def version(request, numero):
    """Qué trajo: cada cifra que entró, con la que reemplazó si la había."""
    version = get_object_or_404(con_su_carga(), pk=numero)
    filtro = FiltroDeVersionForm(request.GET, vigencias=_vigencias())
    pagina = Paginator(entradas(version, **filtro.puestos), CIFRAS_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "indicadores/version_detail.html",
        {
            "version": version,
            "filtro": filtro,
            "hay_filtros": bool(filtro.puestos),
            "consulta": filtro.consulta,
            "pagina": pagina,
            "cambios": cambios_al_entrar(version, pagina.object_list),
            "puede_cargar": puede_cargar(request.user),
        },
    )


@require_safe
@login_not_required
def fe_de_erratas(request):
    """Sin filtros, versión por versión; con ellos, cifra por cifra."""
    filtro = FiltroDeErratasForm(request.GET, vigencias=_vigencias())
    puestos = filtro.puestos
    contexto = {"filtro": filtro, "hay_filtros": bool(puestos), "consulta": filtro.consulta}
    if puestos:
        pagina = Paginator(erratas(**puestos), CIFRAS_POR_PAGINA).get_page(request.GET.get("page"))
        contexto["cambios"] = cambios_de(pagina.object_list)
    else:
        pagina = Paginator(que_corrigen(), CORRECCIONES_POR_PAGINA).get_page(
            request.GET.get("page")
        )
        contexto["versiones"] = erratas_por_version(pagina.object_list)
    return render(request, "indicadores/fe_de_erratas.html", contexto | {"pagina": pagina})


@require_safe
@login_not_required
def descargar_fe_de_erratas(request):
    """Con los mismos filtros de la página."""
    filtro = FiltroDeErratasForm(request.GET, vigencias=_vigencias())
    variante = "excel" if request.GET.get("formato") == "csv_excel" else "estandar"
    return csv_al_momento(
        lambda ruta: escribir_erratas(ruta, erratas(**filtro.puestos), variante=variante),
        "fe-de-erratas.csv",
    )


def _vigencias():
    primero = Indicador.objects.order_by("desde").values_list("desde", flat=True).first()
    hoy = timezone.localdate().year
    return range(hoy, (primero or hoy) - 1, -1)
