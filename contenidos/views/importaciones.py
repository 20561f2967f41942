"""Las páginas de la importación: subir, revisar fila por fila, confirmar, deshacer."""

import tempfile
from io import BytesIO
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones import importaciones as acciones
from contenidos.cargas.columnas import escribir_plantilla
from contenidos.consultas.importaciones import (
    QUE_PASA,
    cuentas,
    filas_miradas,
    importaciones_recientes,
    trabajo_de,
)
from contenidos.forms.importaciones import ConfirmarImportacionForm, NuevaImportacionForm
from contenidos.models import ImportacionDeContenidos
from contenidos.permisos import puede_editar
from trabajos.subidas import TopeDeSubida

Estado = ImportacionDeContenidos.Estado
POR_PAGINA = 20
FILAS_POR_PAGINA = 50


@require_safe
def importaciones(request):
    _exigir(request)
    pagina = Paginator(importaciones_recientes(), POR_PAGINA).get_page(request.GET.get("page"))
    return render(request, "contenidos/importacion_list.html", {"pagina": pagina})


@csrf_exempt  # el tope de la subida va antes de leer el cuerpo; la vista de abajo sí la protege
@require_http_methods(["GET", "HEAD", "POST"])
def nueva_importacion(request):
    request.tope = TopeDeSubida(request, acciones.PAQUETE_MAXIMO)
    request.upload_handlers.insert(0, request.tope)
    return _nueva_importacion(request)


@csrf_protect
def _nueva_importacion(request):
    _exigir(request)
    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NuevaImportacionForm(*recibido, tope=request.tope)
    if form.is_valid() and (importacion := _hacer(request, form)):
        return redirect(importacion)
    return render(
        request,
        "contenidos/importacion_form.html",
        {
            "form": form,
            "hoja_maxima": acciones.HOJA_MAXIMA,
            "paquete_maximo": acciones.PAQUETE_MAXIMO,
        },
    )


@require_safe
def plantilla_de_contenidos(request):
    _exigir(request)
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "plantilla.xlsx"
        escribir_plantilla(ruta)
        libro = BytesIO(ruta.read_bytes())
    return FileResponse(libro, as_attachment=True, filename="Plantilla de contenidos.xlsx")


@require_safe
def importacion(request, pk):
    importacion = _importacion(request, pk)
    return _pagina(request, importacion)


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_importacion(request, pk):
    importacion = _importacion(request, pk)
    if importacion.estado != Estado.VISTA_PREVIA or request.method != "POST":
        return redirect(importacion)

    form = ConfirmarImportacionForm(request.POST, importacion=importacion)
    if form.is_valid() and (trabajo := _hacer(request, form)):
        trabajo.refresh_from_db()
        if trabajo.estado == trabajo.Estado.TERMINADO:
            messages.success(request, trabajo.mensaje)
        return redirect(importacion)
    return _pagina(request, importacion, form=form)


@require_POST
def deshacer_importacion(request, pk):
    importacion = _importacion(request, pk)
    estaba_confirmada = importacion.estado == Estado.CONFIRMADA
    try:
        n, quedan = acciones.deshacer(importacion=importacion, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(importacion)
    if not estaba_confirmada:
        messages.success(request, "Se descartó. No se había creado nada.")
        return redirect("contenidos:importaciones")
    messages.success(request, "Se quitó 1 contenido." if n == 1 else f"Se quitaron {n} contenidos.")
    if quedan:
        titulos = "», «".join(str(contenido) for contenido in quedan)
        messages.warning(request, f"Alguien ya trabajó en estos, y se quedan: «{titulos}».")
    return redirect(importacion)


# ── Lo común ──────────────────────────────────────────────────────────────────────────────────


def _exigir(request):
    if not puede_editar(request.user):
        raise PermissionDenied


def _importacion(request, pk):
    _exigir(request)
    return get_object_or_404(
        ImportacionDeContenidos.objects.select_related("creado_por", "confirmada_por"), pk=pk
    )


def _pagina(request, importacion, *, form=None):
    que = request.GET.get("que", "")
    que = que if que in QUE_PASA else ""
    filas = filas_miradas(importacion, que)
    en_previa = importacion.estado == Estado.VISTA_PREVIA
    return render(
        request,
        "contenidos/importacion_detail.html",
        {
            "importacion": importacion,
            "trabajo": trabajo_de(importacion),
            "cuentas": cuentas(importacion) if importacion.filas else [],
            "que": que,
            "consulta": f"que={que}" if que else "",
            "pagina": Paginator(filas, FILAS_POR_PAGINA).get_page(request.GET.get("page")),
            "form": form
            or (ConfirmarImportacionForm(importacion=importacion) if en_previa else None),
            "nuevas": sum(fila["que"] == "nueva" for fila in importacion.filas),
            "se_deshace": importacion.estado == Estado.CONFIRMADA
            and importacion.contenidos.exists(),
        },
    )


def _hacer(request, form):
    """Una regla rota se dice en el formulario, con lo que la persona ya escribió."""
    try:
        return form.save(por=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return None
