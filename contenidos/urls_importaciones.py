"""Muchos contenidos de una vez."""

from django.urls import path

from contenidos.views import importaciones as vistas

urlpatterns = [
    path("edicion/importaciones/", vistas.importaciones, name="importaciones"),
    path("edicion/importaciones/nueva/", vistas.nueva_importacion, name="nueva-importacion"),
    path(
        "edicion/importaciones/plantilla/",
        vistas.plantilla_de_contenidos,
        name="plantilla-de-contenidos",
    ),
    path("edicion/importaciones/<int:pk>/", vistas.importacion, name="importacion"),
    path(
        "edicion/importaciones/<int:pk>/confirmar/",
        vistas.confirmar_importacion,
        name="confirmar-importacion",
    ),
    path(
        "edicion/importaciones/<int:pk>/deshacer/",
        vistas.deshacer_importacion,
        name="deshacer-importacion-de-contenidos",
    ),
]
