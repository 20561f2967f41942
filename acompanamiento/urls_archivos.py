"""Las direcciones de las fotos, los documentos y el acta de un contacto."""

from django.urls import path

from acompanamiento.views import actas, archivos

urlpatterns = [
    path(
        "contactos/<uuid:clave>/archivos/",
        archivos.archivos_del_contacto,
        name="archivos-del-contacto",
    ),
    path("fotos/<uuid:clave>/", archivos.foto, name="foto"),
    path("fotos/<uuid:clave>/miniatura/", archivos.miniatura_de_foto, name="miniatura-de-foto"),
    path("fotos/<uuid:clave>/quitar/", archivos.quitar_una_foto, name="quitar-foto"),
    path("adjuntos/<uuid:clave>/", archivos.adjunto, name="adjunto"),
    path("adjuntos/<uuid:clave>/quitar/", archivos.quitar_un_adjunto, name="quitar-adjunto"),
    path("contactos/<uuid:clave>/acta/", actas.acta_de_contacto, name="acta-de-contacto"),
    path(
        "contactos/<uuid:clave>/acta.pdf", actas.acta_de_contacto_pdf, name="acta-de-contacto-pdf"
    ),
]
