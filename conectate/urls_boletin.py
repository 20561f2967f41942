"""Las direcciones del boletín mensual."""

from django.urls import path

from conectate.views import boletin

urlpatterns = [
    path("boletin/", boletin.mi_boletin, name="mi-boletin"),
    path(
        "boletin/<vigencia:vigencia>/<slug:codigo_dane>/",
        boletin.boletin_reciente,
        name="boletin-reciente",
    ),
    path(
        "boletin/<vigencia:vigencia>/<mes:mes>/<slug:codigo_dane>/", boletin.boletin, name="boletin"
    ),
    path(
        "boletin/<vigencia:vigencia>/<mes:mes>/<slug:codigo_dane>/descargar/",
        boletin.descargar_boletin,
        name="descargar-boletin",
    ),
]
