"""Cargar lo de cada entidad en un corte: subir, revisar, reconocer, confirmar, deshacer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicadores.acciones import recursos as acciones
from indicadores.consultas.carga_de_recursos import comparar, el_total_no_da, lo_que_se_entendio
from indicadores.consultas.recursos import fecha_de
from indicadores.forms.recursos import CargarRecursosForm, ReconocerForm, UnidadForm
from indicadores.models import CargaDeRecursos, CorteDeRecursos
from indicadores.permisos import puede_cargar
from territorio.models import EntidadTerritorial

Estado = CargaDeRecursos.Estado
EN_LA_BANDEJA = 20


@require_http_methods(["GET", "HEAD", "POST"])
def importar(request):
    _exigir(request)

    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CargarRecursosForm(*recibido, initial={"corte": request.GET.get("corte")})
    if form.is_valid() and (carga := form.save(por=request.user)):
        return redirect(carga)

    return render(
        request,
        "indicadores/recursos_importar.html",
        {"form": form, "maximo": acciones.TAMANO_MAXIMO},
    )


@require_safe
def carga_de_recursos(request, pk):
    carga = _carga(request, pk)
    comparacion = comparar(carga)

    return render(
        request,
        "indicadores/carga_de_recursos.html",
        {
            "carga": carga,
            "corte": carga.corte,
            "comparacion": comparacion,
            "entendido": lo_que_se_entendio(carga),
            "quejas": el_total_no_da(carga),
            "bandeja": _bandeja(carga),
            "mas_en_bandeja": max(len(carga.sin_reconocer) - EN_LA_BANDEJA, 0),
            "unidad": UnidadForm(initial={"unidad": carga.resumen["unidad"]}),
            "por_confirmar": carga.estado == Estado.VISTA_PREVIA,
            "se_deshace": carga.estado == Estado.CONFIRMADA,
        },
    )


def _bandeja(carga):
    """[(fila, lo que se parece, las demás)]; solo si aún se puede decidir."""
    if carga.estado != Estado.VISTA_PREVIA or not carga.sin_reconocer:
        return []
    todas = list(EntidadTerritorial.objects.vigentes(fecha_de(carga.corte)).en_orden())
    por_codigo = {entidad.codigo_dane: entidad for entidad in todas}
    return [
        (fila, [por_codigo[c] for c in fila["sugerencias"] if c in por_codigo], todas)
        for fila in carga.sin_reconocer[:EN_LA_BANDEJA]
    ]


@require_safe
def archivo(request, pk):
    carga = _carga(request, pk)

    return FileResponse(
        carga.archivo.open("rb"), as_attachment=True, filename=carga.nombre_del_archivo
    )


@require_POST
def cambiar_unidad(request, pk):
    carga = _carga(request, pk)

    form = UnidadForm(request.POST)
    if form.is_valid():
        _intentar(request, form.save, carga=carga, por=request.user)
    return redirect(carga)


@require_POST
def reconocer(request, pk):
    carga = _carga(request, pk)

    form = ReconocerForm(request.POST, carga=carga)
    if not form.is_valid():
        messages.warning(request, "Escoja de qué secretaría es la fila.")
    elif _intentar(request, form.save, por=request.user):
        datos = form.cleaned_data
        messages.success(
            request, f"Desde ahora «{datos['texto']}» es {datos['entidad']}, aquí y en adelante."
        )
    return redirect(carga)


@require_POST
def confirmar(request, pk):
    carga = _carga(request, pk)

    vista = request.POST.get("vista", "")
    if _intentar(request, acciones.confirmar, carga=carga, por=request.user, vista=vista):
        messages.success(request, "Quedó guardado en el corte. Si hace falta, se puede deshacer.")
    return redirect(carga)


@require_POST
def descartar(request, pk):
    carga = _carga(request, pk)

    if _intentar(request, acciones.descartar, carga=carga, por=request.user):
        messages.success(request, "El archivo se descartó. El corte no cambió.")
        return redirect(carga.corte)
    return redirect(carga)


@require_POST
def deshacer(request, pk):
    carga = _carga(request, pk)

    if _intentar(request, acciones.deshacer, carga=carga, por=request.user):
        messages.success(request, "El corte quedó como estaba antes de este archivo.")
    return redirect(carga)


@require_POST
def publicar(request, clave):
    _exigir(request)
    corte = get_object_or_404(CorteDeRecursos, clave=clave)

    if _intentar(request, acciones.publicar_corte, corte=corte, por=request.user):
        messages.success(request, "El corte ya está en la página pública.")
    return redirect(corte)


@require_POST
def retirar(request, clave):
    _exigir(request)
    corte = get_object_or_404(CorteDeRecursos, clave=clave)

    acciones.retirar_corte(corte=corte, por=request.user)
    messages.success(request, "El corte volvió a borrador: ya no está en la página pública.")
    return redirect(corte)


def _intentar(request, accion, **datos) -> bool:
    """Lo que la institución no permite se dice en la página; nada queda a medias."""
    try:
        accion(**datos)
    except ValidationError as error:
        for mensaje in error.messages:
            messages.warning(request, mensaje)
        return False
    return True


def _exigir(request):
    if not puede_cargar(request.user):
        raise PermissionDenied


def _carga(request, pk):
    _exigir(request)
    todas = CargaDeRecursos.objects.select_related("corte__fondo", "creado_por", "confirmada_por")
    return get_object_or_404(todas, pk=pk)
