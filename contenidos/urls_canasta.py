"""Las direcciones de llevarse contenidos."""

from django.urls import path

from contenidos.views import canasta

urlpatterns = [
    path("canasta/", canasta.canasta, name="canasta"),
    path("canasta/agregar/<slug:slug>/", canasta.agregar, name="agregar-a-la-canasta"),
    path("canasta/quitar/<slug:slug>/", canasta.quitar, name="quitar-de-la-canasta"),
    path("canasta/vaciar/", canasta.vaciar, name="vaciar-la-canasta"),
    path("canasta/paquete/", canasta.pedir, name="pedir-paquete"),
    path("paquetes/<uuid:clave>/", canasta.paquete, name="paquete"),
    path("paquetes/<uuid:clave>/archivo/", canasta.archivo_del_paquete, name="archivo-del-paquete"),
]
