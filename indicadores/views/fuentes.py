"""De dónde se traen cifras solas. Lo administra quien administra el portal."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicadores.acciones.servicio import pedir_fuente
from indicadores.consultas.fuentes import fuentes_con_lo_ultimo
from indicadores.forms.servicio import FuenteProgramadaForm
from indicadores.models import FuenteProgramada
from indicadores.permisos import puede_programar_fuentes


def _exigir_permiso(request):
    if not puede_programar_fuentes(request.user):
        raise PermissionDenied


@require_safe
def fuentes(request):
    _exigir_permiso(request)
    contexto = {
        "fuentes": fuentes_con_lo_ultimo(),
        "servidores": settings.DATOS_ABIERTOS_SERVIDORES,
    }
    return render(request, "indicadores/fuente_list.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_fuente(request):
    _exigir_permiso(request)
    return _guardar(request, FuenteProgramadaForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def fuente(request, pk):
    _exigir_permiso(request)
    fuente = get_object_or_404(FuenteProgramada.objects.select_related("conjunto"), pk=pk)
    nombre = str(fuente.conjunto)
    return _guardar(request, FuenteProgramadaForm(request.POST or None, instance=fuente), nombre)


def _guardar(request, form, nombre=""):
    if form.is_valid():
        form.save(por=request.user)
        messages.success(request, "La fuente quedó guardada.")
        return redirect("indicadores:fuentes")
    return render(request, "indicadores/fuente_form.html", {"form": form, "nombre": nombre})


@require_POST
def traer_fuente(request, pk):
    _exigir_permiso(request)
    fuente = get_object_or_404(FuenteProgramada.objects.select_related("conjunto"), pk=pk)
    return redirect(pedir_fuente(fuente=fuente, por=request.user))


@require_POST
def activar_fuente(request, pk):
    """Pausarla o volver a activarla. Lo ya traído queda."""
    _exigir_permiso(request)
    fuente = get_object_or_404(FuenteProgramada, pk=pk)
    fuente.activa = not fuente.activa
    fuente.save(update_fields=["activa"])
    messages.success(request, "La fuente quedó " + ("activa." if fuente.activa else "en pausa."))
    return redirect("indicadores:fuentes")
