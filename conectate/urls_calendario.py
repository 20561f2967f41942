"""Las direcciones del calendario y los encuentros."""

from django.urls import path

from conectate import convertidores  # noqa: F401
from conectate.views import calendario, encuentros

urlpatterns = [
    path("calendario/", calendario.calendario, name="calendario"),
    path("calendario/lista/", calendario.lista, name="calendario-lista"),
    path(
        "calendario/lista/anteriores/",
        calendario.lista,
        {"anteriores": True},
        name="calendario-anteriores",
    ),
    path("calendario/suscripcion/", calendario.suscripcion, name="suscripcion-al-calendario"),
    path("calendario/<vigencia:vigencia>/", calendario.vigencia, name="calendario-vigencia"),
    path("calendario/<vigencia:vigencia>/<mes:mes>/", calendario.mes, name="calendario-mes"),
    path("calendario.ics", calendario.publico, name="calendario-ics"),
    path("calendario/<str:testigo>.ics", calendario.privado, name="calendario-privado"),
    path("sesiones/<int:pk>/calendario.ics", calendario.de_una_sesion, name="sesion-ics"),
    path("encuentros/", encuentros.encuentros, name="encuentros"),
    path("encuentros/nuevo/", encuentros.nuevo_encuentro, name="nuevo-encuentro"),
    path("encuentros/<int:pk>/", encuentros.encuentro, name="encuentro"),
    path("encuentros/<int:pk>/editar/", encuentros.editar_encuentro, name="editar-encuentro"),
]
