from django.urls import path

from indicadores.views import cargas_de_recursos, recursos

urlpatterns = [
    path("recursos/", recursos.recursos, name="recursos"),
    path("recursos/importar/", cargas_de_recursos.importar, name="importar-recursos"),
    path(
        "recursos/cargas/<int:pk>/",
        cargas_de_recursos.carga_de_recursos,
        name="carga-de-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/archivo/",
        cargas_de_recursos.archivo,
        name="archivo-de-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/unidad/",
        cargas_de_recursos.cambiar_unidad,
        name="unidad-de-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/reconocer/",
        cargas_de_recursos.reconocer,
        name="reconocer-en-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/confirmar/",
        cargas_de_recursos.confirmar,
        name="confirmar-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/descartar/",
        cargas_de_recursos.descartar,
        name="descartar-recursos",
    ),
    path(
        "recursos/cargas/<int:pk>/deshacer/",
        cargas_de_recursos.deshacer,
        name="deshacer-recursos",
    ),
    path("recursos/<slug:clave>/", recursos.corte, name="corte"),
    path("recursos/<slug:clave>/publicar/", cargas_de_recursos.publicar, name="publicar-corte"),
    path("recursos/<slug:clave>/retirar/", cargas_de_recursos.retirar, name="retirar-corte"),
    path("recursos/<slug:clave>/<slug:formato>/", recursos.descargar_corte, name="descargar-corte"),
]
