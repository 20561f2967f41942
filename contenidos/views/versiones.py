"""El archivo de un contenido: el que está, los de antes, y subir otro."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contenidos.forms.versiones import VersionForm
from contenidos.views.edicion import contenido_que_edita, pestanas_de


@require_http_methods(["GET", "HEAD", "POST"])
def nueva_version(request, slug):
    contenido = contenido_que_edita(request, slug)

    form = VersionForm(request.POST or None, request.FILES or None, contenido=contenido)
    if form.is_valid():
        try:
            version = form.save(por=request.user)
        except ValidationError as error:
            form.add_error("archivo", error)
        else:
            messages.success(
                request,
                f"Quedó la versión {version.numero}. En un momento se lee su texto, para que se "
                "encuentre por lo que dice.",
            )
            return redirect("contenidos:nueva-version", contenido.slug)

    return render(
        request,
        "contenidos/edicion/version.html",
        {
            "contenido": contenido,
            "form": form,
            "versiones": contenido.versiones.select_related("creado_por"),
            "pestanas": pestanas_de(contenido, "archivo"),
        },
    )
