"""Un taller o un encuentro: qué fue, a quiénes llegó, y registrarlo."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.programas import contenidos_a_la_vista
from acompanamiento.forms.actividades import ActividadForm, CoberturaForm
from acompanamiento.models import Actividad, Programa
from acompanamiento.permisos import puede_organizar_programas
from acompanamiento.views.registros import responder

leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_not_required
def actividad(request, clave):
    actividad = get_object_or_404(
        Actividad.objects.select_related("programa", "tipo").prefetch_related("temas"), clave=clave
    )
    productos = list(actividad.productos.select_related("entidad", "contenido"))
    return render(
        request,
        "acompanamiento/actividad_detail.html",
        {
            "actividad": actividad,
            "coberturas": actividad.coberturas.select_related("entidad").order_by(
                "entidad__nombre_norm"
            ),
            "productos": productos,
            "a_la_vista": contenidos_a_la_vista(productos, request.user),
            "organiza": puede_organizar_programas(request.user),
        },
    )


@leer_y_enviar
def nueva_actividad(request):
    """Con ?programa=, ya escogido."""
    programa = Programa.objects.filter(slug=request.GET.get("programa", "")).first()
    return _formulario(request, None, programa, {"programa": programa})


@leer_y_enviar
def editar_actividad(request, clave):
    actividad = get_object_or_404(Actividad.objects.select_related("programa"), clave=clave)
    return _formulario(request, actividad, actividad.programa, None)


def _formulario(request, actividad, programa, initial):
    if not puede_organizar_programas(request.user):
        raise PermissionDenied

    form = ActividadForm(request.POST or None, por=request.user, objeto=actividad, initial=initial)
    if recibo := form.guardar():
        return responder(
            request, recibo, "La actividad quedó guardada.", _lo_que_sigue(recibo, actividad)
        )

    return render(
        request,
        "acompanamiento/actividad_form.html",
        {"form": form, "actividad": actividad, "programa": programa},
    )


def _lo_que_sigue(recibo, actividad):
    """Recién registrada y para varias, falta decir cuáles."""
    nueva = recibo.objeto
    if actividad is None and nueva.alcance == Actividad.Alcance.GRUPAL:
        return reverse("acompanamiento:cobertura", args=[nueva.clave])
    return nueva


@leer_y_enviar
def cobertura(request, clave):
    actividad = get_object_or_404(Actividad.objects.select_related("programa"), clave=clave)
    if not puede_organizar_programas(request.user):
        raise PermissionDenied
    if actividad.alcance == Actividad.Alcance.INDIVIDUAL:
        return redirect("acompanamiento:editar-actividad", actividad.clave)

    form = CoberturaForm(request.POST or None, por=request.user, objeto=actividad)
    if "todas" in request.POST:
        form.marcar_todas()
    elif recibo := form.guardar():
        return responder(request, recibo, "Quedó a qué secretarías llegó.")

    return render(
        request, "acompanamiento/cobertura_form.html", {"form": form, "actividad": actividad}
    )
