"""Las direcciones de los listados que llegan en un archivo."""

from django.urls import path

from acompanamiento.views import listados
from acompanamiento.views import listados_de_instituciones as instituciones

urlpatterns = [
    path("listados/grupos/", listados.listados_de_grupos, name="listados-de-grupos"),
    path(
        "listados/grupos/nuevo/", listados.nuevo_listado_de_grupos, name="nuevo-listado-de-grupos"
    ),
    path(
        "listados/grupos/plantilla.xlsx", listados.plantilla_de_grupos, name="plantilla-de-grupos"
    ),
    path("listados/grupos/<int:pk>/", listados.listado_de_grupos, name="listado-de-grupos"),
    path(
        "listados/grupos/<int:pk>/reconocer/",
        listados.reconocer_grupo,
        name="reconocer-en-listado-de-grupos",
    ),
    path(
        "listados/grupos/<int:pk>/confirmar/",
        listados.confirmar_grupos,
        name="confirmar-listado-de-grupos",
    ),
    path(
        "listados/grupos/<int:pk>/descartar/",
        listados.descartar_grupos,
        name="descartar-listado-de-grupos",
    ),
    path(
        "listados/instituciones/",
        instituciones.listados_de_instituciones,
        name="listados-de-instituciones",
    ),
    path(
        "listados/instituciones/nuevo/",
        instituciones.nuevo_listado_de_instituciones,
        name="nuevo-listado-de-instituciones",
    ),
    path(
        "listados/instituciones/<int:pk>/",
        instituciones.listado_de_instituciones,
        name="listado-de-instituciones",
    ),
    path(
        "listados/instituciones/<int:pk>/reconocer/",
        instituciones.reconocer_institucion,
        name="reconocer-en-listado-de-instituciones",
    ),
    path(
        "listados/instituciones/<int:pk>/leer/",
        instituciones.releer_instituciones,
        name="releer-listado-de-instituciones",
    ),
    path(
        "listados/instituciones/<int:pk>/confirmar/",
        instituciones.confirmar_instituciones,
        name="confirmar-listado-de-instituciones",
    ),
    path(
        "listados/instituciones/<int:pk>/descartar/",
        instituciones.descartar_instituciones,
        name="descartar-listado-de-instituciones",
    ),
]
