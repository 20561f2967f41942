"""La encuesta de una sesión: responderla, ver qué dijeron, y leer lo escrito antes de mostrarlo."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones.satisfaccion import exigir_sin_responder, pedir_envio
from conectate.consultas.satisfaccion import (
    MINIMO_PARA_PROMEDIAR,
    cierra_el,
    comentarios_de,
    envio_de,
    exigir_encuesta_abierta,
    huella_de,
    leer_testigo,
    quien_es_en,
    resultados_de,
)
from conectate.forms.satisfaccion import ModeracionForm, SatisfaccionForm, opciones_de
from conectate.models import Satisfaccion, Sesion
from conectate.permisos import puede_moderar_opiniones, puede_ver_satisfaccion

Moderacion = Satisfaccion.Moderacion


# ── Responder ─────────────────────────────────────────────────────────────────────────────────


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def responder(request, testigo):
    """Con el enlace del correo, sin cuenta."""
    try:
        sesion, huella = leer_testigo(testigo)
    except ValidationError as error:
        return _no_se_puede(request, error)
    return _encuesta(request, sesion, huella)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opinar(request, pk):
    """Con el código de la pantalla: la cuenta dice quién es, y no queda escrito."""
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    quien = quien_es_en(sesion, request.user)
    if quien is None:
        return render(request, "conectate/satisfaccion_no_asistio.html", {"sesion": sesion})
    return _encuesta(request, sesion, huella_de(sesion, quien))


def _encuesta(request, sesion, huella):
    form = SatisfaccionForm(request.POST if request.method == "POST" else None)
    try:
        exigir_encuesta_abierta(sesion)
        exigir_sin_responder(sesion, huella)
        if form.is_valid():
            form.save(sesion=sesion, huella=huella)
            return render(request, "conectate/satisfaccion_gracias.html", {"sesion": sesion})
    except ValidationError as error:
        return _no_se_puede(request, error, sesion)

    return render(
        request,
        "conectate/satisfaccion_form.html",
        {"sesion": sesion, "form": form, "cierra": cierra_el(sesion)},
    )


def _no_se_puede(request, error, sesion=None):
    return render(
        request,
        "conectate/satisfaccion_no_se_puede.html",
        {"motivo": error.message, "codigo": error.code, "sesion": sesion},
        status=404 if sesion is None else 200,
    )


# ── Leer ──────────────────────────────────────────────────────────────────────────────────────


@require_safe
def resultados(request, pk):
    """Al Ministerio, todo; a una secretaría convocada, solo los comentarios que se muestran."""
    sesion = get_object_or_404(
        Sesion.objects.visibles_para(request.user).select_related("tipo"), pk=pk
    )
    if not puede_ver_satisfaccion(request.user, sesion):
        raise Http404

    modera = puede_moderar_opiniones(request.user)
    comentarios = list(comentarios_de(sesion))
    resultados = resultados_de(sesion)

    return render(
        request,
        "conectate/satisfaccion_resultados.html",
        {
            "sesion": sesion,
            "resultados": resultados,
            "minimo": MINIMO_PARA_PROMEDIAR,
            "tablas": [(una, _barras(una)) for una in resultados.preguntas if una.n],
            "visibles": [c for c in comentarios if c.moderacion == Moderacion.VISIBLE],
            "pendientes": [c for c in comentarios if c.moderacion == Moderacion.PENDIENTE],
            "ocultos": [c for c in comentarios if c.moderacion == Moderacion.OCULTA],
            "modera": modera,
            "cierra": cierra_el(sesion),
            **(_invitacion(request, sesion) if modera else {}),
        },
    )


def _barras(pregunta):
    """Cada valor con su largo y su cuenta, para la tabla con barras."""
    return [
        (texto, 100 * pregunta.cuentas[valor] / pregunta.n, str(pregunta.cuentas[valor]))
        for valor, texto in opciones_de(pregunta.nombre)
    ]


def _invitacion(request, sesion):
    """El código de la pantalla y el envío por correo, si todavía se puede responder."""
    try:
        exigir_encuesta_abierta(sesion)
    except ValidationError as error:
        return {"no_se_puede": error.message, "envio": envio_de(sesion)}
    enlace = request.build_absolute_uri(reverse("conectate:opinar", args=[sesion.pk]))
    return {
        "enlace": enlace,
        "codigo": segno.make(enlace, error="m").svg_data_uri(border=2, scale=6),
        "envio": envio_de(sesion),
    }


# ── Lo que hace el Ministerio ─────────────────────────────────────────────────────────────────


@require_POST
def enviar(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_moderar_opiniones(request.user):
        raise PermissionDenied

    try:
        pedir_envio(sesion=sesion, por=request.user)
        messages.success(request, "El envío quedó pedido: cada asistente recibe su enlace.")
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("conectate:resultados-de-satisfaccion", sesion.pk)


@require_POST
def moderar(request, pk):
    respuesta = get_object_or_404(
        Satisfaccion.objects.select_related("sesion").filter(
            sesion__in=Sesion.objects.visibles_para(request.user)
        ),
        pk=pk,
    )
    if not puede_moderar_opiniones(request.user):
        raise PermissionDenied

    form = ModeracionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Esa decisión no existe.")
    form.save(respuesta=respuesta, por=request.user)
    messages.success(request, "Quedó decidido. Puede cambiarlo cuando quiera.")
    return redirect("conectate:resultados-de-satisfaccion", respuesta.sesion_id)
