"""Las fotos y los documentos de un contacto: subirlos, verlos y quitarlos."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.acciones.archivos import (
    ADJUNTO_MAXIMO,
    FOTO_MAXIMA,
    quitar_adjunto,
    quitar_foto,
)
from acompanamiento.forms.archivos import A_LA_VEZ, AdjuntosForm, FotosForm
from acompanamiento.models import Adjunto, Contacto, Foto
from acompanamiento.permisos import puede_acompanar
from trabajos.entrega import entregar
from trabajos.subidas import TopeDeSubida

FORMULARIOS = {form.que: form for form in (FotosForm, AdjuntosForm)}


@csrf_exempt  # el tope de la subida va antes de leer el cuerpo; la vista de abajo sí la protege
@require_http_methods(["GET", "HEAD", "POST"])
def archivos_del_contacto(request, clave):
    request.tope = TopeDeSubida(request, ADJUNTO_MAXIMO, archivos=A_LA_VEZ)
    request.upload_handlers.insert(0, request.tope)
    return _archivos_del_contacto(request, clave)


@csrf_protect
def _archivos_del_contacto(request, clave):
    contacto = get_object_or_404(
        Contacto.objects.visibles_para(request.user).select_related("entidad"), clave=clave
    )
    if not puede_acompanar(request.user):
        raise PermissionDenied

    que = request.POST.get("que", FotosForm.que)
    con = {"contacto": contacto, "tope": request.tope}
    forms = {
        uno: Form(request.POST, request.FILES, **con)
        if request.method == "POST" and uno == que
        else Form(**con)
        for uno, Form in FORMULARIOS.items()
    }
    enviado = forms.get(que)
    guardados = []
    if enviado is not None and enviado.is_valid():
        guardados = enviado.guardar(por=request.user, clave=_clave_propia(request, enviado))
    if request.accepts("text/html"):
        if guardados:
            messages.success(request, _lo_guardado(que, len(guardados)))
        if guardados and not enviado.errors:
            return redirect("acompanamiento:archivos-del-contacto", contacto.clave)
    elif request.method == "POST" and enviado is not None:
        return _en_json(enviado, guardados)

    return render(
        request,
        "acompanamiento/archivos.html",
        {
            "contacto": contacto,
            "fotos": contacto.fotos.all(),
            "adjuntos": contacto.adjuntos.all(),
            "form_fotos": forms[FotosForm.que],
            "form_adjuntos": forms[AdjuntosForm.que],
            "foto_maxima": FOTO_MAXIMA,
            "adjunto_maximo": ADJUNTO_MAXIMO,
        },
    )


def _clave_propia(request, form) -> UUID | None:
    """La que le puso un programa a su archivo. Una página no pone ninguna."""
    try:
        clave = UUID(request.POST.get("clave", ""))
    except ValueError:
        return None
    return clave if len(form.cleaned_data["archivos"]) == 1 else None


def _lo_guardado(que, n):
    if que == FotosForm.que:
        return "La foto quedó guardada." if n == 1 else f"Quedaron guardadas {n} fotos."
    return "El documento quedó guardado." if n == 1 else f"Quedaron guardados {n} documentos."


def _en_json(form, guardados):
    """Para quien manda desde el campo: qué quedó y, por campo, qué corregir."""
    return JsonResponse(
        {
            "guardados": [{"clave": str(uno.clave), "version": uno.version} for uno in guardados],
            "errores": form.errors,
        },
        status=400 if form.errors else 201,
    )


# ── Verlos ────────────────────────────────────────────────────────────────────────────────────


@require_safe
def foto(request, clave):
    foto = _visible(Foto, request, clave)
    nombre = f"{foto.descripcion}.webp"
    return entregar(
        request, foto.archivo, nombre=nombre, tipo="image/webp", etiqueta=foto.clave.hex
    )


@require_safe
def miniatura_de_foto(request, clave):
    foto = _visible(Foto, request, clave)
    return entregar(
        request,
        foto.miniatura,
        nombre="miniatura.webp",
        tipo="image/webp",
        etiqueta=f"{foto.clave.hex}-miniatura",
    )


@require_safe
def adjunto(request, clave):
    adjunto = _visible(Adjunto, request, clave)
    return entregar(
        request,
        adjunto.archivo,
        nombre=adjunto.nombre,
        tipo=adjunto.tipo,
        etiqueta=adjunto.huella,
    )


# ── Quitarlos ─────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def quitar_una_foto(request, clave):
    foto = _que_quita(Foto, request, clave)
    if request.method == "POST":
        quitar_foto(foto=foto, por=request.user)
        messages.success(request, "La foto se quitó.")
        return redirect("acompanamiento:archivos-del-contacto", foto.contacto.clave)

    return render(request, "acompanamiento/foto_confirm_delete.html", {"foto": foto})


@require_http_methods(["GET", "HEAD", "POST"])
def quitar_un_adjunto(request, clave):
    adjunto = _que_quita(Adjunto, request, clave)
    if request.method == "POST":
        quitar_adjunto(adjunto=adjunto, por=request.user)
        messages.success(request, "El documento se quitó.")
        return redirect("acompanamiento:archivos-del-contacto", adjunto.contacto.clave)

    return render(request, "acompanamiento/adjunto_confirm_delete.html", {"adjunto": adjunto})


def _visible(modelo, request, clave):
    """Lo de un contacto lo ve quien ve el contacto."""
    return get_object_or_404(
        modelo.objects.select_related("contacto__entidad").filter(
            contacto__in=Contacto.objects.visibles_para(request.user)
        ),
        clave=clave,
    )


def _que_quita(modelo, request, clave):
    cosa = _visible(modelo, request, clave)
    if not puede_acompanar(request.user):
        raise PermissionDenied
    return cosa
