"""El calendario: por mes, por año y en lista, y lo que de él leen otros programas."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_safe,
)

from conectate.acciones.calendario import MI_CALENDARIO
from conectate.calendarios import calendario_de
from conectate.consultas.calendario import (
    Cuenta,
    antes_de_hoy,
    desde_hoy,
    meses_de,
    para_el_calendario,
    que_tocan,
    semanas_de,
    vecinas,
)
from conectate.forms.calendario import FiltroDeCalendarioForm
from conectate.models import Sesion
from trabajos.almanaque import fin_de_mes
from trabajos.enlaces_privados import pagina_del_enlace

PRIMERA_VIGENCIA, ULTIMA_VIGENCIA = 1900, 2099
EN_LA_LISTA = 30
MINUTOS_DE_CACHE = 15


# ── Las páginas ───────────────────────────────────────────────────────────────────────────────


@require_safe
@login_not_required
def calendario(request):
    """El mes en que estamos."""
    hoy = timezone.localdate()
    return mes(request, hoy.year, hoy.month)


@require_safe
@login_not_required
def mes(request, vigencia, mes):
    primero, hoy = date(vigencia, mes, 1), timezone.localdate()
    ultimo = fin_de_mes(primero)
    visibles, comunes = _filtradas(request)
    sesiones = list(que_tocan(visibles, primero, ultimo))

    return render(
        request,
        "conectate/calendario_mes.html",
        {
            **comunes,
            "vista": "mes",
            "vigencia": vigencia,
            "primero": primero,
            "semanas": semanas_de(primero, sesiones, hoy),
            "cuenta": Cuenta.de(sesiones),
            "hay": bool(sesiones),
            "vecinas": [] if sesiones else vecinas(visibles, primero, ultimo),
            "anterior": _mes(vigencia, mes - 1),
            "siguiente": _mes(vigencia, mes + 1),
            "es_el_de_hoy": (vigencia, mes) == (hoy.year, hoy.month),
        },
    )


@require_safe
@login_not_required
def vigencia(request, vigencia):
    primero, ultimo, hoy = date(vigencia, 1, 1), date(vigencia, 12, 31), timezone.localdate()
    visibles, comunes = _filtradas(request)
    sesiones = list(que_tocan(visibles, primero, ultimo))

    return render(
        request,
        "conectate/calendario_vigencia.html",
        {
            **comunes,
            "vista": "vigencia",
            "vigencia": vigencia,
            "meses": meses_de(vigencia, sesiones),
            "cuenta": Cuenta.de(sesiones),
            "hay": bool(sesiones),
            "vecinas": [] if sesiones else vecinas(visibles, primero, ultimo),
            "anterior": vigencia - 1 if vigencia > PRIMERA_VIGENCIA else None,
            "siguiente": vigencia + 1 if vigencia < ULTIMA_VIGENCIA else None,
            "hoy": hoy,
        },
    )


@require_safe
@login_not_required
def lista(request, *, anteriores=False):
    """De hoy en adelante; las anteriores, en su propia página y de atrás para adelante."""
    hoy = timezone.localdate()
    visibles, comunes = _filtradas(request)
    sesiones = antes_de_hoy(visibles, hoy) if anteriores else desde_hoy(visibles, hoy)
    pagina = Paginator(sesiones, EN_LA_LISTA).get_page(request.GET.get("page"))

    return render(
        request,
        "conectate/calendario_lista.html",
        {
            **comunes,
            "vista": "lista",
            "vigencia": hoy.year,
            "hoy": hoy,
            "anteriores": anteriores,
            "pagina": pagina,
        },
    )


def _filtradas(request):
    """Lo que esta persona ve y pidió ver, y lo que las tres vistas comparten."""
    filtro = FiltroDeCalendarioForm(request.GET)
    visibles = filtro.aplicar(Sesion.objects.visibles_para(request.user))
    return para_el_calendario(visibles), {
        "filtro": filtro,
        "consulta": filtro.consulta,
        "hoy": timezone.localdate(),
    }


def _mes(vigencia, mes):
    """El primer día de ese mes, aunque «mes» se pase del año; nada, si el portal no llega ahí."""
    vigencia, mes = vigencia + (mes - 1) // 12, (mes - 1) % 12 + 1
    return date(vigencia, mes, 1) if PRIMERA_VIGENCIA <= vigencia <= ULTIMA_VIGENCIA else None


# ── Para otros programas ──────────────────────────────────────────────────────────────────────


@require_safe
@login_not_required
@conditional_page
def publico(request):
    """Las sesiones abiertas a todos, sin el enlace de la reunión: lo guarda cualquiera."""
    respuesta = _ics(
        request, Sesion.objects.publicas(), nombre="Conéctate con el MEN", con_enlace=False
    )
    patch_cache_control(respuesta, public=True, max_age=MINUTOS_DE_CACHE * 60)
    return respuesta


@require_safe
@login_not_required
@conditional_page
def privado(request, testigo):
    """El de una persona: lo lee su programa, que no inicia sesión y trae el testigo."""
    suscripcion = MI_CALENDARIO.suscripcion_del(testigo)
    if suscripcion is None:
        raise Http404

    suyas = Sesion.objects.visibles_para(suscripcion.usuario)
    respuesta = _ics(
        request,
        suyas.exclude(estado=Sesion.Estado.BORRADOR),
        nombre="Mis sesiones con el MEN",
        con_enlace=True,
    )
    patch_cache_control(respuesta, private=True, no_cache=True)
    return respuesta


@require_safe
@login_not_required
def de_una_sesion(request, pk):
    sesion = Sesion.objects.visibles_para(request.user).select_related("tipo").filter(pk=pk).first()
    if sesion is None:
        # Como en su página: quien no ha entrado puede tener permiso, así que se le pide entrar.
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    respuesta = _ics(
        request, [sesion], nombre=sesion.titulo, con_enlace=request.user.is_authenticated
    )
    respuesta["Content-Disposition"] = f'attachment; filename="sesion-{sesion.pk}.ics"'
    return respuesta


def _ics(request, sesiones, *, nombre, con_enlace):
    if not isinstance(sesiones, list):
        sesiones = para_el_calendario(sesiones)
    portal = request.build_absolute_uri("/").rstrip("/")
    contenido = calendario_de(sesiones, nombre=nombre, portal=portal, con_enlace=con_enlace)
    return HttpResponse(contenido, content_type="text/calendar; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def suscripcion(request):
    return pagina_del_enlace(request, MI_CALENDARIO, "conectate/calendario_suscripcion.html")
