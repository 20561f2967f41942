"""Quién participó: todas las secretarías, una, y la matriz del año."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conectate.consultas.despues import lo_perdido_por
from conectate.consultas.matriz import matriz_de
from conectate.consultas.participacion import (
    participacion_de,
    sesiones_de_la_cuenta,
    tabla_de,
    totales_de,
    vigencias_de,
)
from conectate.consultas.reportado import reportado_de
from conectate.consultas.sesiones import vigencias
from conectate.forms.filtros import FiltroDeMatrizForm, OrdenDeParticipacionForm
from conectate.models import Sesion
from conectate.permisos import puede_ver_cifras, puede_ver_participacion
from territorio.models import EntidadTerritorial

COLUMNAS_POR_PAGINA = 31  # lo que se recorre sin perderse; un trimestre cabe casi siempre


@require_safe
def participacion_reciente(request):
    """Lleva al último año con sesiones realizadas."""
    if not puede_ver_cifras(request.user):
        return redirect("conectate:mi-secretaria")
    hay = vigencias(Sesion.objects.realizadas())
    return redirect("conectate:participacion", hay[0] if hay else timezone.localdate().year)


@require_safe
def participacion(request, vigencia):
    """El «x de N» de todas las secretarías."""
    if not puede_ver_cifras(request.user):
        raise PermissionDenied

    tabla = tabla_de(vigencia)
    orden = OrdenDeParticipacionForm(request.GET, tipos=tabla.tipos)

    return render(
        request,
        "conectate/participacion.html",
        {
            "vigencia": vigencia,
            "tabla": tabla,
            "filas": orden.ordenar(tabla.filas),
            "orden": orden,
            "totales": totales_de(vigencia),
            "vigencias": _vigencias(vigencia, "conectate:participacion"),
        },
    )


@require_safe
def participacion_de_entidad(request, vigencia, codigo_dane):
    """Una secretaría, sesión a sesión. La de otra no existe para una secretaría."""
    entidad = get_object_or_404(
        EntidadTerritorial.objects.select_related("departamento"), codigo_dane=codigo_dane
    )
    if not puede_ver_participacion(request.user, entidad):
        raise Http404

    return render(
        request,
        "conectate/participacion_entidad.html",
        {
            "entidad": entidad,
            "vigencia": vigencia,
            "participacion": participacion_de(entidad, vigencia),
            "perdido": lo_perdido_por(entidad, vigencia),
            "reportado": reportado_de(entidad, vigencia),
            "es_la_suya": request.user.entidad_id == entidad.pk,
            "ve_todas": puede_ver_cifras(request.user),
            "vigencias": [
                (
                    v,
                    reverse("conectate:participacion-entidad", args=[v, codigo_dane]),
                    v == vigencia,
                )
                for v in sorted({*vigencias_de(entidad), vigencia}, reverse=True)
            ],
        },
    )


@require_safe
def mi_secretaria(request):
    """La puerta de una secretaría a lo suyo: su último año con sesiones."""
    if not request.user.es_de_secretaria:
        if puede_ver_cifras(request.user):
            messages.info(request, "Su cuenta es del Ministerio: escoja aquí una secretaría.")
            return participacion_reciente(request)
        raise PermissionDenied
    entidad = request.user.entidad
    suyas = vigencias_de(entidad)
    vigencia = suyas[0] if suyas else timezone.localdate().year
    return redirect("conectate:participacion-entidad", vigencia, entidad.codigo_dane)


@require_safe
def matriz(request, vigencia):
    """Las entidades contra las sesiones. Con muchas sesiones, por trimestre y por páginas."""
    if not puede_ver_cifras(request.user):
        raise PermissionDenied

    filtro = FiltroDeMatrizForm(request.GET, vigencia=vigencia)
    sesiones = filtro.sesiones()
    pagina = Paginator(sesiones, COLUMNAS_POR_PAGINA).get_page(request.GET.get("page"))

    return render(
        request,
        "conectate/participacion_matriz.html",
        {
            "vigencia": vigencia,
            "filtro": filtro,
            "pagina": pagina,
            "consulta": filtro.consulta,
            "matriz": matriz_de(vigencia, list(pagina.object_list), sesiones),
            "vigencias": _vigencias(vigencia, "conectate:matriz"),
            "es_demostracion": sesiones_de_la_cuenta(vigencia)
            .filter(es_demostracion=True)
            .exists(),
        },
    )


def _vigencias(actual, ruta):
    """Los años que se pueden ver, con su dirección. El actual está aunque no tenga nada."""
    hay = {*vigencias(Sesion.objects.realizadas()), actual}
    return [(v, reverse(ruta, args=[v]), v == actual) for v in sorted(hay, reverse=True)]
