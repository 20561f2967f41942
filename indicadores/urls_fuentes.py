from django.urls import path

from indicadores.views import fuentes

urlpatterns = [
    path("fuentes/", fuentes.fuentes, name="fuentes"),
    path("fuentes/nueva/", fuentes.nueva_fuente, name="nueva-fuente"),
    path("fuentes/<int:pk>/", fuentes.fuente, name="fuente"),
    path("fuentes/<int:pk>/traer/", fuentes.traer_fuente, name="traer-fuente"),
    path("fuentes/<int:pk>/activar/", fuentes.activar_fuente, name="activar-fuente"),
]
