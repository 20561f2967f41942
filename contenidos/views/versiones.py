"""El archivo de un contenido: el que está, los de antes, y subir otro."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from contenidos.consultas.archivos import avisos_de, senas_de
from contenidos.forms.versiones import VersionForm
from contenidos.views.edicion import contenido_que_edita, pestanas_de
from trabajos.subidas import TopeDeSubida

ARCHIVOS = 3  # el documento, su versión ligera y sus subtítulos


@csrf_exempt  # el tope de la subida va antes de leer el cuerpo; la vista de abajo sí la protege
@require_http_methods(["GET", "HEAD", "POST"])
def nueva_version(request, slug):
    request.tope = TopeDeSubida(request, settings.CONTENIDOS_TAMANO_MAXIMO, archivos=ARCHIVOS)
    request.upload_handlers.insert(0, request.tope)
    return _nueva_version(request, slug)


@csrf_protect
def _nueva_version(request, slug):
    contenido = contenido_que_edita(request, slug)

    recibido = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VersionForm(*recibido, contenido=contenido, tope=request.tope)
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
            "versiones": [
                (version, senas_de(version), avisos_de(version))
                for version in contenido.versiones.select_related("creado_por")
            ],
            "pestanas": pestanas_de(contenido, "archivo"),
        },
    )
