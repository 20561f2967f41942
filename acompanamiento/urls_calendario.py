"""Las direcciones del calendario del acompañamiento."""

from django.urls import path

from acompanamiento.views import calendario

urlpatterns = [
    path("calendario/", calendario.calendario, name="calendario"),
    path("calendario/suscripcion/", calendario.suscripcion, name="suscripcion-al-calendario"),
    path("calendario/<str:testigo>.ics", calendario.calendario_ics, name="calendario-ics"),
]
