"""El certificado de una ruta: el propio, y la página pública que dice si vale."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones.certificados import PREFIJO, emitir_certificado, pedir_pdf
from contenidos.consultas.rutas import certificado_de, publicables_para
from contenidos.forms.rutas import RevocarCertificadoForm
from contenidos.informes.certificado import datos_de
from contenidos.models import Certificado, Ruta
from contenidos.permisos import puede_revocar_certificados
from trabajos.comprobacion import Comprobacion

CERTIFICADOS = Comprobacion(
    papel="un certificado",
    prefijo=PREFIJO,
    plantilla="contenidos/certificado_verificar.html",
    pagina="contenidos:verificar-certificado",
)


# ── El propio ─────────────────────────────────────────────────────────────────────────────────


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mi_certificado(request, slug):
    """Pedirlo, si ya terminó; verlo y descargarlo, si ya lo tiene. Aunque la ruta se guarde."""
    visibles = publicables_para(request.user, Ruta).values("pk")
    suyas = Ruta.objects.filter(Q(pk__in=visibles) | Q(certificados__usuario=request.user))
    ruta = get_object_or_404(suyas.distinct(), slug=slug)
    if request.method == "POST":
        try:
            emitir_certificado(ruta=ruta, por=request.user)
        except ValidationError as error:
            messages.warning(request, error.message)
            return redirect(ruta)
        return redirect("contenidos:mi-certificado", ruta.slug)
    certificado = certificado_de(ruta, request.user)
    if certificado is None:
        messages.info(request, "Pida aquí su certificado cuando todos los pasos estén hechos.")
        return redirect(ruta)
    return render(
        request,
        "contenidos/certificado_mio.html",
        {"ruta": ruta, "certificado": certificado, "datos": datos_de(certificado)},
    )


@require_POST
def pdf(request, codigo):
    """Lo compone Celery; queda en «Mis trabajos». Solo el de quien lo pide."""
    certificado = get_object_or_404(
        Certificado.objects.filter(usuario=request.user).select_related("ruta"), codigo=codigo
    )
    try:
        return redirect(pedir_pdf(certificado, por=request.user))
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("contenidos:mi-certificado", certificado.ruta.slug)


# ── La página pública ─────────────────────────────────────────────────────────────────────────


@never_cache
@require_safe
@login_not_required
def comprobar(request):
    return CERTIFICADOS.preguntar(request)


@never_cache
@require_safe
@login_not_required
def verificar(request, codigo):
    return CERTIFICADOS.responder(request, codigo, partial(_lo_que_dice, request.user))


def _lo_que_dice(usuario, codigo):
    certificado = Certificado.objects.filter(codigo=codigo).select_related("ruta").first()
    return certificado and {
        "certificado": certificado,
        "datos": datos_de(certificado),
        "revoca": certificado.vale and puede_revocar_certificados(usuario),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def revocar(request, codigo):
    if not puede_revocar_certificados(request.user):
        raise PermissionDenied
    certificado = get_object_or_404(Certificado.objects.select_related("ruta"), codigo=codigo)
    if not certificado.vale:
        messages.warning(request, "Ese certificado ya está revocado.")
        return redirect(certificado)
    form = RevocarCertificadoForm(request.POST or None)
    if form.is_valid():
        try:
            form.save(certificado=certificado, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"El certificado {certificado.codigo} ya no vale.")
            return redirect(certificado)
    return render(
        request,
        "contenidos/certificado_revocar.html",
        {"certificado": certificado, "form": form},
    )
