"""Los datos, para llevárselos: sin cuenta, en una dirección que no cambia y con su versión."""

import hashlib
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag, urlencode
from django.views.decorators.http import require_POST, require_safe

from indicadores.acciones.tablas import pedir_libro
from indicadores.consultas.cifras import en_espanol
from indicadores.consultas.tablas import (
    CLASES,
    CON_PAGINA,
    NoHayTabla,
    pedido,
    version_pedida,
)
from indicadores.forms.tablas import FiltroDeTablaForm
from indicadores.informes.columnas import por_grupo
from indicadores.informes.tablas import (
    FORMATOS,
    Tabla,
    direccion_de,
    en_flujo,
    enlaces_de_descarga,
    escribir_libro,
)
from indicadores.informes.tablas_de_cifras import (
    ANCHO,
    LARGO,
    cabe_en_excel,
    diccionario,
    tabla_de,
)
from indicadores.models import Conjunto, Indicador

DICCIONARIO = "diccionario"
HECHURA = 1  # súbalo si cambia lo que lleva un archivo: así nadie se queda con el de antes
UN_DIA = 24 * 60 * 60


@login_not_required
@require_safe
def datos(request):
    filtro = FiltroDeTablaForm(request.GET)
    vigencia = filtro.cleaned_data.get("vigencia") if filtro.is_valid() else None
    contexto = {"conjuntos": Conjunto.objects.all(), "vigencia": vigencia}
    try:
        version = version_pedida()
        tablas = [_en_la_pagina(clave, version, vigencia) for clave in CON_PAGINA]
    except NoHayTabla as error:
        if vigencia:
            return no_se_puede(request, str(error), 404)
        return render(request, "indicadores/datos.html", contexto)
    ejemplo = settings.DIRECCION_DEL_PORTAL
    contexto |= {
        "version": version,
        "tablas": tablas,
        "vigencias": sorted({v for tabla in tablas for v in tabla["vigencias"]}, reverse=True),
        "ejemplo": ejemplo + direccion_de("entidades", "csv"),
        "ejemplo_con_version": ejemplo + direccion_de("entidades", "csv", version=version.numero),
    }
    return render(request, "indicadores/datos.html", contexto)


def _en_la_pagina(clave, version, vigencia):
    """Una tabla con sus dos formas: cuántas filas y en qué se puede bajar."""
    entera = pedido(clave, version)
    suya = entera if vigencia is None else pedido(clave, version, vigencia=vigencia)
    return {
        "clase": CLASES[clave],
        "n": len(suya.lugares),
        "vigencias": entera.vigencias,
        "formas": [_una_forma(suya, forma, vigencia) for forma in (ANCHO, LARGO)],
    }


def _una_forma(suya, forma, vigencia):
    cabe = cabe_en_excel(suya, forma)
    return {
        "forma": forma,
        "n_filas": suya.n_filas_a_lo_ancho if forma == ANCHO else suya.n_filas,
        "enlaces": enlaces_de_descarga(
            suya.clase.clave,
            formatos=[uno for uno in FORMATOS if cabe or uno != "xlsx"],
            vigencia=vigencia,
            forma="" if forma == LARGO else forma,
        ),
        "por_pedir": "" if cabe else _direccion_de_pedir(suya.clase.clave, forma, vigencia),
    }


def _direccion_de_pedir(clave, forma, vigencia):
    filtros = {"forma": forma, **({"vigencia": vigencia} if vigencia else {})}
    return f"{reverse('indicadores:pedir-descarga', args=[clave])}?{urlencode(filtros)}"


@login_not_required
@require_safe
def pagina_del_diccionario(request):
    indicadores = Indicador.objects.activos()
    contexto = {
        "grupos": por_grupo(),
        "indicadores": indicadores,
        "enlaces": enlaces_de_descarga(DICCIONARIO),
    }
    return render(request, "indicadores/diccionario.html", contexto)


@login_not_required
@require_safe
def descargar(request, tabla, formato, numero=None):
    if formato not in FORMATOS:
        return no_se_puede(
            request, f"No hay formato «{formato}». Los que hay son: {', '.join(FORMATOS)}.", 404
        )
    if tabla == DICCIONARIO and numero is None:
        return entregar(diccionario(), formato)
    filtro = FiltroDeTablaForm(request.GET)
    if not filtro.is_valid():
        return no_se_puede(request, "Algún filtro de la dirección está mal escrito.", 400)
    try:
        version = version_pedida(numero)
        condiciones = {
            "etag": _etag(request, version),
            "last_modified": int(version.publicada_en.timestamp()),
        }
        if respuesta := get_conditional_response(request, **condiciones):
            return respuesta
        pedida = tabla_de(pedido(tabla, version, **filtro.filtros), filtro.cleaned_data["forma"])
    except NoHayTabla as error:
        return no_se_puede(request, str(error), 404)
    if formato == "xlsx" and not pedida.cabe_al_instante:
        return no_se_puede(request, _no_cabe(pedida), 400)
    respuesta = entregar(pedida, formato)
    respuesta["ETag"] = condiciones["etag"]
    respuesta["Last-Modified"] = http_date(condiciones["last_modified"])
    # Lo último puede cambiar en cualquier momento: se guarda, pero se pregunta.
    respuesta["Cache-Control"] = (
        "public, no-cache" if numero is None else f"public, max-age={UN_DIA}"
    )
    return respuesta


@require_POST
def pedir_descarga(request, tabla):
    """El Excel que tarda: queda en «Mis trabajos» de quien lo pide."""
    filtro = FiltroDeTablaForm(request.GET)
    if not filtro.is_valid():
        return no_se_puede(request, "Algún filtro de la dirección está mal escrito.", 400)
    forma = filtro.cleaned_data["forma"]
    try:
        pedida = tabla_de(pedido(tabla, version_pedida(), **filtro.filtros), forma)
    except NoHayTabla as error:
        return no_se_puede(request, str(error), 404)
    return redirect(
        pedir_libro(pedida, clave=tabla, forma=forma, filtros=filtro.filtros, por=request.user)
    )


def entregar(tabla: Tabla, formato: str) -> HttpResponse:
    """Cualquier tabla, en cualquiera de sus formatos. El Excel, solo si cabe al instante."""
    if formato == "xlsx":
        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as carpeta:
            ruta = Path(carpeta) / "tabla.xlsx"
            escribir_libro(tabla, ruta)
            respuesta = HttpResponse(ruta.read_bytes())
    else:
        respuesta = StreamingHttpResponse(en_flujo(tabla, formato))
    respuesta["Content-Type"] = FORMATOS[formato].contenido
    respuesta["Content-Disposition"] = content_disposition_header(
        True, tabla.nombre_del_archivo(formato)
    )
    return respuesta


def no_se_puede(request, mensaje, codigo):
    """Quien escribió la dirección a mano, o un programa, lee qué le falta."""
    contexto = {"mensaje": mensaje, "codigo": codigo}
    return render(request, "indicadores/datos_no_hay.html", contexto, status=codigo)


def _no_cabe(tabla):
    return (
        f"Son {en_espanol(tabla.n_filas, 0)} filas y un Excel así tarda. Bájelas en CSV, o un solo "
        "año con «?vigencia=…». Con una cuenta también puede pedir el Excel entero en la "
        "página de datos."
    )


def _etag(request, version):
    de_que = f"{HECHURA}:{version.numero}:{request.get_full_path()}"
    # Débil: el «generado» de los metadatos cambia, y el servidor comprime.
    return "W/" + quote_etag(hashlib.sha256(de_que.encode()).hexdigest()[:32])
