"""Cargar el listado de los grupos: subir, revisar, reconocer, confirmar."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acompanamiento.acciones.listados import Estado, descartar
from acompanamiento.acciones.listados_de_grupos import (
    confirmar_listado_de_grupos,
    reconocer_en_listado_de_grupos,
)
from acompanamiento.consultas.listados_de_grupos import comparar
from acompanamiento.forms.listados import NuevoListadoDeGruposForm, ReconocerForm
from acompanamiento.informes.plantilla_de_grupos import escribir_plantilla_de_grupos
from acompanamiento.models import ListadoDeGrupos
from acompanamiento.permisos import puede_organizar_grupos
from territorio.models import EntidadTerritorial

POR_PAGINA = 20
EN_LA_BANDEJA = 20
DE_CADA_MOTIVO = 50


@require_safe
def listados_de_grupos(request):
    return llegados(request, ListadoDeGrupos, "acompanamiento/listado_de_grupos_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
def nuevo_listado_de_grupos(request):
    return subir(request, NuevoListadoDeGruposForm, "acompanamiento/listado_de_grupos_form.html")


@require_safe
def plantilla_de_grupos(request):
    exigir_que_organice(request)
    return FileResponse(
        escribir_plantilla_de_grupos(), as_attachment=True, filename="Plantilla de grupos.xlsx"
    )


@require_safe
def listado_de_grupos(request, pk):
    listado = _listado(request, pk)
    contexto = {"listado": listado, "rechazadas": por_motivo(listado)}
    if listado.estado != Estado.VISTA_PREVIA:
        return render(request, "acompanamiento/listado_de_grupos_cerrado.html", contexto)
    return render(
        request,
        "acompanamiento/listado_de_grupos_revisar.html",
        {
            **contexto,
            "n_rechazadas": len(filas_que(listado, "rechazada")),
            "comparacion": comparar(listado),
            **bandeja_de(listado, listado.desde),
        },
    )


@require_POST
def reconocer_grupo(request, pk):
    listado = _listado(request, pk)
    reconocer(request, listado, listado.desde, reconocer_en_listado_de_grupos)
    return redirect(listado)


@require_POST
def confirmar_grupos(request, pk):
    listado = _listado(request, pk)
    vista = request.POST.get("vista", "")
    if intentar(request, confirmar_listado_de_grupos, listado=listado, vista=vista):
        messages.success(request, "Los grupos quedaron como dice el listado.")
    return redirect(listado)


@require_POST
def descartar_grupos(request, pk):
    listado = _listado(request, pk)
    if not intentar(request, descartar, listado=listado):
        return redirect(listado)
    messages.success(request, "El listado se descartó. Los grupos no cambiaron.")
    return redirect("acompanamiento:listados-de-grupos")


def _listado(request, pk):
    return el_listado(request, ListadoDeGrupos, pk)


# ── Lo que comparten los listados ─────────────────────────────────────────────────────────────


def exigir_que_organice(request):
    if not puede_organizar_grupos(request.user):
        raise PermissionDenied


def llegados(request, modelo, plantilla):
    """Todos los de una clase, con el más reciente primero."""
    exigir_que_organice(request)
    todos = modelo.objects.select_related("creado_por").defer("filas", "decisiones")
    pagina = Paginator(todos, POR_PAGINA).get_page(request.GET.get("page"))
    return render(request, plantilla, {"pagina": pagina})


def subir(request, clase, plantilla):
    exigir_que_organice(request)

    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = clase(*recibido)
    if form.is_valid() and (listado := form.save(por=request.user)):
        return redirect(listado)

    return render(request, plantilla, {"form": form, "maximo": form.maximo})


def el_listado(request, modelo, pk):
    exigir_que_organice(request)
    return get_object_or_404(modelo.objects.select_related("creado_por", "confirmado_por"), pk=pk)


def intentar(request, accion, **datos) -> bool:
    """Lo que no se puede se dice en la página; nada queda a medias."""
    try:
        accion(**datos, por=request.user)
    except ValidationError as error:
        for mensaje in error.messages:
            messages.warning(request, mensaje)
        return False
    return True


def reconocer(request, listado, fecha, accion):
    form = ReconocerForm(request.POST, fecha=fecha)
    if not form.is_valid():
        messages.warning(request, "Escoja de qué secretaría es la fila.")
    elif intentar(request, accion, listado=listado, **form.cleaned_data):
        texto, entidad = form.cleaned_data["texto"], form.cleaned_data["entidad"]
        messages.success(request, f"Desde ahora «{texto}» es {entidad}, aquí y en adelante.")


def filas_que(listado, que) -> list[dict]:
    return [fila for fila in listado.filas if fila["que"] == que]


def por_motivo(listado) -> list[tuple[str, int, list[dict]]]:
    """Las filas que no entran, juntas por la razón: [(motivo, cuántas, las primeras)]."""
    juntas = {}
    for fila in filas_que(listado, "rechazada"):
        juntas.setdefault(fila["motivo"], []).append(fila)
    return [(motivo, len(filas), filas[:DE_CADA_MOTIVO]) for motivo, filas in juntas.items()]


def bandeja_de(listado, fecha) -> dict:
    """Los primeros nombres por reconocer, con lo que se parece; y entre cuáles se escoge."""
    filas = filas_que(listado, "bandeja")
    if not filas:
        return {}
    todas = list(EntidadTerritorial.objects.vigentes(fecha).en_orden())
    por_codigo = {entidad.codigo_dane: entidad for entidad in todas}
    return {
        "bandeja": [
            (fila, [por_codigo[c] for c in fila["sugerencias"] if c in por_codigo])
            for fila in filas[:EN_LA_BANDEJA]
        ],
        "n_en_bandeja": len(filas),
        "mas_en_bandeja": max(len(filas) - EN_LA_BANDEJA, 0),
        "todas": todas,
    }
