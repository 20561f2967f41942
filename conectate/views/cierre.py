"""Cómo termina una sesión: su acta y la página donde se confirman sus cifras."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones.cierre import pedir_acta
from conectate.acciones.sesiones import pasos_de
from conectate.consultas.acta import acta_de
from conectate.consultas.cierre import CifrasDelCierre, advertencias_del_cierre, en_cifras
from conectate.forms.cierre import ActaForm, CierreForm
from conectate.models import Acta, Asistencia, Sesion
from conectate.permisos import puede_editar_sesiones, puede_ver_acta, puede_ver_cifras


@require_http_methods(["GET", "HEAD", "POST"])
def cierre(request, pk):
    """Confirmar las cifras y cerrar; ya cerrada, con cuáles se cerró y cuántas veces."""
    sesion = _sesion_que_edita(request, pk)
    if sesion.esta_cerrada and request.method != "POST":
        return _ya_cerrada(request, sesion)
    if not (sesion.se_realizo or sesion.ya_fue):
        messages.warning(
            request,
            f"La sesión está {sesion.get_estado_display()} y aún no se puede cerrar. Espere a que "
            "se realice.",
        )
        return redirect(sesion)

    form = CierreForm(request.POST or None, sesion=sesion)
    if form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            if error.code == "ya_cerrada":
                messages.warning(request, error.message)
                return redirect("conectate:cierre", sesion.pk)
            form = form.con_lo_de_ahora()
            form.add_error(None, error)
        else:
            messages.success(request, "La sesión quedó cerrada, con las cifras confirmadas.")
            return redirect("conectate:cierre", sesion.pk)

    origenes = form.calculado["por_origen"] or {}
    return render(
        request,
        "conectate/cierre.html",
        {
            "sesion": sesion,
            "form": form,
            "calculado": form.calculado,
            "advertencias": advertencias_del_cierre(sesion),
            "columnas": ["Origen", "Secretarías"],
            "numericas": [1],
            "origenes": [
                (capfirst(Asistencia.Origen(origen).label), en_cifras(n))
                for origen, n in origenes.items()
            ],
        },
    )


def _ya_cerrada(request, sesion):
    cierres = sesion.cierres.select_related("cerrado_por", "reabierto_por")
    return render(
        request,
        "conectate/cierre_detail.html",
        {
            "sesion": sesion,
            "cierres": [CifrasDelCierre(uno) for uno in cierres],
            "pasos": pasos_de(sesion, request.user),
        },
    )


@require_safe
@login_not_required
def acta(request, pk):
    """Lo mismo que el PDF, para leer o imprimir. Mientras es borrador, solo del Ministerio."""
    visibles = Sesion.objects.visibles_para(request.user)
    sesion = visibles.select_related("tipo", "direccion").filter(pk=pk).first()
    if sesion is None or not puede_ver_acta(request.user, sesion):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    return render(
        request,
        "conectate/acta_detail.html",
        {
            "sesion": sesion,
            "acta": acta_de(sesion, nombra_ausentes=puede_ver_cifras(request.user)),
            "edita": puede_editar_sesiones(request.user) and sesion.es_editable,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def editar_acta(request, pk):
    sesion = _sesion_que_edita(request, pk)
    try:
        sesion.exigir_editable()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(sesion)

    guardada = Acta.objects.filter(sesion=sesion).select_related("actualizada_por").first()
    form = ActaForm(request.POST or None, sesion=sesion, acta=guardada)
    lo_de_otra = None
    if form.is_valid():
        try:
            form.save(por=request.user)
        except ValidationError as error:
            lo_de_otra = Acta.objects.filter(sesion=sesion).first()
            form = form.con_lo_de_ahora(lo_de_otra)
            form.add_error(None, error)
        else:
            messages.success(request, "El acta quedó guardada.")
            return redirect("conectate:acta", sesion.pk)

    return render(
        request,
        "conectate/acta_form.html",
        {"sesion": sesion, "form": form, "guardada": guardada, "lo_de_otra": lo_de_otra},
    )


@require_POST
def descargar_acta(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_ver_acta(request.user, sesion):
        raise Http404
    return redirect(pedir_acta(sesion=sesion, por=request.user))


def _sesion_que_edita(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied
    return sesion
