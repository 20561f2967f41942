"""Las direcciones de las menciones."""

from django.urls import path

from conectate.views import menciones

urlpatterns = [
    path("menciones/", menciones.menciones_recientes, name="menciones-recientes"),
    path("menciones/<vigencia:vigencia>/", menciones.menciones, name="menciones"),
    path(
        "menciones/<vigencia:vigencia>/descargar/",
        menciones.descargar_menciones,
        name="descargar-menciones",
    ),
]
