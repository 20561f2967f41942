"""De dónde sale una cifra. También la que otra versión reemplazó: lo publicado se sigue leyendo."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicadores.consultas.rastro import rastro_de
from indicadores.models import Valor


@require_safe
@login_not_required
def rastro(request, pk):
    valor = get_object_or_404(
        Valor.objects.select_related(
            "indicador", "unidad__entidad", "unidad__departamento", "desde__conjunto", "hasta"
        ),
        pk=pk,
    )

    return render(request, "indicadores/rastro.html", {"rastro": rastro_de(valor)})
