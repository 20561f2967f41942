"""Las rutas de aprendizaje: recorrerlas paso a paso, y armarlas quien edita."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones.canasta import en_la_canasta
from contenidos.acciones.rutas import marcar_paso
from contenidos.consultas.rutas import (
    certificado_de,
    publicables_para,
    recorrido_de,
    rutas_para,
)
from contenidos.forms.rutas import RutaForm, guardar, renglones_de_ruta
from contenidos.models import Ruta
from contenidos.permisos import puede_editar
from contenidos.views.colecciones import contenidos_traidos
from trabajos.codigos import tiempo_en_palabras


@require_safe
@login_not_required
def rutas(request):
    rutas = [(ruta, tiempo_en_palabras(ruta.minutos)) for ruta in rutas_para(request.user)]
    return render(
        request,
        "contenidos/ruta_list.html",
        {"rutas": rutas, "edita": puede_editar(request.user)},
    )


@never_cache
@require_safe
@login_not_required
def ruta(request, slug):
    """Los pasos. Lo hecho lo ve solo quien lo hizo."""
    ruta = _ruta(request, slug)
    recorrido = recorrido_de(ruta, request.user)
    persona = request.user if request.user.is_authenticated else None
    return render(
        request,
        "contenidos/ruta_detail.html",
        {
            "ruta": ruta,
            "recorrido": recorrido,
            "tiempo": tiempo_en_palabras(recorrido.minutos),
            "certificado": certificado_de(ruta, persona) if persona else None,
            "edita": puede_editar(request.user),
        },
    )


def _ruta(request, slug):
    return get_object_or_404(publicables_para(request.user, Ruta), slug=slug)


@require_POST
def hacer_paso(request, slug, pk):
    """Hecho, o por hacer otra vez. Vuelve a la ruta, en ese paso."""
    paso = get_object_or_404(_ruta(request, slug).pasos, pk=pk)
    marcar_paso(paso=paso, por=request.user, hecho="deshacer" not in request.POST)
    return redirect(f"{paso.ruta.get_absolute_url()}#paso-{paso.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def nueva(request):
    if not puede_editar(request.user):
        raise PermissionDenied
    return _editar(request, Ruta())


@require_http_methods(["GET", "HEAD", "POST"])
def editar(request, slug):
    ruta = _ruta(request, slug)
    if not puede_editar(request.user):
        raise PermissionDenied
    return _editar(request, ruta)


def _editar(request, ruta):
    datos = request.POST if request.method == "POST" else None
    form = RutaForm(datos, instance=ruta)
    pasos = renglones_de_ruta(ruta, datos, contenidos_traidos(request))
    if datos is not None and guardar(form, pasos, por=request.user):
        messages.success(request, "La ruta quedó guardada.")
        return redirect(ruta)
    return render(
        request,
        "contenidos/ruta_form.html",
        {
            "ruta": ruta,
            "form": form,
            "renglones": pasos,
            "en_la_canasta": len(en_la_canasta(request.session)),
        },
    )
