"""Las direcciones de las necesidades de asistencia técnica: una página por paso."""

from django.urls import path

from acompanamiento.views import necesidades

urlpatterns = [
    path("necesidades/", necesidades.necesidades, name="necesidades"),
    path("necesidades/nueva/", necesidades.nueva_necesidad, name="nueva-necesidad"),
    path("necesidades/<uuid:clave>/", necesidades.necesidad, name="necesidad"),
    path("necesidades/<uuid:clave>/editar/", necesidades.editar_necesidad, name="editar-necesidad"),
    path(
        "necesidades/<uuid:clave>/dirigir/",
        necesidades.paso,
        {"paso": "dirigida"},
        name="dirigir-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/trasladar/",
        necesidades.paso,
        {"paso": "trasladada"},
        name="trasladar-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/preguntar/",
        necesidades.paso,
        {"paso": "pregunta"},
        name="preguntar-por-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/responder/",
        necesidades.paso,
        {"paso": "respuesta"},
        name="responder-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/atender/",
        necesidades.paso,
        {"paso": "atendida"},
        name="atender-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/no-procede/",
        necesidades.paso,
        {"paso": "no_procede"},
        name="no-procede-necesidad",
    ),
    path(
        "necesidades/<uuid:clave>/reabrir/",
        necesidades.paso,
        {"paso": "reabierta"},
        name="reabrir-necesidad",
    ),
]
