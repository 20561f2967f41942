"""Cargar un directorio de instituciones: subir, revisar, reconocer, confirmar."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acompanamiento.acciones.listados import SIN_CERRAR, Estado, descartar
from acompanamiento.acciones.listados_de_instituciones import (
    pedir_confirmacion,
    pedir_lectura,
    reconocer_en_listado_de_instituciones,
)
from acompanamiento.consultas.listados_de_instituciones import fecha_de, trabajo_del_listado
from acompanamiento.forms.listados import NuevoListadoDeInstitucionesForm
from acompanamiento.models import ListadoDeInstituciones
from acompanamiento.views.listados import (
    bandeja_de,
    el_listado,
    filas_que,
    intentar,
    llegados,
    por_motivo,
    reconocer,
    subir,
)
from trabajos.models import Trabajo

PLANTILLAS = {
    Estado.RECIBIDO: "acompanamiento/listado_de_instituciones_en_curso.html",
    Estado.VISTA_PREVIA: "acompanamiento/listado_de_instituciones_revisar.html",
}


@require_safe
def listados_de_instituciones(request):
    return llegados(
        request, ListadoDeInstituciones, "acompanamiento/listado_de_instituciones_list.html"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_listado_de_instituciones(request):
    return subir(
        request,
        NuevoListadoDeInstitucionesForm,
        "acompanamiento/listado_de_instituciones_form.html",
    )


@require_safe
def listado_de_instituciones(request, pk):
    """Una página por archivo: lo que se ve depende de en qué va."""
    listado = _listado(request, pk)
    trabajo = trabajo_del_listado(listado)
    contexto = {
        "listado": listado,
        "cuenta": listado.resumen.get("cuenta"),
        "trabajo": trabajo,
        "se_hace": trabajo and trabajo.estado != Trabajo.Estado.FALLIDO,
        "rechazadas": por_motivo(listado),
        "cambian": filas_que(listado, "cambia"),
    }
    if listado.estado == Estado.VISTA_PREVIA:
        contexto |= bandeja_de(listado, fecha_de(listado))
    plantilla = PLANTILLAS.get(
        listado.estado, "acompanamiento/listado_de_instituciones_cerrado.html"
    )
    return render(request, plantilla, contexto)


@require_POST
def reconocer_institucion(request, pk):
    listado = _listado(request, pk)
    reconocer(request, listado, fecha_de(listado), reconocer_en_listado_de_instituciones)
    return redirect(listado)


@require_POST
def releer_instituciones(request, pk):
    """Si la lectura se interrumpió, se pide otra vez sobre el mismo archivo."""
    listado = _listado(request, pk)
    if listado.estado in SIN_CERRAR:
        pedir_lectura(listado, request.user)
    return redirect(listado)


@require_POST
def confirmar_instituciones(request, pk):
    """Lo pequeño queda hecho; lo grande sigue, y su página lo dice."""
    listado = _listado(request, pk)
    if intentar(request, pedir_confirmacion, listado=listado):
        listado.refresh_from_db()
        if listado.estado == Estado.CONFIRMADO:
            messages.success(request, "Las instituciones quedaron guardadas.")
    return redirect(listado)


@require_POST
def descartar_instituciones(request, pk):
    listado = _listado(request, pk)
    if not intentar(request, descartar, listado=listado):
        return redirect(listado)
    messages.success(request, "El directorio se descartó. Ninguna institución cambió.")
    return redirect("acompanamiento:listados-de-instituciones")


def _listado(request, pk):
    return el_listado(request, ListadoDeInstituciones, pk)
