"""La bandeja de calidad: lo que rompió una regla espera aquí a que alguien decida."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from indicadores.consultas.calidad import (
    casos_de,
    con_sus_cifras,
    cuenta_de_hallazgos,
    detalle_en_palabras,
    hallazgos_con_cuenta,
    quienes_deciden,
)
from indicadores.forms.calidad import AsignarForm, DecidirForm, DejarAsiForm, VariosHallazgosForm
from indicadores.forms.filtros import FiltroDeHallazgosForm
from indicadores.models import Hallazgo
from indicadores.permisos import puede_decidir_calidad

HALLAZGOS_POR_PAGINA = 50
CASOS_POR_PAGINA = 50
DE_VARIOS_INDICADORES = (Hallazgo.Regla.SUMA, Hallazgo.Regla.FILA_EN_CERO)
POR_DECIDIR = {"estado": Hallazgo.Estado.ABIERTO}


@require_http_methods(["GET", "HEAD", "POST"])
def calidad(request):
    """Sin filtros, lo que falta por decidir."""
    if not puede_decidir_calidad(request.user):
        raise PermissionDenied

    marcados = request.POST.getlist("hallazgos")
    form = VariosHallazgosForm(request.POST or None, marcados=marcados)
    if form.is_valid() and _se_pudo(request, form, form.save):
        return redirect(request.get_full_path())

    filtro = FiltroDeHallazgosForm(request.GET or POR_DECIDIR, responsables=list(quienes_deciden()))
    pagina = Paginator(filtro.aplicar(hallazgos_con_cuenta()), HALLAZGOS_POR_PAGINA).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "indicadores/hallazgo_list.html",
        {
            "form": form,
            "marcados": form.marcados,
            "filtro": filtro,
            "hay_filtros": bool(request.GET),
            "consulta": filtro.consulta,
            "pagina": pagina,
            "cuenta": cuenta_de_hallazgos(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hallazgo(request, pk):
    """Sus casos, con lo que vino, y qué hacer con ellos."""
    hallazgo = _hallazgo(request, pk)
    form = _form_de(hallazgo, request)
    if form is not None and form.is_valid() and _se_pudo(request, form, form.save):
        return redirect(hallazgo)
    return _pagina(request, hallazgo, form=form)


@require_http_methods(["POST"])
def asignar_hallazgo(request, pk):
    hallazgo = _hallazgo(request, pk)
    form = AsignarForm(request.POST, hallazgo=hallazgo)
    if form.is_valid() and _se_pudo(request, form, form.save):
        return redirect(hallazgo)
    return _pagina(request, hallazgo, form=_form_de(hallazgo), asignacion=form)


def _hallazgo(request, pk):
    hallazgo = get_object_or_404(hallazgos_con_cuenta(), pk=pk)
    if not puede_decidir_calidad(request.user):
        raise PermissionDenied
    return hallazgo


def _form_de(hallazgo, request=None):
    """Lo que se le puede hacer: nada, si ya se decidió."""
    recibido = request.POST if request is not None and request.method == "POST" else None
    if hallazgo.estado != Hallazgo.Estado.ABIERTO:
        return None
    if not hallazgo.en_revision:
        return DejarAsiForm(recibido, hallazgo=hallazgo)
    marcados = recibido.getlist("casos") if recibido else []
    return DecidirForm(recibido, hallazgo=hallazgo, marcados=marcados)


def _se_pudo(request, form, hacer) -> bool:
    """Una regla rota se dice en el formulario, con lo que la persona ya escribió."""
    try:
        dicho = hacer(por=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _como_quedo(dicho))
    return True


def _como_quedo(dicho) -> str:
    if dicho is None:
        return "Quedó anotado."
    return dicho if isinstance(dicho, str) else f"Quedó publicado en la versión {dicho.numero}."


def _pagina(request, hallazgo, *, form, asignacion=None):
    pagina = Paginator(casos_de(hallazgo), CASOS_POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "indicadores/hallazgo_detail.html",
        {
            "hallazgo": hallazgo,
            "detalle": detalle_en_palabras(hallazgo),
            "de_varios": hallazgo.regla in DE_VARIOS_INDICADORES,
            "pagina": pagina,
            "casos": con_sus_cifras(pagina.object_list),
            "form": form,
            "marcados": getattr(form, "marcados", ()),
            "asignacion": asignacion or AsignarForm(hallazgo=hallazgo),
        },
    )
