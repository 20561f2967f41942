"""La biblioteca: su entrada, su lista, cada contenido y sus archivos."""

from django.urls import path

from contenidos.views import archivos, biblioteca, descargas

urlpatterns = [
    path("aprender/", biblioteca.entrada, name="entrada"),
    path("contenidos/", biblioteca.biblioteca, name="biblioteca"),
    path("contenidos/<slug:slug>/", biblioteca.contenido, name="contenido"),
    path("contenidos/<slug:slug>/archivo/", archivos.archivo, name="archivo"),
    path("contenidos/<slug:slug>/ligero/", archivos.ligero, name="ligero"),
    path("contenidos/<slug:slug>/v/<int:numero>/", archivos.version, name="archivo-de-version"),
    path("contenidos/<slug:slug>/v/<int:numero>/miniatura/", archivos.miniatura, name="miniatura"),
    path(
        "contenidos/<slug:slug>/v/<int:numero>/subtitulos/",
        archivos.subtitulos,
        name="subtitulos",
    ),
    path("edicion/descargas/", descargas.descargas, name="descargas"),
]
