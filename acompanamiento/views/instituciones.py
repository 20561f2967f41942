"""Las instituciones educativas de cada secretaría, y cuántas están en presencialidad."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.instituciones import instituciones_visibles
from acompanamiento.consultas.presencialidad import en_barras, presencialidad_visible, serie_de
from acompanamiento.forms.instituciones import FiltroDeInstitucionesForm
from acompanamiento.forms.presencialidad import PresencialidadForm
from acompanamiento.permisos import (
    puede_contar_presencialidad,
    puede_organizar_grupos,
    puede_ver_acompanamiento,
)
from acompanamiento.views.registros import responder
from territorio.models import EntidadTerritorial

POR_PAGINA = 50
CUENTAS_POR_PAGINA = 52
leer_y_enviar = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def instituciones(request):
    filtro = FiltroDeInstitucionesForm(request.GET, usuario=request.user)
    pagina = Paginator(filtro.instituciones(), POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/institucion_list.html",
        {
            "filtro": filtro,
            "consulta": filtro.consulta,
            "pagina": pagina,
            "organiza": puede_organizar_grupos(request.user),
        },
    )


@require_safe
def institucion(request, codigo):
    institucion = get_object_or_404(instituciones_visibles(request.user), codigo_dane=codigo)
    return render(
        request, "acompanamiento/institucion_detail.html", {"institucion_educativa": institucion}
    )


@leer_y_enviar
def presencialidad(request, codigo):
    """Cómo ha cambiado, y decir la de hoy en la misma página."""
    entidad = get_object_or_404(EntidadTerritorial, codigo_dane=codigo)
    if not puede_ver_acompanamiento(request.user, entidad):
        raise Http404
    if request.method == "POST" and not puede_contar_presencialidad(request.user, entidad):
        raise PermissionDenied

    form = PresencialidadForm(request.POST or None, por=request.user, entidad=entidad)
    if request.method == "POST" and (recibo := form.guardar()):
        return responder(request, recibo, "La cuenta quedó guardada.")

    pagina = Paginator(serie_de(entidad), CUENTAS_POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/presencialidad.html",
        {
            "entidad": entidad,
            "pagina": pagina,
            "barras": en_barras(entidad, pagina.object_list),
            "form": form,
        },
    )


@leer_y_enviar
def corregir_presencialidad(request, clave):
    cuenta = get_object_or_404(presencialidad_visible(request.user), clave=clave)
    if not puede_contar_presencialidad(request.user, cuenta.entidad):
        raise PermissionDenied

    form = PresencialidadForm(request.POST or None, por=request.user, objeto=cuenta)
    if recibo := form.guardar():
        return responder(request, recibo, "La cuenta quedó corregida.")

    return render(
        request, "acompanamiento/presencialidad_form.html", {"form": form, "cuenta": cuenta}
    )
