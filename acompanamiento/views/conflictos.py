"""Cuando dos personas guardaron lo mismo: los conflictos, y escoger campo por campo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from acompanamiento.consultas.cadena import quien
from acompanamiento.forms.conflictos import ConflictoForm, conflictos_de
from acompanamiento.forms.registros import REGISTRABLES
from acompanamiento.models import Envio

POR_PAGINA = 20


@require_safe
def conflictos(request):
    por_resolver = (
        conflictos_de(request.user)
        .en_conflicto()
        .select_related("enviado_por__direccion")
        .order_by("-pk")
    )
    pagina = Paginator(por_resolver, POR_PAGINA).get_page(request.GET.get("page"))
    return render(
        request,
        "acompanamiento/conflicto_list.html",
        {"pagina": pagina, "filas": _con_su_objeto(pagina.object_list, request.user)},
    )


def _con_su_objeto(envios, usuario):
    """[(envío, de qué, objeto, quién lo mandó)], con una consulta por clase."""
    claves = {}
    for envio in envios:
        claves.setdefault(envio.clase, set()).add(envio.clave)
    objetos = {
        (clase, objeto.clave): objeto
        for clase, suyas in claves.items()
        for objeto in REGISTRABLES[clase].visibles(usuario).filter(clave__in=suyas)
    }
    return [
        (
            envio,
            REGISTRABLES[envio.clase].modelo._meta.verbose_name,
            objetos[envio.clase, envio.clave],
            _quien(envio.enviado_por, usuario),
        )
        for envio in envios
        if (envio.clase, envio.clave) in objetos
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def conflicto(request, pk):
    envio = get_object_or_404(
        conflictos_de(request.user).select_related(
            "enviado_por__direccion", "resuelto_por__direccion"
        ),
        pk=pk,
    )
    objeto = get_object_or_404(REGISTRABLES[envio.clase].visibles(request.user), clave=envio.clave)
    if envio.estado == Envio.Estado.RESUELTO:
        return render(
            request,
            "acompanamiento/conflicto_resuelto.html",
            {
                "envio": envio,
                "objeto": objeto,
                "lo_resolvio": _quien(envio.resuelto_por, request.user),
            },
        )

    form = ConflictoForm(request.POST or None, envio=envio, objeto=objeto, por=request.user)
    if form.save():
        messages.success(request, "Quedó como usted lo escogió. Las dos versiones se conservan.")
        return redirect(objeto)

    return render(
        request,
        "acompanamiento/conflicto_detail.html",
        {
            "envio": envio,
            "objeto": objeto,
            "form": form,
            "es_suyo": envio.enviado_por == request.user,
            "lo_mando": _quien(envio.enviado_por, request.user),
            "guardo": _quien_guardo(envio, objeto, request.user),
        },
    )


def _quien(persona, usuario):
    return "Usted" if persona == usuario else quien(persona, usuario)


def _quien_guardo(envio, objeto, usuario):
    """Quién dejó lo que hay, y cuándo. Nadie, si no llegó en un envío."""
    ultimo = (
        Envio.objects.filter(clase=envio.clase, clave=envio.clave, estado=Envio.Estado.ACEPTADO)
        .select_related("enviado_por__direccion")
        .order_by("-version")
        .first()
    )
    if ultimo and ultimo.version == objeto.version:
        return _quien(ultimo.enviado_por, usuario), ultimo.enviado_en
    return "", objeto.actualizado_en
