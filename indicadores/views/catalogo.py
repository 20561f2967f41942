"""Qué se mide y cómo: el catálogo, y cada indicador con la serie del país y todas las entidades."""

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
    hoja = hoja_del_indicador(uno)
    form = VigenciaForm(request.GET, vigencias=hoja.vigencias)
    form.is_valid()
    vigencia = form.cleaned_data.get("vigencia") or hoja.ultima
    todas = comparar_todas([uno], vigencia=vigencia) if vigencia else None
    orden = form.cleaned_data.get("orden", "")

    return render(
        request,
        "indicadores/indicador.html",
        {
            "indicador": uno,
            "hoja": hoja,
            "form": form,
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
            "descargas": enlaces_de_descarga("indicador", indicador=codigo, vigencia=vigencia),
        },
    )


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
