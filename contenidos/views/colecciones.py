"""Las colecciones: contenidos que se usan juntos. Las arma quien edita."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones.canasta import agregar, en_la_canasta
from contenidos.consultas.canasta import canasta_de
from contenidos.consultas.rutas import colecciones_para, entradas_para, publicables_para
from contenidos.forms.colecciones import ColeccionForm, guardar, renglones_de_coleccion
from contenidos.models import Coleccion
from contenidos.permisos import puede_editar


@require_safe
@login_not_required
def colecciones(request):
    return render(
        request,
        "contenidos/coleccion_list.html",
        {"colecciones": colecciones_para(request.user), "edita": puede_editar(request.user)},
    )


@require_safe
@login_not_required
def coleccion(request, slug):
    coleccion = _coleccion(request, slug)
    return render(
        request,
        "contenidos/coleccion_detail.html",
        {
            "coleccion": coleccion,
            "entradas": entradas_para(coleccion, request.user),
            "edita": puede_editar(request.user),
        },
    )


def _coleccion(request, slug):
    return get_object_or_404(publicables_para(request.user, Coleccion), slug=slug)


@require_POST
@login_not_required
def llevar(request, slug):
    """Toda la colección a la canasta."""
    entradas = entradas_para(_coleccion(request, slug), request.user)
    try:
        agregar(request.session, [entrada.contenido for entrada in entradas])
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("contenidos:canasta")


@require_http_methods(["GET", "HEAD", "POST"])
def nueva(request):
    if not puede_editar(request.user):
        raise PermissionDenied
    return _editar(request, Coleccion())


@require_http_methods(["GET", "HEAD", "POST"])
def editar(request, slug):
    coleccion = _coleccion(request, slug)
    if not puede_editar(request.user):
        raise PermissionDenied
    return _editar(request, coleccion)


def _editar(request, coleccion):
    datos = request.POST if request.method == "POST" else None
    form = ColeccionForm(datos, instance=coleccion)
    entradas = renglones_de_coleccion(coleccion, datos, contenidos_traidos(request))
    if datos is not None and guardar(form, entradas, por=request.user):
        messages.success(request, "La colección quedó guardada.")
        return redirect(coleccion)
    return render(
        request,
        "contenidos/coleccion_form.html",
        {
            "coleccion": coleccion,
            "form": form,
            "renglones": entradas,
            "en_la_canasta": len(en_la_canasta(request.session)),
        },
    )


def contenidos_traidos(request):
    """Lo apartado en la canasta, si pidió traerlo: así se arma sin copiar direcciones."""
    if request.GET.get("de") != "canasta":
        return []
    equipaje = canasta_de(en_la_canasta(request.session), request.user)
    return [renglon.contenido for renglon in equipaje.van]
