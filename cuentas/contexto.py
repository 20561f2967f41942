"""Lo que toda página recuerda a quien entró: el aviso por leer, el segundo factor, su sesión."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cuentas.consultas import aviso_por_leer
from cuentas.permisos import exige_segundo_factor
from cuentas.sesiones import minutos_sin_actividad


def pendientes(request):
    usuario = getattr(request, "user", None)
    if usuario is None or not usuario.is_authenticated:
        return {}
    return {
        "aviso_por_leer": SimpleLazyObject(lambda: _aviso_por_leer(request)),
        "segundo_factor_ofrecido": SimpleLazyObject(lambda: _se_ofrece(request)),
        "minutos_sin_actividad": minutos_sin_actividad(usuario),
    }


def _aviso_por_leer(request):
    """Una vez leído no se vuelve a preguntar hasta mañana: una versión nueva rige desde un día."""
    hoy = timezone.localdate().isoformat()
    if request.session.get("aviso_al_dia") == hoy:
        return None
    aviso = aviso_por_leer(request.user)
    if aviso is None:
        request.session["aviso_al_dia"] = hoy
    return aviso


def _se_ofrece(request):
    """A las cuentas de demostración del Ministerio: en las de verdad no se pregunta, se exige."""
    usuario = request.user
    return (
        usuario.es_del_ministerio
        and not exige_segundo_factor(usuario)
        and not is_mfa_enabled(usuario, [Authenticator.Type.TOTP])
    )
