from django.urls import path

from indicadores.views import datos

urlpatterns = [
    path("datos/", datos.datos, name="datos"),
    path("datos/diccionario/", datos.pagina_del_diccionario, name="diccionario"),
    path("datos/pedir/<slug:tabla>/", datos.pedir_descarga, name="pedir-descarga"),
    path("datos/<slug:tabla>/<slug:formato>/", datos.descargar, name="descargar"),
    path(
        "datos/v/<int:numero>/<slug:tabla>/<slug:formato>/",
        datos.descargar,
        name="descargar-version",
    ),
]
