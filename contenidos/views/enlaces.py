"""La revisión de los enlaces: cuáles no llevan a nada, y probarlos otra vez."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from contenidos.acciones.enlaces import pedir_revision
from contenidos.consultas.enlaces import REVISIONES, con_enlace, enlaces_revisados
from contenidos.permisos import puede_editar

POR_PAGINA = 50


@require_http_methods(["GET", "HEAD", "POST"])
def enlaces_rotos(request):
    if not puede_editar(request.user):
        raise PermissionDenied

    if request.method == "POST":
        return redirect(_probar(request))

    cuales = request.GET.get("cuales", "")
    cuales = cuales if cuales in REVISIONES else "rotos"
    pagina = Paginator(enlaces_revisados(cuales), POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "contenidos/edicion/enlaces.html",
        {
            "cuales": cuales,
            "nombre": REVISIONES[cuales][0],
            "pagina": pagina,
            "pestanas": [
                (nombre, f"?cuales={clave}", clave == cuales)
                for clave, (nombre, _) in REVISIONES.items()
            ],
        },
    )


def _probar(request):
    """Uno, o todos los que fallaron; y de vuelta a la lista desde donde se pidió."""
    pk = request.POST.get("contenido", "")
    contenido = None
    if pk:
        contenido = get_object_or_404(con_enlace(), pk=int(pk) if _es_un_numero(pk) else None)
    trabajo = pedir_revision(por=request.user, contenido=contenido)
    messages.success(request, "Se están probando. Vuelva a abrir esta página en un momento.")
    return trabajo.get_absolute_url() if contenido is None else reverse("contenidos:enlaces-rotos")


def _es_un_numero(texto):
    return texto.isdecimal() and len(texto) < 19
