"""Las sesiones abiertas: cuánto duran y cómo se cierran desde fuera."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings

# Claves dentro de la sesión: cuándo entró y cuándo la usó por última vez.
ENTRADA, ACTIVIDAD = "entrada", "actividad"


def minutos_sin_actividad(usuario) -> int:
    limite = (
        settings.SESION_INACTIVA_MINISTERIO
        if usuario.es_del_ministerio
        else settings.SESION_INACTIVA_SECRETARIA
    )
    return round(limite.total_seconds() / 60)


def marcar_entrada(request):
    request.session[ENTRADA] = request.session[ACTIVIDAD] = int(time.time())


def marcar_actividad(request):
    """Acaba de decir quién es: la sesión despierta."""
    request.session[ACTIVIDAD] = int(time.time())


def cerrar_sesiones(usuario) -> int:
    """Cierra todas las de esa persona, en todos sus equipos. Da cuántas eran."""
    sesiones = list(UserSession.objects.filter(user=usuario))
    for sesion in sesiones:
        sesion.end()
    return len(sesiones)
