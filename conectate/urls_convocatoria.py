"""Las direcciones de convocar: mensajes, respuestas y listas."""

from django.urls import path

from conectate.views import convocatoria, listas

urlpatterns = [
    path("sesiones/<int:pk>/convocatoria/", convocatoria.convocatoria, name="convocatoria"),
    path(
        "sesiones/<int:pk>/convocatoria/escribir/<slug:clase>/",
        convocatoria.escribir,
        name="escribir",
    ),
    path(
        "sesiones/<int:pk>/convocatoria/<slug:codigo_dane>/",
        convocatoria.anotar_respuesta,
        name="anotar-respuesta",
    ),
    path("sesiones/<int:pk>/responder/", convocatoria.responder, name="responder"),
    path("mensajes/<int:pk>/", convocatoria.mensaje, name="mensaje"),
    path(
        "mensajes/<int:pk>/reintentar/",
        convocatoria.reintentar_mensaje,
        name="reintentar-mensaje",
    ),
    path("listas/", listas.listas, name="listas"),
    path("listas/nueva/", listas.nueva_lista, name="nueva-lista"),
    path("listas/<int:pk>/", listas.editar_lista, name="editar-lista"),
    path("listas/<int:pk>/borrar/", listas.quitar_lista, name="quitar-lista"),
]
