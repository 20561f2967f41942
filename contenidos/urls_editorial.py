from django.urls import path

from contenidos.views import edicion, enlaces, versiones

urlpatterns = [
    path("edicion/", edicion.mesa_de_edicion, name="mesa-de-edicion"),
    path("edicion/nuevo/", edicion.nuevo_contenido, name="nuevo-contenido"),
    path("edicion/enlaces/", enlaces.enlaces_rotos, name="enlaces-rotos"),
    path("edicion/contenidos/<slug:slug>/", edicion.editar_contenido, name="editar-contenido"),
    path("edicion/contenidos/<slug:slug>/version/", versiones.nueva_version, name="nueva-version"),
    path("edicion/contenidos/<slug:slug>/relacionados/", edicion.relacionados, name="relacionados"),
    path(
        "edicion/contenidos/<slug:slug>/paso/<slug:paso>/",
        edicion.mover_contenido,
        name="mover-contenido",
    ),
]
