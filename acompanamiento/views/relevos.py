"""Las páginas de los relevos: lo que pasaría, hacerlo, y lo que pasó."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.relevos import lo_que_paso, lo_que_tiene
from acompanamiento.forms.grupos import RelevoForm
from acompanamiento.models import Relevo
from acompanamiento.permisos import puede_organizar_grupos

POR_PAGINA = 30


@require_safe
def relevos(request):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied
    hechos = Relevo.objects.select_related("de", "a")
    pagina = Paginator(hechos, POR_PAGINA).get_page(request.GET.get("page"))
    return render(request, "acompanamiento/relevo_list.html", {"pagina": pagina})


@require_safe
def relevo(request, clave):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied
    relevo = get_object_or_404(Relevo.objects.select_related("de", "a", "creado_por"), clave=clave)
    return render(
        request,
        "acompanamiento/relevo_detail.html",
        {"relevo": relevo, "pasa": lo_que_paso(relevo)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_relevo(request):
    """Primero se ve qué pasa de manos; el segundo envío lo hace."""
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied

    form = RelevoForm(request.POST or None, por=request.user, initial=_iniciales(request))
    if "hacer" in request.POST and (recibo := form.guardar()):
        if recibo.hay_conflicto:
            messages.warning(
                request, "Ese relevo ya se había hecho, con otros datos. Empiece uno nuevo."
            )
        else:
            messages.success(request, "El relevo quedó hecho.")
        return redirect(recibo.objeto)

    pasa = None
    if form.is_bound and form.is_valid():
        pasa = lo_que_tiene(form.cleaned_data["de"], form.cleaned_data["fecha"])
    return render(request, "acompanamiento/relevo_form.html", {"form": form, "pasa": pasa})


def _iniciales(request):
    de = request.GET.get("de", "")
    return {"de": de} if de.isdecimal() else {}
