"""El informe de una entidad: pedirlo, programarlo y, para el Ministerio, el de todas."""

from auditlog.models import LogEntry
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cuentas.bitacora import anotar
from indicadores.acciones.informes import pedir_zip, reintentar_lote
from indicadores.consultas.informes import (
    avance_de,
    destinatarios_de,
    entregas_de,
    lotes,
    proximo_envio,
    vigencias_con_cifras,
)
from indicadores.forms.informes import InformeForm, LoteForm, ProgramarForm
from indicadores.informes.contenido import nombre_del_informe
from indicadores.informes.formatos import FORMATOS
from indicadores.models import EntregaDeInforme, LoteDeInformes
from indicadores.permisos import puede_hacer_lotes, puede_ver_informe
from territorio.models import EntidadTerritorial

POR_PAGINA = 20


# ── Uno ───────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def pedir(request, codigo_dane):
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    if not puede_ver_informe(request.user, entidad):
        raise Http404

    vigencias = vigencias_con_cifras()
    form = InformeForm(request.POST or None, vigencias=vigencias)
    if form.is_valid():
        return redirect(form.save(entidad=entidad, por=request.user))

    return render(
        request,
        "indicadores/informe_form.html",
        {
            "entidad": entidad,
            "form": form,
            "hay_cifras": bool(vigencias),
            "es_la_suya": request.user.entidad_id == entidad.pk,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def programar(request):
    """Cada quien, el de su secretaría. El Ministerio los pide todos juntos."""
    if not request.user.es_de_secretaria:
        messages.info(request, "El informe mensual es de cada secretaría. Aquí están los de todas.")
        return redirect("indicadores:informes")

    # Sin marcar nada también se envía algo: que ya no lo quiere.
    form = ProgramarForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        suscripcion = form.save(por=request.user)
        dicho = "Le llegará cada mes." if suscripcion.activa else "Ya no le llegará."
        messages.success(request, dicho)
        return redirect("indicadores:programar-informe")

    destinatarios = list(destinatarios_de(request.user.entidad))
    return render(
        request,
        "indicadores/informe_programar.html",
        {
            "entidad": request.user.entidad,
            "lo_recibe": request.user in destinatarios,
            "otros": len([uno for uno in destinatarios if uno != request.user]),
            "proximo": proximo_envio(),
        },
    )


# ── Los de todas ──────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def informes(request):
    """Los lotes y, encima, pedir otro."""
    _exigir_ministerio(request)
    vigencias = vigencias_con_cifras()
    form = LoteForm(request.POST or None, vigencias=vigencias)
    if form.is_valid():
        try:
            lote = form.save(por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Los informes están en marcha. Aquí ve cómo van.")
            return redirect(lote)

    pagina = Paginator(lotes(), POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "indicadores/lote_list.html",
        {"form": form, "hay_cifras": bool(vigencias), "pagina": pagina},
    )


@require_safe
def lote(request, pk):
    """Cómo va y qué dejó."""
    lote = _lote(request, pk)
    entregas = entregas_de(lote)
    return render(
        request,
        "indicadores/lote_detail.html",
        {"lote": lote, "entregas": entregas, "avance": avance_de(entregas)},
    )


@require_POST
def reintentar(request, pk):
    lote = _lote(request, pk)
    n = reintentar_lote(lote, por=request.user)
    if n:
        dicho = "Se intentará de nuevo 1 informe." if n == 1 else f"Se intentarán {n} informes."
        messages.success(request, dicho)
    else:
        messages.info(request, "No hay informes por reintentar: ninguno falló.")
    return redirect(lote)


@require_POST
def descargar_lote(request, pk):
    return redirect(pedir_zip(_lote(request, pk), por=request.user))


@require_safe
def descargar_entrega(request, pk, codigo_dane, formato):
    """Una secretaría baja el suyo; el de otra no existe para ella."""
    entrega = get_object_or_404(
        EntregaDeInforme.objects.select_related("lote", "entidad"),
        lote=pk,
        entidad__codigo_dane=codigo_dane,
        estado=EntregaDeInforme.Estado.LISTA,
    )
    if formato not in FORMATOS or not puede_ver_informe(request.user, entrega.entidad):
        raise Http404
    try:
        contenido = getattr(entrega, formato).open("rb")
    except FileNotFoundError:
        raise Http404("Este archivo ya no está.") from None
    anotar(
        por=request.user,
        verbo="descargó el informe de una entidad",
        objeto=entrega,
        detalle={"formato": formato},
        peticion=request,
        accion=LogEntry.Action.ACCESS,
    )
    return FileResponse(
        contenido,
        as_attachment=True,
        filename=nombre_del_informe(entrega.lote.vigencia, entrega.entidad, formato),
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


def _lote(request, pk):
    _exigir_ministerio(request)
    return get_object_or_404(LoteDeInformes.objects.select_related("version", "pedido_por"), pk=pk)


def _exigir_ministerio(request):
    if not puede_hacer_lotes(request.user):
        raise PermissionDenied
