from django.urls import path

from indicadores.views import cargas

urlpatterns = [
    path("cargas/", cargas.cargas, name="cargas"),
    path("cargas/nueva/", cargas.nueva_carga, name="nueva-carga"),
    path("cargas/<int:pk>/", cargas.carga, name="carga"),
    path("cargas/<int:pk>/columnas/", cargas.emparejar_carga, name="emparejar-carga"),
    path("cargas/<int:pk>/confirmar/", cargas.confirmar_carga, name="confirmar-carga"),
    path("cargas/<int:pk>/descartar/", cargas.descartar_carga, name="descartar-carga"),
    path("cargas/<int:pk>/leer/", cargas.releer_carga, name="releer-carga"),
    path("cargas/<int:pk>/rechazadas/", cargas.rechazadas_de_carga, name="rechazadas-de-carga"),
    path("cargas/<int:pk>/archivo/", cargas.archivo_de_carga, name="archivo-de-carga"),
    path("versiones/<int:numero>/deshacer/", cargas.deshacer_version, name="deshacer-version"),
]
