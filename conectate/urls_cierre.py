"""Las direcciones de cerrar (el acta y las cifras) y de la historia."""

from django.urls import path

from conectate.views import cierre, historia

urlpatterns = [
    path("sesiones/<int:pk>/cierre/", cierre.cierre, name="cierre"),
    path("sesiones/<int:pk>/acta/", cierre.acta, name="acta"),
    path("sesiones/<int:pk>/acta/escribir/", cierre.editar_acta, name="editar-acta"),
    path("sesiones/<int:pk>/acta/descargar/", cierre.descargar_acta, name="descargar-acta"),
    path("historia/tipo/<slug:clave>/", historia.de_un_tipo, name="historia-tipo"),
    path("historia/<slug:codigo_dane>/", historia.de_una_entidad, name="historia-entidad"),
]
