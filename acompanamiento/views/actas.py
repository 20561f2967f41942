"""El acta de un contacto, para leer y para firmar."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from acompanamiento.acciones.actas import pedir_acta
from acompanamiento.consultas.acta import acta_de, contactos_con_acta


@require_safe
def acta_de_contacto(request, clave):
    contactos = contactos_con_acta(request.user).select_related("entidad", "grupo")
    contacto = get_object_or_404(contactos.prefetch_related("temas"), clave=clave)

    return render(
        request,
        "acompanamiento/acta_detail.html",
        {"contacto": contacto, "acta": acta_de(contacto)},
    )


@require_POST
def acta_de_contacto_pdf(request, clave):
    contacto = get_object_or_404(contactos_con_acta(request.user), clave=clave)
    return redirect(pedir_acta(contacto=contacto, por=request.user))
