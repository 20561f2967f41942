"""Los documentos y los enlaces están en la biblioteca; sus direcciones de siempre llevan allá."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def documentos(request):
    return _a_la_biblioteca("documento-estrategico")


@require_safe
@login_not_required
def documento(request, slug):
    return redirect("contenidos:contenido", slug, permanent=True)


@require_safe
@login_not_required
def archivo_del_documento(request, slug):
    return redirect("contenidos:archivo", slug, permanent=True)


@require_safe
@login_not_required
def enlaces(request):
    return _a_la_biblioteca("enlace")


def _a_la_biblioteca(clase):
    return redirect(f"{reverse('contenidos:biblioteca')}?clase={clase}", permanent=True)
