"""La entrada de «Quiero informarme» y el mapa del país."""

import re

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from indicadores.consultas.entrada import el_pais_de_un_vistazo
from indicadores.consultas.mapa import mapa_de
from indicadores.forms.mapa import BuscarSecretariaForm, FiltroDelMapaForm
from indicadores.graficos import mapa as dibujo
from indicadores.informes.tablas import enlaces_de_descarga
from indicadores.models import Hallazgo, Indicador
from indicadores.permisos import (
    puede_cargar,
    puede_decidir_calidad,
    puede_programar_fuentes,
)
from indicadores.pintado import pintar, recordar

PEDIDO = ("indicador", "vigencia", "orden")


@login_not_required
@require_safe
def entrada(request):
    buscar = BuscarSecretariaForm(request.GET if "secretaria" in request.GET else None)
    if buscar.is_valid():
        return redirect("indicadores:ficha", buscar.cleaned_data["secretaria"].codigo_dane)

    de_secretaria = request.user.is_authenticated and request.user.es_de_secretaria
    return render(
        request,
        "indicadores/entrada.html",
        {
            "pintado": pintar(
                "indicadores/_el_pais.html",
                None if buscar.is_bound else (de_secretaria,),
                lambda: {**_el_pais(), "buscar": buscar, "es_de_secretaria": de_secretaria},
            ),
            "puede_cargar": puede_cargar(request.user),
            "por_decidir": (
                Hallazgo.objects.abiertos().count() if puede_decidir_calidad(request.user) else 0
            ),
            "puede_programar": puede_programar_fuentes(request.user),
        },
    )


def _el_pais():
    portada = FiltroDelMapaForm({})
    return {
        "pais": el_pais_de_un_vistazo(portada.unidades, portada.indicadores.values()),
        "mapa": _mapa(portada),
        "dibujo": dibujo,
    }


@login_not_required
@require_safe
def mapa(request):
    pedido = {campo: request.GET.get(campo, "") for campo in PEDIDO}
    return render(request, "indicadores/mapa.html", pintar_mapa(**pedido))


def pintar_mapa(indicador="", vigencia="", orden="") -> dict:
    """La página, sin su marco. Lo que no se entiende se muestra con su aviso y no se guarda."""
    pedido = {"indicador": indicador, "vigencia": vigencia, "orden": orden}
    se_entiende = (
        re.fullmatch("[0-9]{4}|", vigencia)
        and orden in ("", *FiltroDelMapaForm.ORDENES)
        and (not indicador or indicador in Indicador.objects.values_list("codigo", flat=True))
    )
    if not se_entiende:
        return _pagina_del_mapa(pedido)
    return recordar(("mapa", *pedido.values()), lambda: _pagina_del_mapa(pedido))


def _pagina_del_mapa(pedido):
    filtro = FiltroDelMapaForm(pedido)
    contexto = _contexto_del_mapa(filtro) if filtro.vigencia else {"filtro": filtro}
    return {
        "cual": f"{filtro.elegido}, {filtro.vigencia}" if filtro.vigencia else "",
        "pintado": render_to_string("indicadores/_mapa_y_tabla.html", contexto),
    }


def _contexto_del_mapa(filtro):
    pintado = _mapa(filtro)
    return {
        "filtro": filtro,
        "mapa": pintado,
        "filas": pintado.por_valor if filtro.orden_elegido == "valor" else pintado.filas,
        "dibujo": dibujo,
        "descargas": enlaces_de_descarga(
            "entidades", indicador=pintado.indicador.codigo, vigencia=pintado.vigencia
        ),
    }


def _mapa(filtro):
    """Nada, si aún no hay cifras publicadas."""
    if filtro.vigencia is None:
        return None
    return mapa_de(filtro.elegido, filtro.vigencia, filtro.unidades)
