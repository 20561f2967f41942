"""La entrada de «Juntos lo vamos a lograr»: a quien trabaja en ella, lo suyo; al público, qué se
ha hecho."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from acompanamiento.consultas.entrada import (
    panorama_de,
    panorama_de_la_secretaria,
    titulares,
    visitas_reportadas,
)
from acompanamiento.permisos import puede_acompanar, puede_organizar_grupos

VIGENCIA_REPORTADA = 2020  # la que cuentan los documentos


@require_safe
@login_not_required
def entrada(request):
    if puede_acompanar(request.user):
        contexto = {
            "panorama": panorama_de(request.user),
            "organiza": puede_organizar_grupos(request.user),
        }
    elif request.user.is_authenticated:
        entidad = request.user.entidad
        contexto = {
            "suyo": panorama_de_la_secretaria(entidad),
            "puede_pedir": entidad.vale_en(timezone.localdate()),
        }
    else:
        contexto = {
            "vigencia": VIGENCIA_REPORTADA,
            "titulares": titulares(VIGENCIA_REPORTADA),
            "visitas": visitas_reportadas(VIGENCIA_REPORTADA),
        }
    return render(request, "acompanamiento/entrada.html", contexto)
