"""Las direcciones de los compromisos: una página por paso."""

from django.urls import path

from acompanamiento.views import compromisos, pasos_de_compromiso

UNO = "compromisos/<uuid:clave>/"

urlpatterns = [
    path("compromisos/", compromisos.compromisos, name="compromisos"),
    path("compromisos/tablero/", compromisos.tablero, name="tablero"),
    path("compromisos/nuevo/", compromisos.nuevo_compromiso, name="nuevo-compromiso"),
    path(UNO, compromisos.compromiso, name="compromiso"),
    path(f"{UNO}editar/", compromisos.editar_compromiso, name="editar-compromiso"),
    path(f"{UNO}seguimiento/", pasos_de_compromiso.seguir, name="seguir-compromiso"),
    path(f"{UNO}prorroga/", pasos_de_compromiso.paso, {"paso": "prorroga"}, name="prorrogar"),
    path(
        f"{UNO}responsable/",
        pasos_de_compromiso.paso,
        {"paso": "cambio"},
        name="cambiar-responsable",
    ),
    path(
        f"{UNO}sin-efecto/",
        pasos_de_compromiso.paso,
        {"paso": "sin_efecto"},
        name="dejar-sin-efecto",
    ),
    path(
        f"{UNO}reabrir/",
        pasos_de_compromiso.paso,
        {"paso": "reapertura"},
        name="reabrir-compromiso",
    ),
    path("evidencias/<uuid:clave>/", pasos_de_compromiso.evidencia, name="evidencia"),
]
