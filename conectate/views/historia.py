"""La participación a lo largo de los años: de una secretaría y de un tipo de sesión."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conectate.consultas.historia import historia_de_entidad, historia_de_tipo
from conectate.models import TipoSesion
from conectate.permisos import puede_ver_cifras, puede_ver_participacion
from territorio.models import EntidadTerritorial


@require_safe
def de_una_entidad(request, codigo_dane):
    """La suya y el Ministerio. La de otra no existe para una secretaría."""
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    if not puede_ver_participacion(request.user, entidad):
        raise Http404

    return render(
        request,
        "conectate/historia_entidad.html",
        {
            "entidad": entidad,
            "historia": historia_de_entidad(entidad),
            "es_la_suya": request.user.entidad_id == entidad.pk,
            "ve_todas": puede_ver_cifras(request.user),
        },
    )


@require_safe
@login_not_required
def de_un_tipo(request, clave):
    """Pública: son totales del año y no nombran a ninguna secretaría."""
    tipo = get_object_or_404(TipoSesion, clave=clave)

    return render(
        request,
        "conectate/historia_tipo.html",
        {"tipo": tipo, "historia": historia_de_tipo(tipo)},
    )
