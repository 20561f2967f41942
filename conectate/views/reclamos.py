"""«Sí asistimos»: la secretaría lo pide y el Ministerio le responde."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from conectate.acciones.reclamos import exigir_reclamable, exigir_respondible
from conectate.consultas.presencia import mi_presencia, reclamos_de, reclamos_pendientes
from conectate.forms.presencia import ReclamoForm, RespuestaForm
from conectate.models import Reclamo, Sesion
from conectate.permisos import puede_declararse_presente, puede_responder_reclamos


@require_http_methods(["GET", "HEAD", "POST"])
def reclamar(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_declararse_presente(request.user):
        raise PermissionDenied
    try:
        exigir_reclamable(sesion, request.user)
        motivo = ""
    except ValidationError as error:
        motivo = error.message

    form = ReclamoForm(request.POST or None)
    if not motivo and form.is_valid():
        try:
            form.save(sesion=sesion, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Su reclamo quedó enviado. La respuesta se verá aquí.")
            return redirect(sesion)

    return render(
        request,
        "conectate/reclamo_form.html",
        {
            "sesion": sesion,
            "entidad": request.user.entidad,
            "suya": mi_presencia(sesion, request.user.entidad),
            "motivo": motivo,
            "form": form,
        },
    )


@require_safe
def de_la_sesion(request, pk):
    """Todos los de una sesión, también los respondidos."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_responder_reclamos(request.user):
        raise PermissionDenied

    return render(
        request,
        "conectate/reclamo_list.html",
        {
            "sesion": sesion,
            "reclamos": reclamos_de(sesion),
            "admite": sesion.es_editable,
        },
    )


@require_safe
def pendientes(request):
    """Los que esperan respuesta, de todas las sesiones."""
    if not puede_responder_reclamos(request.user):
        raise PermissionDenied
    return render(
        request,
        "conectate/reclamo_list.html",
        {"reclamos": reclamos_pendientes(), "admite": True},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def responder(request, pk):
    reclamo = get_object_or_404(
        Reclamo.objects.select_related("sesion", "entidad").filter(
            sesion__in=Sesion.objects.visibles_para(request.user).order_by().values("pk")
        ),
        pk=pk,
    )
    if not puede_responder_reclamos(request.user):
        raise PermissionDenied
    try:
        exigir_respondible(reclamo)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("conectate:reclamos", reclamo.sesion_id)

    form = RespuestaForm(request.POST or None)
    if form.is_valid():
        try:
            form.save(reclamo=reclamo, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"El reclamo de {reclamo.entidad} quedó respondido.")
            return redirect("conectate:reclamos", reclamo.sesion_id)

    return render(
        request,
        "conectate/reclamo_respuesta.html",
        {
            "reclamo": reclamo,
            "sesion": reclamo.sesion,
            "asistencia": reclamo.sesion.asistencias.filter(entidad=reclamo.entidad).first(),
            "form": form,
        },
    )
