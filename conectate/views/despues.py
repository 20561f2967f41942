"""Lo que una secretaría se perdió, y ponerse al día."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from conectate.acciones.despues import deshacer_puesta_al_dia, ponerse_al_dia
from conectate.consultas.despues import lo_perdido_por
from conectate.consultas.materiales import con_formato, con_materiales_para
from conectate.consultas.participacion import vigencias_de
from conectate.models import Sesion
from conectate.permisos import (
    puede_ponerse_al_dia,
    puede_ver_cifras,
    puede_ver_participacion,
)
from territorio.models import EntidadTerritorial


@require_safe
def lo_que_me_perdi(request):
    """La puerta de una secretaría: su último año con sesiones. El Ministerio escoge cuál mirar."""
    if puede_ver_cifras(request.user):
        messages.info(request, "Escoja una secretaría: en su página está lo que se perdió.")
        return redirect("conectate:participacion-reciente")
    entidad = request.user.entidad
    suyas = vigencias_de(entidad)
    vigencia = suyas[0] if suyas else timezone.localdate().year
    return redirect("conectate:lo-que-se-perdio", vigencia, entidad.codigo_dane)


@require_safe
def lo_que_se_perdio(request, vigencia, codigo_dane):
    """Cada sesión con su acta, sus materiales y su grabación. La de otra secretaría no existe."""
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo_dane)
    if not puede_ver_participacion(request.user, entidad):
        raise Http404

    perdido = lo_perdido_por(entidad, vigencia)
    prefetch_related_objects(perdido.sesiones, con_materiales_para(request.user))

    return render(
        request,
        "conectate/lo_que_me_perdi.html",
        {
            "entidad": entidad,
            "vigencia": vigencia,
            "perdido": perdido,
            "por_revisar": _con_materiales(perdido.por_revisar),
            "revisadas": _con_materiales(perdido.revisadas),
            "es_la_suya": request.user.entidad_id == entidad.pk,
            "es_demostracion": any(sesion.es_demostracion for sesion in perdido.sesiones),
            "vigencias": [
                (v, reverse("conectate:lo-que-se-perdio", args=[v, codigo_dane]), v == vigencia)
                for v in sorted({*vigencias_de(entidad), vigencia}, reverse=True)
            ],
        },
    )


def _con_materiales(sesiones):
    return [(sesion, con_formato(sesion.materiales.all())) for sesion in sesiones]


@require_POST
def revisar(request, pk):
    sesion = _sesion_suya(request, pk)
    try:
        ponerse_al_dia(sesion=sesion, entidad=request.user.entidad, por=request.user)
        messages.success(request, f"Quedó dicho: ya revisaron «{sesion.titulo}».")
    except ValidationError as error:
        messages.warning(request, error.message)
    return _a_lo_que_se_perdio(request, sesion)


@require_POST
def deshacer_revision(request, pk):
    sesion = _sesion_suya(request, pk)
    deshacer_puesta_al_dia(sesion=sesion, entidad=request.user.entidad, por=request.user)
    messages.success(request, f"«{sesion.titulo}» vuelve a estar por revisar.")
    return _a_lo_que_se_perdio(request, sesion)


def _sesion_suya(request, pk):
    sesion = get_object_or_404(Sesion.objects.visibles_para(request.user), pk=pk)
    if not puede_ponerse_al_dia(request.user):
        raise PermissionDenied
    return sesion


def _a_lo_que_se_perdio(request, sesion):
    direccion = reverse(
        "conectate:lo-que-se-perdio", args=[sesion.vigencia, request.user.entidad.codigo_dane]
    )
    return redirect(f"{direccion}#sesion-{sesion.pk}")
