from django.urls import path

from indicadores.views import versiones

urlpatterns = [
    path("versiones/", versiones.versiones, name="versiones"),
    path("versiones/<int:numero>/", versiones.version, name="version"),
    path("fe-de-erratas/", versiones.fe_de_erratas, name="fe-de-erratas"),
    path(
        "fe-de-erratas/csv/",
        versiones.descargar_fe_de_erratas,
        name="descargar-fe-de-erratas",
    ),
]
