"""Las páginas de los Encuentros de Secretarios: la lista, cada uno, y crearlos y editarlos."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from conectate.consultas.encuentros import asistencia_calculada, encuentros_visibles
from conectate.forms.encuentros import EncuentroForm
from conectate.models import Encuentro
from conectate.permisos import puede_editar_sesiones, puede_ver_cifras

POR_PAGINA = 20


@require_safe
@login_not_required
def encuentros(request):
    pagina = Paginator(encuentros_visibles(request.user), POR_PAGINA).get_page(
        request.GET.get("page")
    )
    lista = list(pagina.object_list)
    calculadas = asistencia_calculada([e for e in lista if _ve_la_cuenta(request.user, e)])

    return render(
        request,
        "conectate/encuentro_list.html",
        {
            "pagina": pagina,
            "encuentros": [(encuentro, calculadas.get(encuentro.pk)) for encuentro in lista],
            "edita": puede_editar_sesiones(request.user),
        },
    )


@require_safe
@login_not_required
def encuentro(request, pk):
    try:
        encuentro = encuentros_visibles(request.user).prefetch_related("sesion__temas").get(pk=pk)
    except Encuentro.DoesNotExist:
        # Como en la página de una sesión: quien no ha entrado puede tener permiso.
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404 from None

    calculada = None
    if _ve_la_cuenta(request.user, encuentro):
        calculada = asistencia_calculada([encuentro]).get(encuentro.pk)
    return render(
        request,
        "conectate/encuentro_detail.html",
        {
            "encuentro": encuentro,
            "sesion": encuentro.sesion,
            "objetivos": _renglones(encuentro.objetivos),
            "asuntos": _renglones(encuentro.asuntos),
            "calculada": calculada,
            "edita": puede_editar_sesiones(request.user) and encuentro.sesion.es_editable,
        },
    )


def _ve_la_cuenta(usuario, encuentro):
    """Lo que se va contando lo mira el Ministerio; lo que quedó cerrado, quien vea el encuentro."""
    return puede_ver_cifras(usuario) or encuentro.sesion.esta_cerrada


def _renglones(texto):
    return [renglon.strip() for renglon in texto.splitlines() if renglon.strip()]


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_encuentro(request):
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied

    form = EncuentroForm(request.POST or None)
    if "proponer" in request.POST:
        form.solo_proponer()
    elif form.is_valid() and (encuentro := _guardado(form, request.user)):
        messages.success(request, "El encuentro quedó creado.")
        return redirect(encuentro)

    return render(request, "conectate/encuentro_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def editar_encuentro(request, pk):
    encuentro = get_object_or_404(encuentros_visibles(request.user), pk=pk)
    if not puede_editar_sesiones(request.user):
        raise PermissionDenied
    try:
        encuentro.sesion.exigir_editable()
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect(encuentro)

    form = EncuentroForm(request.POST or None, encuentro=encuentro)
    if "proponer" in request.POST:
        form.solo_proponer()
    elif form.is_valid() and _guardado(form, request.user):
        messages.success(request, "Los cambios quedaron guardados.")
        return redirect(encuentro)

    return render(request, "conectate/encuentro_form.html", {"form": form, "encuentro": encuentro})


def _guardado(form, usuario):
    """El encuentro, o nada si la acción no lo admite: se le dice en el mismo formulario."""
    try:
        return form.save(por=usuario)
    except ValidationError as error:
        form.add_error(None, error)
        return None
