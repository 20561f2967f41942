"""Qué se mide y cómo: el catálogo, y cada indicador con la serie del país y todas las entidades."""

import re
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicadores.consultas.comparacion import comparar_todas
from indicadores.consultas.indicador import hoja_del_indicador
from indicadores.forms.indicador import VigenciaForm
from indicadores.informes.graficas import distancia_en_svg, linea_en_svg
from indicadores.informes.tablas import enlaces_de_descarga
from indicadores.models import Indicador
from indicadores.pintado import pintar


@require_safe
@login_not_required
def catalogo(request):
    indicadores = Indicador.objects.activos()
    return render(
        request,
        "indicadores/catalogo.html",
        {
            "n": len(indicadores),
            "familias": [
                (Indicador.Familia(familia).label, list(suyos))
                for familia, suyos in groupby(indicadores, key=lambda uno: uno.familia)
            ],
        },
    )


@require_safe
@login_not_required
def indicador(request, codigo):
    uno = get_object_or_404(Indicador, codigo=codigo)
    pedido = {campo: request.GET.get(campo, "") for campo in ("vigencia", "orden")}
    # Lo que no sea un año o un orden se ignora: no puede haber una clave por cada disparate.
    if not _se_entiende(uno, **pedido):
        pedido = {"vigencia": "", "orden": ""}
    pintado = pintar(
        "indicadores/_indicador.html",
        (codigo, *pedido.values()),
        lambda: _contexto_del_indicador(uno, pedido),
    )
    return render(request, "indicadores/indicador.html", {"indicador": uno, "pintado": pintado})


def _se_entiende(uno, vigencia, orden):
    return re.fullmatch("[0-9]{4}|", vigencia) and orden.removeprefix("-") in ("", uno.codigo)


def _contexto_del_indicador(uno, pedido):
    hoja = hoja_del_indicador(uno)
    form = VigenciaForm(pedido, vigencias=hoja.vigencias)
    form.is_valid()
    vigencia = form.cleaned_data.get("vigencia") or hoja.ultima
    todas = comparar_todas([uno], vigencia=vigencia) if vigencia else None
    orden = form.cleaned_data.get("orden", "")
    return {
        "indicador": uno,
        "hoja": hoja,
        "vigencia": vigencia,
        "todas": todas,
        "orden": orden,
        "filas": todas.ordenadas(orden) if todas else [],
        "linea": hoja.nacion
        and linea_en_svg(
            uno,
            [("propia", "Colombia", hoja.nacion)],
            [cifra.vigencia for cifra in hoja.nacion],
            notas=hoja.notas,
            id="linea",
        ),
        "enjambre": todas and _enjambre(uno, todas),
        "descargas": enlaces_de_descarga("indicador", indicador=uno.codigo, vigencia=vigencia),
    }


def _enjambre(uno, todas):
    """Una población no se compara así: cada territorio tiene la suya."""
    if uno.medida == Indicador.Medida.PERSONAS:
        return ""
    return distancia_en_svg(
        uno,
        todas.puntos,
        id="enjambre",
        vigencia=todas.vigencia,
        mediana=todas.mediana,
        pais=todas.nacion and todas.nacion.principal.valor,
    )
