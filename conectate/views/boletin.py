"""El boletín mensual de una secretaría: leerlo y pedirlo en PDF."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from conectate.acciones.boletin import pedir_boletin
from conectate.consultas.boletin import boletin_de, con_cuantas, mes_reciente
from conectate.permisos import puede_ver_cifras, puede_ver_participacion
from territorio.models import EntidadTerritorial

PRIMERA_VIGENCIA = 1990  # antes no había secretarías certificadas de las que hablar


@require_safe
def mi_boletin(request):
    """La puerta de una secretaría: el último. El Ministerio escoge de cuál."""
    if puede_ver_cifras(request.user):
        messages.info(request, "Escoja una secretaría: en su página está su boletín.")
        return redirect("conectate:participacion-reciente")
    return _al_mes(request.user.entidad, mes_reciente(request.user.entidad))


@require_safe
def boletin_reciente(request, vigencia, codigo_dane):
    """El último de ese año."""
    entidad = _entidad_visible(request, codigo_dane)
    return _al_mes(entidad, mes_reciente(entidad, vigencia))


@require_safe
def boletin(request, vigencia, mes, codigo_dane):
    entidad = _entidad_visible(request, codigo_dane)
    primero = _exigir_que_haya_llegado(vigencia, mes)
    boletin = boletin_de(entidad, primero)

    return render(
        request,
        "conectate/boletin.html",
        {
            "entidad": entidad,
            "boletin": boletin,
            "asistio": [(fila, con_cuantas(fila)) for fila in boletin.asistio],
            "es_la_suya": request.user.entidad_id == entidad.pk,
            "ve_todas": puede_ver_cifras(request.user),
            "anterior": (primero - timedelta(days=1)).replace(day=1),
            "siguiente": None if boletin.esta_en_curso else boletin.siguiente,
        },
    )


@require_POST
def descargar_boletin(request, vigencia, mes, codigo_dane):
    entidad = _entidad_visible(request, codigo_dane)
    _exigir_que_haya_llegado(vigencia, mes)
    return redirect(pedir_boletin(entidad=entidad, vigencia=vigencia, mes=mes, por=request.user))


def _entidad_visible(request, codigo_dane):
    """La de otra no existe para una secretaría."""
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    if not puede_ver_participacion(request.user, entidad):
        raise Http404
    return entidad


def _exigir_que_haya_llegado(vigencia, mes):
    primero = date(vigencia, mes, 1)
    if vigencia < PRIMERA_VIGENCIA or primero > timezone.localdate():
        raise Http404("De ese mes no hay boletín.")
    return primero


def _al_mes(entidad, primero):
    return redirect("conectate:boletin", primero.year, primero.month, entidad.codigo_dane)
