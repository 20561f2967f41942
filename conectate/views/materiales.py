"""Lo que se añade a una sesión y lo que se baja de ella."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones.materiales import (
    presentar_contenido,
    quitar_material,
    se_borra_al_quitarlo,
)
from conectate.acciones.sesiones import quitar_aforo
from conectate.consultas.materiales import candidatos, con_direccion_para
from conectate.forms.materiales import (
    AforoForm,
    BuscarEnLaBibliotecaForm,
    GrabacionForm,
    MaterialForm,
)
from conectate.models import Aforo, Material, Sesion
from conectate.permisos import puede_editar_sesiones, puede_tomar_asistencia
from contenidos.models import Contenido


@require_safe
@login_not_required
def material(request, pk):
    """La dirección de siempre: lleva a su archivo en la biblioteca a quien puede ver la sesión."""
    material = con_direccion_para(request.user).filter(pk=pk).first()
    if material is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    if material.contenido.version_actual_id is None:
        return redirect(material.contenido)
    return redirect("contenidos:archivo", material.contenido.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_material(request, pk):
    sesion = _sesion_que_edita(request, pk)

    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        form.save(sesion=sesion, por=request.user)
        messages.success(request, "El material quedó en la página de la sesión.")
        return redirect(sesion)

    return render(
        request,
        "conectate/material_form.html",
        {"sesion": sesion, "form": form, "maximo": settings.CONTENIDOS_TAMANO_MAXIMO},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def de_la_biblioteca(request, pk):
    """Escoger un contenido que ya está: se enlaza, no se copia."""
    sesion = _sesion_que_edita(request, pk)
    visibles = Contenido.objects.publicados().al_alcance_de(request.user)
    if request.method == "POST":
        contenido = visibles.filter(slug=request.POST.get("contenido", "")).first()
        if contenido is None:
            messages.warning(request, "Ese contenido ya no está en la biblioteca. Escoja otro.")
            return redirect(request.get_full_path())
        presentar_contenido(sesion=sesion, contenido=contenido, por=request.user)
        messages.success(request, f"«{contenido}» quedó en la página de la sesión.")
        return redirect(sesion)

    form = BuscarEnLaBibliotecaForm(request.GET)
    return render(
        request,
        "conectate/material_de_la_biblioteca.html",
        {
            "sesion": sesion,
            "form": form,
            "contenidos": candidatos(sesion, form.lo_buscado, request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def borrar_material(request, pk):
    material = get_object_or_404(
        Material.objects.select_related("sesion", "contenido__version_actual").filter(
            sesion__in=Sesion.objects.visibles_para(request.user)
        ),
        pk=pk,
    )
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied

    if request.method == "POST":
        quitar_material(material=material, por=request.user)
        messages.success(request, "El material se quitó.")
        return redirect(material.sesion)

    return render(
        request,
        "conectate/material_confirm_delete.html",
        {
            "material": material,
            "sesion": material.sesion,
            "se_borra": se_borra_al_quitarlo(material),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grabacion(request, pk):
    sesion = _sesion_que_edita(request, pk)

    form = GrabacionForm(request.POST or None, initial={"enlace": sesion.grabacion})
    if form.is_valid():
        form.save(sesion=sesion, por=request.user)
        messages.success(request, "La grabación quedó guardada.")
        return redirect(sesion)

    return render(request, "conectate/grabacion_form.html", {"sesion": sesion, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_aforo(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_tomar_asistencia(request.user, sesion):
        raise PermissionDenied
    try:
        sesion.exigir_abierta()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(sesion)

    form = AforoForm(request.POST or None)
    if form.is_valid():
        form.save(sesion=sesion, por=request.user)
        messages.success(request, "El aforo quedó registrado, aparte de las personas.")
        return redirect(sesion)

    return render(request, "conectate/aforo_form.html", {"sesion": sesion, "form": form})


@require_POST
def borrar_aforo(request, pk):
    aforo = get_object_or_404(
        Aforo.objects.select_related("sesion").filter(
            sesion__in=Sesion.objects.visibles_para(request.user)
        ),
        pk=pk,
    )
    if not puede_tomar_asistencia(request.user, aforo.sesion):
        raise PermissionDenied

    try:
        quitar_aforo(aforo=aforo, por=request.user)
        messages.success(request, "El aforo se quitó.")
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect(aforo.sesion)


def _sesion_que_edita(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied
    return sesion
