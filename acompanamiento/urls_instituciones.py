"""Las direcciones de las instituciones educativas y de la presencialidad de cada secretaría."""

from django.urls import path

from acompanamiento.views import instituciones

urlpatterns = [
    path("instituciones/", instituciones.instituciones, name="instituciones"),
    path("instituciones/<str:codigo>/", instituciones.institucion, name="institucion"),
    path(
        "secretarias/<str:codigo>/presencialidad/",
        instituciones.presencialidad,
        name="presencialidad",
    ),
    path(
        "presencialidad/<uuid:clave>/",
        instituciones.corregir_presencialidad,
        name="corregir-presencialidad",
    ),
]
