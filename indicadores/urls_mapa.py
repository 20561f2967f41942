from django.urls import path

from indicadores.views import mapa

urlpatterns = [
    path("", mapa.entrada, name="entrada"),
    path("mapa/", mapa.mapa, name="mapa"),
]
