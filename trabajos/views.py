"""Lo que cada persona pidió: cómo va y qué dejó."""

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST, require_safe

from cuentas.bitacora import anotar
from trabajos import acciones, consultas
from trabajos.entrega import empieza_una_descarga, entregar, tipo_por_el_nombre
from trabajos.models import Trabajo

POR_PAGINA = 25


def _trabajo_visible(request, clave):
    visibles = Trabajo.objects.visibles_para(request.user).select_related("pedido_por")
    return get_object_or_404(visibles, clave_publica=clave)


@require_safe
def trabajos(request):
    ve_todos = request.user.es_administrador and request.GET.get("de") != "mi"
    lista = Trabajo.objects.select_related("pedido_por")
    if not ve_todos:
        lista = lista.filter(pedido_por=request.user)
    pagina = Paginator(lista, POR_PAGINA).get_page(request.GET.get("page"))
    contexto = {
        "pagina": pagina,
        "consulta": "" if ve_todos else "de=mi",
        "ve_todos": ve_todos,
        "hay_en_marcha": any(not trabajo.esta_cerrado for trabajo in pagina),
    }
    if request.user.es_administrador:
        aqui = reverse("trabajos:trabajos")
        contexto["pestanas"] = [
            ("De todos", aqui, ve_todos),
            ("Los míos", f"{aqui}?de=mi", not ve_todos),
        ]
    if ve_todos:
        contexto["cola"] = cola = consultas.resumen_de_la_cola()
        if cola["atascados"]:
            contexto["atascados"] = Trabajo.objects.atascados().order_by("pedido_en")[:10]
    return render(request, "trabajos/trabajo_list.html", contexto)


@require_safe
def trabajo(request, clave):
    trabajo = _trabajo_visible(request, clave)
    return render(request, "trabajos/trabajo_detail.html", {"trabajo": trabajo})


@require_safe
def estado(request, clave):
    """Lo mismo que la página, para un programa que espera."""
    trabajo = _trabajo_visible(request, clave)
    archivo = reverse("trabajos:archivo", args=[clave]) if trabajo.archivo else None
    return JsonResponse(
        {
            "estado": trabajo.estado,
            "estado_en_palabras": trabajo.get_estado_display(),
            "cerrado": trabajo.esta_cerrado,
            "porcentaje": trabajo.porcentaje,
            "hechas": trabajo.hechas,
            "total": trabajo.total,
            "paso": trabajo.paso,
            "mensaje": trabajo.mensaje,
            "archivo": archivo,
        }
    )


@require_safe
def archivo(request, clave):
    trabajo = _trabajo_visible(request, clave)
    if not trabajo.archivo:
        raise Http404("Este archivo ya no está.")
    try:
        respuesta = entregar(
            request,
            trabajo.archivo,
            nombre=trabajo.nombre_del_archivo,
            tipo=tipo_por_el_nombre(trabajo.nombre_del_archivo),
            etiqueta=f"{clave}-{trabajo.terminado_en:%Y%m%d%H%M%S%f}",
        )
    except FileNotFoundError:
        raise Http404("Este archivo ya no está.") from None
    if empieza_una_descarga(request, respuesta):
        anotar(
            por=request.user,
            verbo="descargó el archivo de un trabajo",
            objeto=trabajo,
            peticion=request,
            accion=LogEntry.Action.ACCESS,
        )
    return respuesta


@require_POST
def reintentar(request, clave):
    trabajo = _trabajo_visible(request, clave)
    try:
        acciones.reintentar(trabajo, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Se intentará de nuevo.")
    return redirect(trabajo)


@login_not_required
@require_safe
def salud(request):
    """Para quien vigila el servidor, con el testigo, o quien administra. Los demás: no está."""
    if not _puede_ver_la_salud(request):
        raise Http404
    partes = consultas.salud()
    esta_bien = set(partes.values()) == {"bien"}
    return JsonResponse(
        {"estado": "bien" if esta_bien else "mal", **partes},
        status=200 if esta_bien else 503,
        headers={"Cache-Control": "no-store"},
    )


def _puede_ver_la_salud(request):
    testigo = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.SALUD_TESTIGO and constant_time_compare(testigo, settings.SALUD_TESTIGO):
        return True
    return request.user.is_authenticated and request.user.es_administrador
