"""Las páginas públicas del territorio: cuáles secretarías hay y desde cuándo."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from territorio.consultas import hitos_de_certificacion, numero_de_entidades
from territorio.forms import FiltroDeEntidadesForm

COLUMNAS = ["Código DANE", "Código del MEN", "Secretaría", "Tipo", "Departamento", "Desde", "Hasta"]


@login_not_required
@require_safe
def entidades(request):
    filtro = FiltroDeEntidadesForm(request.GET)
    lista = list(filtro.entidades())

    return render(
        request,
        "territorio/entidad_list.html",
        {
            "filtro": filtro,
            "entidades": lista,
            "fecha": filtro.fecha_elegida,
            "numero": numero_de_entidades(filtro.fecha_elegida),
            "hitos": hitos_de_certificacion(),
            "consulta": filtro.consulta,
        },
    )


@login_not_required
@require_safe
def entidades_csv(request):
    """La misma lista con sus filtros. Los códigos van entre comillas: son texto («05»)."""
    filtro = FiltroDeEntidadesForm(request.GET)

    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = (
        f'attachment; filename="secretarias-{filtro.fecha_elegida:%Y-%m-%d}.csv"'
    )
    hoja = csv.writer(respuesta, quoting=csv.QUOTE_ALL)
    hoja.writerow(COLUMNAS)
    for entidad in filtro.entidades():
        hoja.writerow(
            [
                entidad.codigo_dane,
                entidad.codigo_men,
                entidad.nombre,
                entidad.get_tipo_display(),
                entidad.departamento.nombre,
                entidad.desde or "",
                entidad.hasta or "",
            ]
        )
    return respuesta
