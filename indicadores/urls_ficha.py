from django.urls import path

from indicadores.views import catalogo, comparar, ficha, rastro

urlpatterns = [
    path("mi-ficha/", ficha.mi_ficha, name="mi-ficha"),
    path("entidades/<slug:codigo_dane>/", ficha.ficha, name="ficha"),
    path("entidades/<slug:codigo_dane>/comparar/", comparar.comparar, name="comparar"),
    path("catalogo/", catalogo.catalogo, name="catalogo"),
    path("catalogo/<slug:codigo>/", catalogo.indicador, name="indicador"),
    path("cifras/<int:pk>/", rastro.rastro, name="rastro"),
]
