"""Las direcciones de asistir: en la ventana, por el equipo o por reclamo."""

from django.urls import path

from conectate.views import presencia, reclamos

urlpatterns = [
    path("sesiones/<int:pk>/presente/", presencia.estamos_presentes, name="estamos-presentes"),
    path("presente/<str:codigo>/", presencia.con_pase, name="presente"),
    path("sesiones/<int:pk>/pases/", presencia.pases, name="pases"),
    path("sesiones/<int:pk>/asistencia/", presencia.rejilla, name="rejilla"),
    path("sesiones/<int:pk>/hoja/", presencia.hoja, name="hoja"),
    path("sesiones/<int:pk>/reclamar/", reclamos.reclamar, name="reclamar"),
    path("sesiones/<int:pk>/reclamos/", reclamos.de_la_sesion, name="reclamos"),
    path("reclamos/", reclamos.pendientes, name="reclamos-pendientes"),
    path("reclamos/<int:pk>/", reclamos.responder, name="responder-reclamo"),
]
