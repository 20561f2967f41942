"""Las páginas de un archivo de asistencia: subirlo, verlo, confirmarlo, deshacerlo."""

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conectate.acciones import importaciones, lecturas
from conectate.acciones.comparacion import comparar
from conectate.consultas import importaciones as consultas
from conectate.forms.asistencia import (
    ConfirmarImportacionForm,
    EmparejarColumnasForm,
    SubirAsistenciaForm,
)
from conectate.models import Importacion, Sesion
from conectate.permisos import puede_descargar_archivo, puede_tomar_asistencia
from conectate.plantilla import escribir_plantilla
from cuentas.bitacora import anotar, ver_lista_de_personas
from trabajos.subidas import TopeDeSubida

Estado = Importacion.Estado
PERSONAS_POR_PAGINA = 50


def _sesion(request, pk):
    sesion = get_object_or_404(
        Sesion.objects.visibles_para(request.user).select_related("tipo"), pk=pk
    )
    if not puede_tomar_asistencia(request.user, sesion):
        raise PermissionDenied
    return sesion


def _importacion(request, pk):
    visibles = Sesion.objects.visibles_para(request.user)
    importacion = get_object_or_404(
        Importacion.objects.filter(sesion__in=visibles).select_related(
            "sesion__tipo", "creado_por", "confirmada_por", "deshecha_por", "reemplazada_por"
        ),
        pk=pk,
    )
    if not puede_tomar_asistencia(request.user, importacion.sesion):
        raise PermissionDenied
    return importacion


# ── Subir ─────────────────────────────────────────────────────────────────────────────────────


@csrf_exempt  # el tope de la subida va antes de leer el cuerpo; la vista de abajo sí la protege
@require_http_methods(["GET", "HEAD", "POST"])
def subir_asistencia(request, pk):
    request.tope = TopeDeSubida(request, settings.ASISTENCIA_TAMANO_MAXIMO)
    request.upload_handlers.insert(0, request.tope)
    return _subir_asistencia(request, pk)


@csrf_protect
def _subir_asistencia(request, pk):
    sesion = _sesion(request, pk)
    try:
        sesion.exigir_abierta()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(sesion)

    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SubirAsistenciaForm(*recibido, sesion=sesion, tope=request.tope)
    if form.is_valid():
        importacion, es_nueva = form.save(por=request.user, peticion=request)
        if not es_nueva:
            messages.info(request, _ya_estaba(importacion))
        return redirect(importacion)

    return render(
        request,
        "conectate/importacion_form.html",
        {
            "sesion": sesion,
            "form": form,
            "maximo": settings.ASISTENCIA_TAMANO_MAXIMO,
            "anteriores": sesion.importaciones.confirmadas(),
        },
    )


def _ya_estaba(importacion):
    if importacion.estado == Estado.CONFIRMADA:
        return (
            "Este mismo archivo ya está confirmado en la sesión. No se contó otra vez; no tiene "
            "que hacer nada más."
        )
    return "Este mismo archivo ya se había subido y espera que alguien lo confirme. Es este."


@require_safe
def plantilla_de_asistencia(request, pk):
    sesion = _sesion(request, pk)
    return FileResponse(
        escribir_plantilla(sesion),
        as_attachment=True,
        filename=f"Plantilla de asistencia {sesion.fecha:%Y-%m-%d}.xlsx",
    )


# ── Ver ───────────────────────────────────────────────────────────────────────────────────────


@require_safe
def importacion(request, pk):
    """Una página por archivo: lo que se ve depende de en qué va."""
    importacion = _importacion(request, pk)
    contexto = {
        "importacion": importacion,
        "sesion": importacion.sesion,
        "descarga_el_original": puede_descargar_archivo(request.user, importacion),
        "admite_cambios": not importacion.sesion.esta_cerrada,
        "trabajo": consultas.trabajo_en_curso(importacion),
    }
    plantilla, propio = _PAGINAS.get(importacion.estado, _cerrada)(request, importacion)
    return render(request, plantilla, contexto | propio)


def _recibida(request, importacion):
    return "conectate/importacion_en_curso.html", {}


def _sin_reconocer(request, importacion):
    return "conectate/importacion_emparejar.html", {
        "form": EmparejarColumnasForm(importacion=importacion)
    }


def _vista_previa(request, importacion):
    contra = comparar(importacion, importacion.registros.todos())
    _constancia(request, importacion, "vista previa de un archivo", importacion.resumen["total"])
    return "conectate/importacion_vista_previa.html", {
        "contra": contra,
        "form": ConfirmarImportacionForm(importacion=importacion, contra=contra),
        "vista": consultas.vista_previa(importacion),
        "en_otras": consultas.el_mismo_en_otras_sesiones(importacion),
    }


def _confirmada(request, importacion):
    pagina = Paginator(consultas.personas_del_archivo(importacion), PERSONAS_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    filas = consultas.con_su_entidad(importacion, pagina.object_list)
    _constancia(request, importacion, "personas de un archivo", len(filas))
    return "conectate/importacion_detail.html", {
        "vista": consultas.vista_previa(importacion),
        "pagina": pagina,
        "filas": filas,
        "por_resolver": importacion.sesion.participaciones.por_revisar().count(),
    }


def _cerrada(request, importacion):
    return "conectate/importacion_cerrada.html", {}


_PAGINAS = {
    Estado.RECIBIDA: _recibida,
    Estado.SIN_RECONOCER: _sin_reconocer,
    Estado.VISTA_PREVIA: _vista_previa,
    Estado.CONFIRMADA: _confirmada,
}


def _constancia(request, importacion, lista, n_personas):
    ver_lista_de_personas(
        por=request.user,
        lista=lista,
        n_personas=n_personas,
        objeto=importacion,
        peticion=request,
    )


@require_safe
def archivo_original(request, pk):
    """Los bytes tal como llegaron. Llevárselos queda anotado."""
    importacion = _importacion(request, pk)
    if not puede_descargar_archivo(request.user, importacion):
        raise PermissionDenied
    try:
        contenido = importacion.archivo.open("rb")
    except FileNotFoundError:
        raise Http404("Este archivo ya no está.") from None
    anotar(
        por=request.user,
        verbo="descargó el archivo original",
        objeto=importacion,
        detalle={"huella": importacion.huella},
        peticion=request,
        accion=LogEntry.Action.ACCESS,
    )
    return FileResponse(
        contenido,
        as_attachment=True,
        filename=importacion.nombre_del_archivo,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


# ── Cambiar ───────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def emparejar_columnas(request, pk):
    """También se puede volver aquí desde la vista previa, si quedó mal emparejado."""
    importacion = _importacion(request, pk)
    if not importacion.columnas or importacion.estado not in (
        Estado.SIN_RECONOCER,
        Estado.VISTA_PREVIA,
    ):
        return redirect(importacion)

    form = EmparejarColumnasForm(request.POST or None, importacion=importacion)
    if form.is_valid():
        form.save(por=request.user)
        return redirect(importacion)

    return render(
        request,
        "conectate/importacion_emparejar.html",
        {"importacion": importacion, "sesion": importacion.sesion, "form": form},
    )


@require_POST
def confirmar_importacion(request, pk):
    importacion = _importacion(request, pk)
    if importacion.estado != Estado.VISTA_PREVIA:
        messages.info(request, f"Este archivo ya está {importacion.get_estado_display()}.")
        return redirect(importacion)

    contra = comparar(importacion, importacion.registros.todos())
    form = ConfirmarImportacionForm(request.POST, importacion=importacion, contra=contra)
    if form.is_valid():
        _decir_como_quedo(request, importacion, form.save(por=request.user))
        return redirect(importacion)

    for errores in form.errors.values():
        messages.error(request, errores[0])
    return redirect(importacion)


def _decir_como_quedo(request, importacion, trabajo):
    """Lo pequeño ya se hizo; lo grande sigue, y su página lo dice."""
    trabajo.refresh_from_db()
    importacion.refresh_from_db()
    if trabajo.estado == trabajo.Estado.FALLIDO:
        messages.error(request, trabajo.mensaje)
    elif importacion.estado == Estado.CONFIRMADA:
        messages.success(request, "La asistencia quedó contada.")
    elif importacion.estado == Estado.REEMPLAZADA:
        messages.success(
            request, "Se conservó la descarga más completa; esta quedó guardada como anterior."
        )
    elif importacion.estado == Estado.DESCARTADA:
        messages.info(request, importacion.motivo)


@require_http_methods(["GET", "HEAD", "POST"])
def deshacer_importacion(request, pk):
    """Primero dice qué se va a deshacer; después lo hace."""
    importacion = _importacion(request, pk)
    if importacion.estado != Estado.CONFIRMADA:
        messages.info(request, f"Este archivo ya está {importacion.get_estado_display()}.")
        return redirect(importacion)

    if request.method == "POST":
        trabajo = importaciones.pedir_deshacer(importacion, request.user)
        trabajo.refresh_from_db()
        if trabajo.estado == trabajo.Estado.FALLIDO:
            messages.error(request, trabajo.mensaje)
        elif trabajo.estado == trabajo.Estado.TERMINADO:
            messages.success(
                request, "Se deshizo: la sesión quedó como si el archivo no se hubiera confirmado."
            )
        return redirect(importacion)

    return render(
        request,
        "conectate/importacion_deshacer.html",
        {
            "importacion": importacion,
            "sesion": importacion.sesion,
            "restauradas": importacion.reemplazadas.filter(estado=Estado.REEMPLAZADA),
        },
    )


@require_POST
def descartar_importacion(request, pk):
    importacion = _importacion(request, pk)
    try:
        importaciones.descartar(importacion=importacion, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(importacion)
    messages.success(request, "El archivo se descartó. No se contó a nadie y se conserva guardado.")
    return redirect(importacion.sesion)


@require_POST
def releer_importacion(request, pk):
    """Si la lectura se interrumpió, se pide otra vez sobre el mismo archivo."""
    importacion = _importacion(request, pk)
    if importacion.estado == Estado.RECIBIDA:
        lecturas.pedir_lectura(importacion, request.user)
    return redirect(importacion)
