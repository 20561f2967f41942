"""La mención especial de cada año: pública, y solo con quienes la merecen."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from conectate.consultas.menciones import menciones_de
from conectate.consultas.participacion import tipos_de_la_vigencia
from conectate.consultas.reportado import destacados
from conectate.consultas.sesiones import vigencias
from conectate.forms.menciones import MinimosForm
from conectate.models import Sesion
from conectate.permisos import puede_ver_cifras
from conectate.views.descargas import pedir


@require_safe
@login_not_required
def menciones_recientes(request):
    """Lleva al último año con sesiones que cuentan."""
    hay = vigencias(Sesion.objects.realizadas().que_cuentan())
    return redirect("conectate:menciones", hay[0] if hay else timezone.localdate().year)


@require_safe
@login_not_required
def menciones(request, vigencia):
    """Con otro mínimo la ve solo el Ministerio: bajarlo hasta uno diría quiénes faltaron."""
    filtro = _minimos(request, vigencia)
    hay = {*vigencias(Sesion.objects.realizadas().que_cuentan()), vigencia}

    return render(
        request,
        "conectate/menciones.html",
        {
            "vigencia": vigencia,
            "menciones": menciones_de(vigencia, filtro.puestos if filtro else None),
            "destacados": destacados(vigencia),
            "filtro": filtro,
            "consulta": filtro.consulta if filtro else "",
            "vigencias": [
                (v, reverse("conectate:menciones", args=[v]), v == vigencia)
                for v in sorted(hay, reverse=True)
            ],
        },
    )


@require_POST
def descargar_menciones(request, vigencia):
    filtro = _minimos(request, vigencia)
    parametros = {"vigencia": vigencia, "minimos": filtro.puestos if filtro else {}}
    return pedir(request, "menciones", f"Menciones especiales {vigencia}", parametros)


def _minimos(request, vigencia):
    if not puede_ver_cifras(request.user):
        return None
    return MinimosForm(request.GET, tipos=tipos_de_la_vigencia(vigencia))
