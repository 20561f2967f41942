"""Los botones de descarga: cada uno pide un archivo y lleva a ver su avance."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from conectate.acciones.descargas import pedir_informe
from conectate.consultas.sesiones import vigencias
from conectate.forms.descargas import DescargaForm
from conectate.forms.filtros import FiltroDeMatrizForm, FiltroDeSesionesForm
from conectate.models import Sesion, TipoSesion
from conectate.permisos import puede_ver_cifras, puede_ver_participacion, puede_ver_personas
from contenidos.models import Tema
from territorio.models import EntidadTerritorial


@require_POST
def sesiones(request):
    visibles = Sesion.objects.visibles_para(request.user)
    filtro = FiltroDeSesionesForm(
        request.GET,
        vigencias=vigencias(visibles),
        tipos=TipoSesion.objects.all(),
        temas=Tema.objects.activos(),
        del_ministerio=puede_ver_cifras(request.user),
    )
    return pedir(request, "sesiones", "Sesiones", {"consulta": filtro.puestos})


@require_POST
def sesion(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    return pedir(request, "sesion", f"Sesión: {sesion.titulo}", {"sesion_id": sesion.pk})


@require_POST
def personas(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_ver_personas(request.user):
        raise PermissionDenied
    return pedir(request, "personas", f"Personas: {sesion.titulo}", {"sesion_id": sesion.pk})


@require_POST
def participacion(request, vigencia):
    if not puede_ver_cifras(request.user):
        raise PermissionDenied
    return pedir(request, "participacion", f"Participación {vigencia}", {"vigencia": vigencia})


@require_POST
def participacion_de_entidad(request, vigencia, codigo_dane):
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo_dane)
    if not puede_ver_participacion(request.user, entidad):
        raise Http404
    return pedir(
        request,
        "participacion_de_entidad",
        f"Participación {vigencia}: {entidad.nombre}",
        {"vigencia": vigencia, "codigo_dane": codigo_dane},
    )


@require_POST
def matriz(request, vigencia):
    if not puede_ver_cifras(request.user):
        raise PermissionDenied
    filtro = FiltroDeMatrizForm(request.GET, vigencia=vigencia)
    return pedir(
        request, "matriz", f"Matriz {vigencia}", {"vigencia": vigencia, **filtro.como_parametros}
    )


def pedir(request, informe, titulo, parametros):
    """El archivo de una página, también para las de otros módulos."""
    form = DescargaForm(request.POST)
    if not form.is_valid():
        raise BadRequest("El formato pedido no existe.")
    trabajo = pedir_informe(
        informe,
        formato=form.cleaned_data["formato"],
        titulo=titulo,
        por=request.user,
        parametros=parametros,
    )
    return redirect(trabajo)
