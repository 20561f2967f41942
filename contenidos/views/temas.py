"""Las páginas de los temas: qué rotula cada uno, seguirlos y, para quien administra, ordenarlos."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contenidos.acciones import suscripciones
from contenidos.consultas.temas import (
    arbol,
    cuentas_por_clase,
    de_lo_ultimo,
    lo_que_se_mueve,
    lo_rotulado,
    suscripcion_de,
    tema_con_direccion,
)
from contenidos.forms.temas import FundirTemaForm, TemaForm
from contenidos.models import Suscripcion, Tema
from contenidos.permisos import puede_ordenar_temas
from contenidos.registro import BUSCABLES

POR_PAGINA = 24


# ── Leerlos ───────────────────────────────────────────────────────────────────────────────────


@require_safe
@login_not_required
def temas(request):
    return render(
        request,
        "contenidos/tema_list.html",
        {"ramas": arbol(request.user), "ordena": puede_ordenar_temas(request.user)},
    )


@require_safe
@login_not_required
def tema(request, slug):
    """Todo lo que el portal tiene de un tema, para quien mira."""
    tema = _tema(slug)
    if tema.slug != slug:
        return _a_su_direccion_de_hoy(request, "contenidos:tema", tema)

    rotulado = lo_rotulado(tema, request.user)
    cuentas = cuentas_por_clase(rotulado)
    escogida = request.GET.get("clase", "")
    if escogida in {cuenta.clave for cuenta in cuentas}:
        rotulado = rotulado.filter(clase=escogida)
    else:
        escogida = ""
    pagina = Paginator(de_lo_ultimo(rotulado), POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "contenidos/tema_detail.html",
        {
            "tema": tema,
            "hijos": tema.hijos.activos() if tema.padre_id is None else [],
            "cuentas": cuentas,
            "total": sum(cuenta.n for cuenta in cuentas),
            "escogida": escogida,
            "pagina": pagina,
            "cosas": [(cosa, BUSCABLES[cosa.clase].nombre) for cosa in pagina],
            "consulta": urlencode({"clase": escogida}) if escogida else "",
            "suscripcion": suscripcion_de(request.user, tema),
            "ordena": puede_ordenar_temas(request.user),
        },
    )


# ── Seguirlos ─────────────────────────────────────────────────────────────────────────────────


@require_POST
def seguir_tema(request, slug):
    tema = _tema(slug)
    suscripciones.seguir(tema=tema, por=request.user)
    messages.success(
        request, f"Ya sigue «{tema}». Los lunes, si hay algo nuevo, le llegará un correo."
    )
    return redirect("contenidos:tema", tema.slug)


@require_POST
def dejar_de_seguir_tema(request, slug):
    tema = _tema(slug)
    suscripciones.dejar_de_seguir(tema=tema, por=request.user)
    messages.success(request, f"Ya no sigue «{tema}».")
    return redirect("contenidos:mis-temas")


@require_safe
def mis_temas(request):
    siguen = request.user.suscripciones_a_temas.select_related("tema").order_by("tema__nombre_norm")
    return render(request, "contenidos/tema_mios.html", {"suscripciones": siguen})


@csrf_exempt  # lo envía el lector de correo (RFC 8058); el testigo es la llave
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def baja_de_tema(request, testigo):
    """Mirar el enlace no da de baja: los filtros de correo lo abren solos."""
    suscripcion = Suscripcion.objects.select_related("tema").filter(testigo=testigo).first()
    tema = suscripcion.tema if suscripcion else None
    if request.method == "POST":
        suscripciones.dar_de_baja(testigo)
    return render(
        request,
        "contenidos/tema_baja.html",
        {"tema": tema, "por_confirmar": tema and request.method != "POST"},
    )


# ── Ordenarlos ────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "HEAD", "POST"])
def ordenar_temas(request):
    _exigir_orden(request)
    form = TemaForm(request.POST or None)
    if form.is_valid() and (nuevo := _hacer(request, form)):
        messages.success(request, f"El tema «{nuevo}» quedó creado.")
        return redirect("contenidos:ordenar-temas")
    return render(
        request,
        "contenidos/tema_orden.html",
        {"ramas": arbol(request.user, con_inactivos=True), "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def renombrar_tema(request, slug):
    _exigir_orden(request)
    tema = _tema(slug)
    form = TemaForm(request.POST or None, tema=get_object_or_404(Tema, pk=tema.pk))
    if form.is_valid() and _hacer(request, form):
        messages.success(request, "Los cambios quedaron guardados. Los enlaces viejos siguen.")
        return redirect("contenidos:ordenar-temas")
    return render(request, "contenidos/tema_form.html", {"tema": tema, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def fundir_temas(request, slug):
    """Con el destino en la dirección muestra cuánto se mueve; el envío lo hace."""
    _exigir_orden(request)
    tema = _tema(slug)
    form = FundirTemaForm(request.POST or request.GET or None, tema=tema)
    destino = form.cleaned_data["en"] if form.is_valid() else None
    if request.method == "POST" and destino and (queda := _hacer(request, form)):
        messages.success(request, f"«{tema}» se fundió en «{queda}». Sus enlaces llevan allá.")
        return redirect("contenidos:tema", queda.slug)
    return render(
        request,
        "contenidos/tema_fundir.html",
        {
            "tema": tema,
            "form": form,
            "destino": destino,
            "movimientos": lo_que_se_mueve(tema, destino) if destino else [],
        },
    )


# ── Lo común ──────────────────────────────────────────────────────────────────────────────────


def _tema(slug):
    tema = tema_con_direccion(slug)
    if tema is None:
        raise Http404("Ese tema no está.")
    return tema


def _a_su_direccion_de_hoy(request, nombre, tema):
    respuesta = redirect(nombre, tema.slug, permanent=True)
    if consulta := request.META.get("QUERY_STRING"):
        respuesta["Location"] += f"?{consulta}"
    return respuesta


def _exigir_orden(request):
    if not puede_ordenar_temas(request.user):
        raise PermissionDenied


def _hacer(request, form):
    """Una regla rota se dice en el formulario, con lo que la persona ya escribió."""
    try:
        return form.save(por=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return None
