"""Las direcciones de la importación y la revisión; van bajo el mismo nombre, `conectate:`."""

from django.urls import path

from conectate.views import asistencia, revision

urlpatterns = [
    path(
        "sesiones/<int:pk>/asistencia/archivo/",
        asistencia.subir_asistencia,
        name="subir-asistencia",
    ),
    path(
        "sesiones/<int:pk>/asistencia/plantilla/",
        asistencia.plantilla_de_asistencia,
        name="plantilla-de-asistencia",
    ),
    path("sesiones/<int:pk>/revision/", revision.revision, name="revision-de-sesion"),
    path(
        "sesiones/<int:pk>/revision/personas/",
        revision.mismas_personas,
        name="mismas-personas-de-sesion",
    ),
    path("importaciones/<int:pk>/", asistencia.importacion, name="importacion"),
    path("importaciones/<int:pk>/archivo/", asistencia.archivo_original, name="archivo-original"),
    path(
        "importaciones/<int:pk>/columnas/",
        asistencia.emparejar_columnas,
        name="emparejar-columnas",
    ),
    path(
        "importaciones/<int:pk>/confirmar/",
        asistencia.confirmar_importacion,
        name="confirmar-importacion",
    ),
    path(
        "importaciones/<int:pk>/deshacer/",
        asistencia.deshacer_importacion,
        name="deshacer-importacion",
    ),
    path(
        "importaciones/<int:pk>/descartar/",
        asistencia.descartar_importacion,
        name="descartar-importacion",
    ),
    path("importaciones/<int:pk>/leer/", asistencia.releer_importacion, name="releer-importacion"),
    path("revision/", revision.revision, name="revision"),
    path("revision/decidir/", revision.decidir, name="decidir"),
    path("revision/personas/", revision.mismas_personas, name="mismas-personas"),
    path("revision/personas/<int:pk>/", revision.responder_pareja, name="responder-pareja"),
    path("revision/personas/<int:pk>/separar/", revision.separar_pareja, name="separar-pareja"),
    path("revision/decisiones/", revision.decisiones, name="decisiones"),
    path(
        "revision/decisiones/<int:pk>/deshacer/",
        revision.deshacer_decision,
        name="deshacer-decision",
    ),
    path(
        "participaciones/<int:pk>/entidad/",
        revision.entidad_de_persona,
        name="entidad-de-persona",
    ),
]
