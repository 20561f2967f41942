"""El glosario: leerlo, y corregirlo quien administra."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contenidos.consultas.glosario import por_letra, terminos_que_dicen
from contenidos.forms.glosario import TerminoForm
from contenidos.models import Termino
from contenidos.permisos import puede_editar_paginas

MAXIMO_BUSCADO = 120


@require_safe
@login_not_required
def glosario(request):
    buscado = request.GET.get("q", "").strip()[:MAXIMO_BUSCADO]
    terminos = terminos_que_dicen(buscado)
    return render(
        request,
        "contenidos/glosario.html",
        {
            "buscado": buscado,
            "n_terminos": len(terminos),
            "letras": por_letra(terminos),
            "edita": puede_editar_paginas(request.user),
        },
    )


@require_safe
@login_not_required
def termino(request, slug):
    termino = get_object_or_404(Termino, slug=slug)
    return render(
        request,
        "contenidos/glosario_termino.html",
        {"termino": termino, "edita": puede_editar_paginas(request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_termino(request):
    return _editar(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def editar_termino(request, slug):
    return _editar(request, get_object_or_404(Termino, slug=slug))


def _editar(request, termino):
    if not puede_editar_paginas(request.user):
        raise PermissionDenied

    nombre = termino.nombre if termino else ""
    form, lo_de_otra = TerminoForm(request.POST or None, termino=termino), None
    if form.is_valid():
        try:
            guardado = form.save(por=request.user)
        except ValidationError as error:
            if error.code == "lo_cambio_otra_persona":
                lo_de_otra = Termino.objects.get(pk=termino.pk)
                form = form.con_lo_de_ahora(lo_de_otra)
            form.add_error(None, error)
        else:
            messages.success(request, "El término quedó guardado.")
            return redirect("contenidos:termino", guardado.slug)

    return render(
        request,
        "contenidos/glosario_form.html",
        {"form": form, "termino": termino, "nombre": nombre, "lo_de_otra": lo_de_otra},
    )
