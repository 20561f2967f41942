"""Pedir los informes del acompañamiento."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from acompanamiento.forms.informes import LibroForm, MesDeGrupoForm
from acompanamiento.permisos import puede_acompanar


@require_http_methods(["GET", "HEAD", "POST"])
def informes(request):
    acompana = puede_acompanar(request.user)
    if not acompana and request.user.entidad is None:
        raise PermissionDenied

    pide_el_mes = request.method == "POST" and "mes" in request.POST
    if pide_el_mes and not acompana:
        raise PermissionDenied
    datos = request.POST if request.method == "POST" else None
    libro = LibroForm(None if pide_el_mes else datos, por=request.user)
    mes = MesDeGrupoForm(datos if pide_el_mes else None, por=request.user) if acompana else None
    pedido = mes if pide_el_mes else libro
    if pedido.is_valid():
        return redirect(pedido.pedir())

    return render(request, "acompanamiento/informes.html", {"libro": libro, "mes": mes})
