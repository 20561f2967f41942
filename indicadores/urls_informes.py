from django.urls import path

from indicadores.views import informes

urlpatterns = [
    path("entidades/<slug:codigo_dane>/informe/", informes.pedir, name="pedir-informe"),
    path("mi-informe/programar/", informes.programar, name="programar-informe"),
    path("informes/", informes.informes, name="informes"),
    path("informes/<int:pk>/", informes.lote, name="lote"),
    path("informes/<int:pk>/reintentar/", informes.reintentar, name="reintentar-lote"),
    path("informes/<int:pk>/todo/", informes.descargar_lote, name="descargar-lote"),
    path(
        "informes/<int:pk>/<slug:codigo_dane>/<str:formato>/",
        informes.descargar_entrega,
        name="descargar-entrega",
    ),
]
