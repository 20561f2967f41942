"""Las direcciones del semáforo y de cada secretaría."""

from django.urls import path

from acompanamiento.views import seguimiento

urlpatterns = [
    path("semaforo/", seguimiento.ver_semaforo, name="semaforo"),
    path("secretarias/", seguimiento.ver_secretarias, name="secretarias"),
    path("secretarias/<str:codigo>/", seguimiento.secretaria, name="secretaria"),
    path("mi-acompanamiento/", seguimiento.mi_acompanamiento, name="mi-acompanamiento"),
]
