"""Las direcciones de Conéctate con el MEN."""

from django.urls import path

from conectate import convertidores  # noqa: F401
from conectate.urls_asistencia import urlpatterns as de_asistencia
from conectate.urls_boletin import urlpatterns as de_boletin
from conectate.urls_calendario import urlpatterns as de_calendario
from conectate.urls_cierre import urlpatterns as de_cierre
from conectate.urls_constancias import urlpatterns as de_constancias
from conectate.urls_convocatoria import urlpatterns as de_convocatoria
from conectate.urls_despues import urlpatterns as de_despues
from conectate.urls_menciones import urlpatterns as de_menciones
from conectate.urls_presencia import urlpatterns as de_presencia
from conectate.views import descargas, materiales, participacion, sesiones

app_name = "conectate"
urlpatterns = [
    path("", sesiones.entrada, name="entrada"),
    path("sesiones/", sesiones.sesiones, name="sesiones"),
    path("sesiones/descargar/", descargas.sesiones, name="descargar-sesiones"),
    path("sesiones/nueva/", sesiones.nueva_sesion, name="nueva-sesion"),
    path("sesiones/<int:pk>/", sesiones.sesion, name="sesion"),
    path("sesiones/<int:pk>/editar/", sesiones.editar_sesion, name="editar-sesion"),
    path("sesiones/<int:pk>/estado/<slug:a>/", sesiones.cambiar_estado, name="cambiar-estado"),
    path("sesiones/<int:pk>/descargar/", descargas.sesion, name="descargar-sesion"),
    path("sesiones/<int:pk>/personas/", sesiones.personas, name="personas"),
    path("sesiones/<int:pk>/personas/descargar/", descargas.personas, name="descargar-personas"),
    path("sesiones/<int:pk>/materiales/nuevo/", materiales.nuevo_material, name="nuevo-material"),
    path(
        "sesiones/<int:pk>/materiales/de-la-biblioteca/",
        materiales.de_la_biblioteca,
        name="material-de-la-biblioteca",
    ),
    path("sesiones/<int:pk>/grabacion/", materiales.grabacion, name="grabacion"),
    path("sesiones/<int:pk>/aforos/nuevo/", materiales.nuevo_aforo, name="nuevo-aforo"),
    path("materiales/<int:pk>/", materiales.material, name="material"),
    path("materiales/<int:pk>/quitar/", materiales.borrar_material, name="quitar-material"),
    path("aforos/<int:pk>/quitar/", materiales.borrar_aforo, name="quitar-aforo"),
    path("mi-secretaria/", participacion.mi_secretaria, name="mi-secretaria"),
    path("participacion/", participacion.participacion_reciente, name="participacion-reciente"),
    path("participacion/<vigencia:vigencia>/", participacion.participacion, name="participacion"),
    path(
        "participacion/<vigencia:vigencia>/descargar/",
        descargas.participacion,
        name="descargar-participacion",
    ),
    path("participacion/<vigencia:vigencia>/matriz/", participacion.matriz, name="matriz"),
    path(
        "participacion/<vigencia:vigencia>/matriz/descargar/",
        descargas.matriz,
        name="descargar-matriz",
    ),
    path(
        "participacion/<vigencia:vigencia>/<slug:codigo_dane>/",
        participacion.participacion_de_entidad,
        name="participacion-entidad",
    ),
    path(
        "participacion/<vigencia:vigencia>/<slug:codigo_dane>/descargar/",
        descargas.participacion_de_entidad,
        name="descargar-participacion-entidad",
    ),
    *de_boletin,
    *de_calendario,
    *de_convocatoria,
    *de_asistencia,
    *de_presencia,
    *de_cierre,
    *de_constancias,
    *de_despues,
    *de_menciones,
]
