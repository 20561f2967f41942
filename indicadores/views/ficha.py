"""La ficha de una entidad: lo publicado, para cualquiera."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from indicadores.consultas.ficha import ficha_de
from indicadores.consultas.recursos import recursos_de
from indicadores.consultas.titulares import claves_de, titular_de
from indicadores.informes.tablas import enlaces_de_descarga
from indicadores.models import Indicador
from indicadores.permisos import puede_ver_informe
from indicadores.pintado import pintar
from territorio.models import EntidadTerritorial


@require_safe
@login_not_required
def ficha(request, codigo_dane):
    """El resumen o, con `?familia=`, una familia con sus niveles."""
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    familia = request.GET.get("familia")
    if familia in Indicador.Familia.values:
        return _una_familia(request, entidad, familia)
    if familia:
        return redirect("indicadores:ficha", codigo_dane)

    pintado = pintar_ficha(
        entidad,
        puede_pedir_informe=puede_ver_informe(request.user, entidad),
        es_la_suya=request.user.is_authenticated and request.user.entidad_id == entidad.pk,
    )
    return render(
        request,
        "indicadores/ficha.html",
        {"entidad": entidad, "pintado": pintado, "recursos": recursos_de(entidad)},
    )


def pintar_ficha(entidad, *, puede_pedir_informe=False, es_la_suya=False):
    """Su resumen. De quien la mira solo cambian los botones."""
    quien = {"puede_pedir_informe": puede_pedir_informe, "es_la_suya": es_la_suya}
    return pintar(
        "indicadores/_ficha.html",
        (entidad.codigo_dane, *quien.values()),
        lambda: {**_contexto_de(entidad), **quien},
    )


def _una_familia(request, entidad, familia):
    nombre = Indicador.Familia(familia).label
    pintado = pintar(
        "indicadores/_ficha_familia.html",
        (entidad.codigo_dane, familia),
        lambda: _contexto_de_la_familia(entidad, familia, nombre),
    )
    return render(
        request,
        "indicadores/ficha_familia.html",
        {"entidad": entidad, "nombre_de_la_familia": nombre, "pintado": pintado},
    )


def _contexto_de_la_familia(entidad, familia, nombre):
    suya = ficha_de(entidad, familia=familia)
    return {
        "entidad": entidad,
        "ficha": suya,
        "familia": suya.familias[0] if suya.hay else None,
        "familias": Indicador.Familia.choices,
        "nombre_de_la_familia": nombre,
        "descargas": _descargas(suya),
    }


def _contexto_de(entidad):
    suya = ficha_de(entidad)
    return {
        "entidad": entidad,
        "ficha": suya,
        "titular": titular_de(suya),
        "claves": claves_de(suya),
        "descargas": _descargas(suya),
    }


def _descargas(ficha):
    return enlaces_de_descarga("ficha", entidad=[ficha.entidad.codigo_dane]) if ficha.hay else []


@require_safe
def mi_ficha(request):
    """Quien no es de una secretaría elige una en el mapa."""
    if request.user.entidad is None:
        return redirect("indicadores:entrada")
    return redirect("indicadores:ficha", request.user.entidad.codigo_dane)
