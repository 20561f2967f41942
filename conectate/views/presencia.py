"""Asistir: «Estamos presentes», sus enlaces, la rejilla del equipo y la hoja para imprimir."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conectate.acciones.presencia import exigir_rejilla, generar_pases, pase_de
from conectate.consultas.presencia import (
    convocadas_en_orden,
    mi_presencia,
    ventana_de,
)
from conectate.consultas.sesiones import codigo_de
from conectate.forms.presencia import DeclararPresenteForm, RejillaForm
from conectate.models import Asistencia, Sesion
from conectate.permisos import puede_declararse_presente, puede_tomar_asistencia


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def estamos_presentes(request, pk):
    """La secretaría se declara presente, o lee cuándo puede."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_declararse_presente(request.user):
        raise PermissionDenied

    form = DeclararPresenteForm(request.POST or None)
    if request.method == "POST":
        form.is_bound = True
        if form.is_valid():
            try:
                nueva = form.save(sesion=sesion, por=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                _decir(request, nueva)
                return redirect(sesion)

    return render(
        request,
        "conectate/presente.html",
        {
            "sesion": sesion,
            "entidad": request.user.entidad,
            "suya": mi_presencia(sesion, request.user.entidad),
            "form": form,
        },
    )


def _decir(request, nueva):
    entidad = request.user.entidad
    if nueva:
        messages.success(request, f"{entidad} quedó presente. No hay que hacer nada más.")
    else:
        messages.info(request, f"{entidad} ya se había declarado presente. Nada cambió.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def con_pase(request, codigo):
    """El enlace de corta vida. Abrirlo no declara nada: hay correos que abren los enlaces solos."""
    try:
        pase = pase_de(codigo, request.user)
    except ValidationError as error:
        ajeno = error.code == "pase_ajeno"
        return render(
            request,
            "conectate/pase_no_sirve.html",
            {"mensaje": error.message},
            status=403 if ajeno else 200,
        )

    form = DeclararPresenteForm(request.POST or None)
    if request.method == "POST":
        form.is_bound = True
        if form.is_valid():
            try:
                form.usar(codigo=codigo, por=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                _decir(request, nueva=True)
                return redirect(pase.sesion)

    return render(
        request,
        "conectate/presente.html",
        {
            "sesion": pase.sesion,
            "entidad": pase.entidad,
            "suya": mi_presencia(pase.sesion, pase.entidad),
            "form": form,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pases(request, pk):
    """Los enlaces se ven al generarlos y no más: el portal solo guarda su huella."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_tomar_asistencia(request.user, sesion):
        raise PermissionDenied

    contexto = {"sesion": sesion, "ventana": ventana_de(sesion), "ahora": timezone.now()}
    if request.method == "POST":
        try:
            nuevos = generar_pases(sesion=sesion, por=request.user)
        except ValidationError as error:
            contexto["error"] = error.message
        else:
            contexto["enlaces"] = [
                (
                    pase.entidad,
                    request.build_absolute_uri(reverse("conectate:presente", args=[pase.codigo])),
                )
                for pase in nuevos
            ]
    ultimo = sesion.pases.filter(usado_en=None).order_by("-vence_en").first()
    contexto |= {
        "vence_en": ultimo and ultimo.vence_en,
        "vigentes": bool(ultimo and ultimo.vence_en > contexto["ahora"]),
        "declaradas": sesion.asistencias.exclude(ventana_en=None).count(),
        "convocadas": sesion.convocatorias.count(),
    }
    return render(request, "conectate/pases.html", contexto)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rejilla(request, pk):
    """Todas las convocadas en una página y un solo guardar."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_tomar_asistencia(request.user, sesion):
        raise PermissionDenied
    try:
        exigir_rejilla(sesion)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(sesion)

    entidades = list(convocadas_en_orden(sesion))
    form = RejillaForm(request.POST or None, sesion=sesion, entidades=entidades)
    if form.is_valid():
        try:
            guardado = form.save(por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not guardado.choques:
                messages.success(request, _lo_guardado(guardado.cambiadas))
                return redirect("conectate:rejilla", sesion.pk)
            if guardado.cambiadas:
                messages.success(request, _lo_guardado(guardado.cambiadas))
            form = form.releida()

    return render(
        request,
        "conectate/rejilla.html",
        {
            "sesion": sesion,
            "form": form,
            "codigo": codigo_de(sesion),
            "registros": Asistencia.Registro.choices,
            "formas": Asistencia.Forma.choices,
            "aforos": sesion.aforos.all(),
        },
    )


def _lo_guardado(n):
    if not n:
        return "No había cambios que guardar."
    return f"La asistencia quedó guardada: cambi{'ó' if n == 1 else 'aron'} {n}."


@require_safe
def hoja(request, pk):
    """Para tomar la asistencia en papel y pasarla después: el mismo orden de la rejilla."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_tomar_asistencia(request.user, sesion):
        raise PermissionDenied

    return render(
        request,
        "conectate/hoja.html",
        {
            "sesion": sesion,
            "codigo": codigo_de(sesion),
            "entidades": convocadas_en_orden(sesion),
        },
    )
