from django.urls import path

from contenidos.views import busqueda

urlpatterns = [
    path("buscar/", busqueda.buscar, name="buscar"),
    path("edicion/busquedas/", busqueda.busquedas_sin_resultados, name="busquedas-sin-resultados"),
]
