"""La lista de sesiones en Django pelado: la misma vista y la misma plantilla, y nada alrededor.

Sin middleware, sin sesión ni persona que buscar, sin procesadores de contexto y sin comprimir.
La vista es la del portal: solo cambia con qué se pinta.
"""

from contextlib import contextmanager

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.urls import include, path

from conectate.views import sesiones as vistas

_plantillas = DjangoTemplates(
    {
        "NAME": "pelado",
        "DIRS": settings.TEMPLATES[0]["DIRS"],
        "APP_DIRS": True,
        "OPTIONS": {},
    }
)


def _pintar(request, plantilla, contexto):
    contexto = {"user": request.user, **contexto}
    return HttpResponse(_plantillas.get_template(plantilla).render(contexto, request))


class Pelado(WSGIHandler):
    """La aplicación WSGI sin nada de lo nuestro; a quien mira ya se le conoce."""

    def __init__(self, persona):
        self.persona = persona
        with override_settings(MIDDLEWARE=[]):
            super().__init__()

    def get_response(self, request):
        request.user = self.persona
        request.urlconf = __name__
        return super().get_response(request)


@contextmanager
def pintando_sin_procesadores():
    """Mientras dure, la vista pinta con las plantillas peladas."""
    con_procesadores = vistas.render
    vistas.render = _pintar
    try:
        yield
    finally:
        vistas.render = con_procesadores


urlpatterns = [
    path("pelada/", vistas.sesiones),
    path("", include("escuela.urls")),  # para los enlaces de la plantilla
]
