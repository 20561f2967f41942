from django.urls import path

from indicadores.views import calidad

urlpatterns = [
    path("calidad/", calidad.calidad, name="calidad"),
    path("calidad/<int:pk>/", calidad.hallazgo, name="hallazgo"),
    path("calidad/<int:pk>/responsable/", calidad.asignar_hallazgo, name="asignar-hallazgo"),
]
