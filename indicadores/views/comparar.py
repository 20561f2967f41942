"""Una entidad junto a su departamento, el país, las que se le parecen y las que se elijan."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from indicadores.consultas.comparacion import comparar_todas
from indicadores.consultas.similares import FUENTE_DE_LAS_SUPERFICIES, similares_a
from indicadores.forms.comparar import MAXIMO, CompararForm
from indicadores.graficos.barras import Dato
from indicadores.informes.tablas import enlaces_de_descarga
from indicadores.models import Indicador
from territorio.models import EntidadTerritorial

DE_ENTRADA = Indicador.Familia.DESERCION


@require_safe
@login_not_required
def comparar(request, codigo_dane):
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    form = CompararForm(request.GET, entidad=entidad)
    form.is_valid()
    familia = form.cleaned_data.get("familia") or DE_ENTRADA
    indicadores = list(Indicador.objects.activos().filter(familia=familia))
    todas = comparar_todas(indicadores, departamento=entidad.departamento_id, de=entidad)
    codigos = [una.codigo_dane for una in form.elegidas]
    orden = form.cleaned_data.get("orden", "")
    parecidas = similares_a(entidad, [fila.unidad for fila in todas.filas])

    return render(
        request,
        "indicadores/comparar.html",
        {
            "entidad": entidad,
            "form": form,
            "familia": familia,
            "nombre_de_la_familia": Indicador.Familia(familia).label,
            "familias": [
                (clave, nombre, _consulta(clave, codigos))
                for clave, nombre in Indicador.Familia.choices
            ],
            "todas": todas,
            "filas": todas.ordenadas(orden),
            "columnas": [
                (indicador, _orden_al_pulsar(orden, indicador.codigo))
                for indicador in todas.indicadores
            ],
            "orden": orden,
            "consulta": _consulta(familia, codigos),
            "elegidas": [
                (una, _consulta(familia, [c for c in codigos if c != una.codigo_dane]))
                for una in form.elegidas
            ],
            "caben_mas": len(codigos) < MAXIMO,
            "candidatas": form.candidatas,
            "cara_a_cara": _cara_a_cara(todas, entidad, codigos),
            "similares": parecidas,
            "fuente_de_las_superficies": FUENTE_DE_LAS_SUPERFICIES,
            "barras_similares": _datos(
                [
                    todas.por_codigo[codigo]
                    for codigo in [
                        codigo_dane,
                        *(similar.entidad.codigo_dane for similar in parecidas.lista),
                    ]
                    if codigo in todas.por_codigo
                ],
                entidad,
            ),
            "descargas": enlaces_de_descarga(
                "comparacion", entidad=[codigo_dane, *codigos], vigencia=todas.vigencia
            ),
            "descargas_de_todas": enlaces_de_descarga(
                "indicador", indicador=indicadores[0].codigo, vigencia=todas.vigencia
            )
            if indicadores
            else [],
        },
    )


def _cara_a_cara(todas, entidad, codigos):
    """La propia, su departamento, el país y las elegidas; sin las que no están en los datos."""
    propia = todas.por_codigo.get(entidad.codigo_dane)
    otras = [todas.por_codigo[codigo] for codigo in codigos if codigo in todas.por_codigo]
    filas = [fila for fila in (propia, todas.departamento, todas.nacion, *otras) if fila]
    return {"filas": filas, "datos": _datos(filas, entidad)}


def _datos(filas, entidad) -> list[Dato]:
    datos = []
    for fila in filas:
        clave = "otra"
        if fila.entidad == entidad:
            clave = "propia"
        elif fila.entidad is None:
            clave = fila.unidad.ambito
        datos.append(Dato(fila.nombre, fila.principal.valor, fila.principal.texto, clave))
    return datos


def _consulta(familia, codigos) -> str:
    return urlencode({"familia": familia, "con": codigos}, doseq=True)


def _orden_al_pulsar(orden, codigo) -> str:
    """De mayor a menor primero; otra vez, al revés."""
    return codigo if orden == f"-{codigo}" else f"-{codigo}"
