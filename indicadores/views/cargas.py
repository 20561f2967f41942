"""Las páginas de un archivo de cifras: subirlo, revisarlo, publicarlo, deshacerlo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicadores.acciones import cargas as acciones
from indicadores.consultas.cargas import (
    cargas_recientes,
    reglas_rotas,
    trabajo_de_deshacer,
    trabajo_de_la_carga,
)
from indicadores.forms.cargas import (
    ConfirmarCargaForm,
    DeshacerForm,
    EmparejarColumnasForm,
    NuevaCargaForm,
)
from indicadores.informes.erratas import escribir_rechazadas
from indicadores.models import Carga, Version
from indicadores.permisos import puede_cargar, puede_programar_fuentes
from indicadores.views.descargas_csv import csv_al_momento

Estado = Carga.Estado
POR_PAGINA = 20
RECHAZADAS_A_LA_VISTA = 20


@require_safe
def cargas(request):
    _exigir(request)
    pagina = Paginator(cargas_recientes(), POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "indicadores/carga_list.html",
        {"pagina": pagina, "programa": puede_programar_fuentes(request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_carga(request):
    _exigir(request)
    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NuevaCargaForm(*recibido)
    if form.is_valid() and (carga := _hacer(request, form)):
        return redirect(carga)
    return render(
        request,
        "indicadores/carga_form.html",
        {"form": form, "maximo": acciones.TAMANO_MAXIMO},
    )


# ── Una carga ─────────────────────────────────────────────────────────────────────────────────


@require_safe
def carga(request, pk):
    """Una página por archivo: lo que se ve depende de en qué va."""
    return _pagina(request, _carga(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def emparejar_carga(request, pk):
    carga = _carga(request, pk)
    if carga.estado != Estado.SIN_RECONOCER:
        return redirect(carga)

    form = EmparejarColumnasForm(request.POST or None, carga=carga)
    if form.is_valid() and _hacer(request, form):
        return redirect(carga)
    return _pagina(request, carga, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_carga(request, pk):
    carga = _carga(request, pk)
    if carga.estado != Estado.VISTA_PREVIA or request.method != "POST":
        return redirect(carga)

    form = ConfirmarCargaForm(request.POST, carga=carga)
    if form.is_valid() and (trabajo := _hacer(request, form)):
        _decir_como_quedo(request, carga, trabajo)
        return redirect(carga)
    return _pagina(request, carga, form=form)


@require_POST
def descartar_carga(request, pk):
    carga = _carga(request, pk)
    try:
        acciones.descartar(carga=carga, por=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(carga)
    messages.success(request, "El archivo se descartó. Nada cambió, y se conserva guardado.")
    return redirect("indicadores:cargas")


@require_POST
def releer_carga(request, pk):
    """Si la lectura se interrumpió, se pide otra vez sobre el mismo archivo."""
    carga = _carga(request, pk)
    if carga.estado == Estado.RECIBIDA:
        acciones.pedir_lectura(carga, request.user)
    return redirect(carga)


@require_safe
def rechazadas_de_carga(request, pk):
    carga = _carga(request, pk)
    variante = "excel" if request.GET.get("formato") == "csv_excel" else "estandar"
    return csv_al_momento(
        lambda ruta: escribir_rechazadas(ruta, carga, variante=variante),
        f"rechazadas-de-la-carga-{carga.pk}.csv",
    )


@require_safe
@login_not_required
def archivo_de_carga(request, pk):
    """Los bytes tal como llegaron. De lo publicado, para cualquiera: así se sigue una cifra."""
    cargas = Carga.objects.exclude(archivo="")
    if not puede_cargar(request.user):
        cargas = cargas.filter(version__isnull=False)
    carga = get_object_or_404(cargas, pk=pk)
    try:
        contenido = carga.archivo.open("rb")
    except FileNotFoundError:
        raise Http404("Este archivo ya no está.") from None
    return FileResponse(
        contenido,
        as_attachment=True,
        filename=carga.nombre_del_archivo,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


# ── Deshacer ──────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def deshacer_version(request, numero):
    """Primero dice qué se va a deshacer; después lo hace, publicando otra versión."""
    version = get_object_or_404(Version.objects.select_related("conjunto"), pk=numero)
    _exigir(request)
    form = DeshacerForm(request.POST or None, version=version)
    if form.is_valid() and (trabajo := _hacer(request, form)):
        trabajo.refresh_from_db()
        if trabajo.estado == trabajo.Estado.FALLIDO:
            form.add_error(None, trabajo.mensaje)
        elif trabajo.estado == trabajo.Estado.TERMINADO:
            messages.success(request, f"La versión {version.numero} se deshizo.")
            return redirect("indicadores:version", numero=trabajo.resultado["version"])
        else:
            return redirect("indicadores:deshacer-version", numero=version.numero)
    return render(
        request,
        "indicadores/version_deshacer.html",
        {"version": version, "form": form, "trabajo": trabajo_de_deshacer(version)},
    )


# ── Lo común ──────────────────────────────────────────────────────────────────────────────────


def _exigir(request):
    if not puede_cargar(request.user):
        raise PermissionDenied


def _carga(request, pk):
    carga = get_object_or_404(
        Carga.objects.select_related("conjunto", "version", "creado_por", "confirmada_por"), pk=pk
    )
    _exigir(request)
    return carga


def _hacer(request, form):
    """Una regla rota se dice en el formulario, con lo que la persona ya escribió."""
    try:
        return form.save(por=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _decir_como_quedo(request, carga, trabajo):
    """Lo pequeño ya se hizo; lo grande sigue, y su página lo dice."""
    trabajo.refresh_from_db()
    carga.refresh_from_db()
    if trabajo.estado == trabajo.Estado.FALLIDO:
        messages.error(request, trabajo.mensaje)
    elif carga.estado == Estado.CONFIRMADA:
        messages.success(request, f"Quedó publicado en la versión {carga.version_id}.")


def _pagina(request, carga, *, form=None):
    contexto = {
        "carga": carga,
        "resumen": carga.resumen,
        "reglas": reglas_rotas(carga),
        "rechazadas": carga.rechazadas[:RECHAZADAS_A_LA_VISTA],
        "trabajo": trabajo_de_la_carga(carga),
        "form": form,
    }
    if carga.estado == Estado.SIN_RECONOCER:
        contexto["form"] = form or EmparejarColumnasForm(carga=carga)
    elif carga.estado == Estado.VISTA_PREVIA:
        contexto["form"] = form or ConfirmarCargaForm(carga=carga)
    plantilla = _PLANTILLAS.get(carga.estado, "indicadores/carga_cerrada.html")
    return render(request, plantilla, contexto)


_PLANTILLAS = {
    Estado.RECIBIDA: "indicadores/carga_en_curso.html",
    Estado.DESCARGANDO: "indicadores/carga_en_curso.html",
    Estado.SIN_RECONOCER: "indicadores/carga_emparejar.html",
    Estado.VISTA_PREVIA: "indicadores/carga_vista_previa.html",
    Estado.CONFIRMADA: "indicadores/carga_publicada.html",
}
