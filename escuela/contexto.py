"""Lo que toda plantilla puede nombrar."""

from django.conf import settings


def institucion(request):
    return {"institucion": settings.INSTITUCION}
