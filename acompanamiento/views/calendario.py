"""El calendario del acompañamiento: el mes, su lista, y lo que de él lee otro programa."""

import re
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from acompanamiento.acciones.calendario import MI_CALENDARIO
from acompanamiento.consultas.calendario import casillas_de, citas_de, cuantas, por_dias
from acompanamiento.forms.calendario import FiltroDelCalendarioForm
from acompanamiento.informes.calendario import ics_de
from trabajos.almanaque import fin_de_mes
from trabajos.enlaces_privados import pagina_del_enlace

PRIMERA_VIGENCIA, ULTIMA_VIGENCIA = 2015, 2099
UN_MES = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@require_safe
def calendario(request):
    hoy = timezone.localdate()
    primero = _mes_pedido(request.GET.get("mes", "")) or hoy.replace(day=1)
    vista = "lista" if request.GET.get("vista") == "lista" else "mes"
    filtro = FiltroDelCalendarioForm(request.GET, usuario=request.user)
    citas = citas_de(
        request.user,
        filtro.alcance,
        primero,
        fin_de_mes(primero),
        solo=filtro.puestos.get("que", ""),
    )
    return render(
        request,
        "acompanamiento/calendario.html",
        {
            "filtro": filtro,
            "consulta": filtro.consulta,
            "vista": vista,
            "hoy": hoy,
            "primero": primero,
            "anterior": _mes(primero.year, primero.month - 1),
            "siguiente": _mes(primero.year, primero.month + 1),
            "es_el_de_hoy": (primero.year, primero.month) == (hoy.year, hoy.month),
            "hay": bool(citas),
            "cuentas": cuantas(citas),
            "semanas": casillas_de(primero, citas, hoy) if vista == "mes" else [],
            "dias": por_dias(citas, primero) if vista == "lista" else [],
        },
    )


def _mes_pedido(escrito):
    entendido = UN_MES.fullmatch(escrito)
    return entendido and _mes(*map(int, entendido.groups()))


def _mes(vigencia, mes):
    """El primer día de ese mes, aunque «mes» se pase del año; nada, si el portal no llega ahí."""
    vigencia, mes = vigencia + (mes - 1) // 12, (mes - 1) % 12 + 1
    return date(vigencia, mes, 1) if PRIMERA_VIGENCIA <= vigencia <= ULTIMA_VIGENCIA else None


@require_safe
@login_not_required
@conditional_page
def calendario_ics(request, testigo):
    """El de una persona: lo lee su programa, que no inicia sesión y trae el testigo."""
    suscripcion = MI_CALENDARIO.suscripcion_del(testigo)
    if suscripcion is None:
        raise Http404

    contenido = ics_de(
        suscripcion.usuario,
        portal=request.build_absolute_uri("/").rstrip("/"),
        hoy=timezone.localdate(),
    )
    respuesta = HttpResponse(contenido, content_type="text/calendar; charset=utf-8")
    patch_cache_control(respuesta, private=True, no_cache=True)
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
def suscripcion(request):
    return pagina_del_enlace(request, MI_CALENDARIO, "acompanamiento/calendario_suscripcion.html")
