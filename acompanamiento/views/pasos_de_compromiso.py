"""Añadir un paso a un compromiso, y bajar lo que lo demuestra."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.cadena import quien_responde
from acompanamiento.forms.pasos_de_compromiso import PASOS, ReaperturaForm, SeguimientoForm
from acompanamiento.models import Compromiso, Evidencia, Seguimiento
from acompanamiento.permisos import puede_acompanar, puede_seguir_compromiso
from acompanamiento.views.registros import responder
from trabajos.entrega import entregar
from trabajos.subidas import TopeDeSubida


@csrf_exempt  # el tope de la subida va antes de leer el cuerpo; la vista de abajo sí la protege
@require_http_methods(["GET", "HEAD", "POST"])
def seguir(request, clave):
    request.tope = TopeDeSubida(request, settings.CONTENIDOS_TAMANO_MAXIMO)
    request.upload_handlers.insert(0, request.tope)
    return _seguir(request, clave)


@csrf_protect
def _seguir(request, clave):
    compromiso = _visible(request, clave)
    if not puede_seguir_compromiso(request.user, compromiso):
        raise PermissionDenied
    return _dar(request, compromiso, SeguimientoForm, tope=request.tope)


@require_http_methods(["GET", "HEAD", "POST"])
def paso(request, clave, paso):
    """Los que solo da el Ministerio: prorrogar, cambiar de manos, dejar sin efecto, reabrir."""
    compromiso = _visible(request, clave)
    if not puede_acompanar(request.user):
        raise PermissionDenied
    return _dar(request, compromiso, PASOS[paso])


def _dar(request, compromiso, Formulario, **mas):
    if request.method == "POST":
        mas |= {"data": request.POST, "files": request.FILES}
    form = Formulario(por=request.user, compromiso=compromiso, **mas)
    if recibo := form.guardar():
        return responder(request, recibo, form.dicho, compromiso)

    reabre = Formulario is ReaperturaForm
    return render(
        request,
        "acompanamiento/compromiso_paso.html",
        {
            "form": form,
            "compromiso": compromiso,
            "responde": quien_responde(compromiso, request.user),
            "maximo": settings.CONTENIDOS_TAMANO_MAXIMO,
            "no_se_puede": compromiso.esta_abierto == reabre and not form.is_bound,
        },
    )


@require_safe
def evidencia(request, clave):
    """El archivo, como descarga; un enlace, a donde lleva."""
    visibles = Seguimiento.objects.filter(
        compromiso__in=Compromiso.objects.visibles_para(request.user)
    )
    evidencia = get_object_or_404(Evidencia, clave=clave, seguimiento__in=visibles)
    if evidencia.contenido_id:
        return redirect(evidencia.contenido)
    if not evidencia.archivo:
        raise Http404
    return entregar(
        request,
        evidencia.archivo,
        nombre=evidencia.nombre,
        tipo=evidencia.tipo,
        etiqueta=evidencia.clave.hex,
    )


def _visible(request, clave):
    visibles = Compromiso.objects.visibles_para(request.user)
    return get_object_or_404(
        visibles.select_related("entidad", "direccion", "dependencia", "persona"), clave=clave
    )
