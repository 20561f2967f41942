"""Las direcciones de los programas, de sus talleres y encuentros, y de lo que dejaron."""

from django.urls import path

from acompanamiento.views import actividades, programas

urlpatterns = [
    path("programas/", programas.programas, name="programas"),
    path("programas/nuevo/", programas.nuevo_programa, name="nuevo-programa"),
    path("programas/<slug:slug>/", programas.programa, name="programa"),
    path("programas/<slug:slug>/editar/", programas.editar_programa, name="editar-programa"),
    path("programas/<slug:slug>/cobertura.xlsx", programas.cobertura_xlsx, name="cobertura-xlsx"),
    path("programas/<slug:slug>/productos/nuevo/", programas.nuevo_producto, name="nuevo-producto"),
    path("productos/<uuid:clave>/editar/", programas.editar_producto, name="editar-producto"),
    path("actividades/nueva/", actividades.nueva_actividad, name="nueva-actividad"),
    path("actividades/<uuid:clave>/", actividades.actividad, name="actividad"),
    path("actividades/<uuid:clave>/editar/", actividades.editar_actividad, name="editar-actividad"),
    path("actividades/<uuid:clave>/cobertura/", actividades.cobertura, name="cobertura"),
]
