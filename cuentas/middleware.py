"""Lo que se exige a toda petición: verbos, cabeceras, sesión con límite y segundo factor."""

import time
from urllib.parse import quote, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from auditlog.middleware import AuditlogMiddleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_out
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from cuentas.direccion_ip import direccion_de
from cuentas.permisos import exige_segundo_factor
from cuentas.sesiones import (
    ACTIVIDAD,
    ENTRADA,
    marcar_actividad,
    marcar_entrada,
    minutos_sin_actividad,
)

VERBOS = ("GET", "HEAD", "POST")
NO_ES_TEXTO = "\N{REPLACEMENT CHARACTER}"
MARCAR_CADA = 60  # segundos: la sesión no se escribe en cada página

PERMISOS_DEL_NAVEGADOR = ", ".join(
    f"{capacidad}=()"
    for capacidad in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)

# Lo que una sesión dormida, o sin segundo factor, puede usar para dejar de estarlo, o para salir.
PARA_SEGUIR = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
}
# Lo que se envía a estas no se guarda mientras se confirma quién es: trae contraseñas.
CON_SECRETOS = {"account_change_password", "mfa_activate_totp"}
PARA_ACTIVAR = PARA_SEGUIR | {
    "mfa_activate_totp",
    "cuentas:privacidad",
    "cuentas:version-privacidad",
    "cuentas:aviso-leido",
    "cuentas:seguir",
    "accesibilidad",
}


class SoloVerbosConocidosMiddleware:
    """Leer y enviar; lo demás no existe, aunque una vista de Django lo aceptara.

    En una dirección tampoco hay caracteres nulos: PostgreSQL no los acepta ni para buscar.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in VERBOS:
            return HttpResponseNotAllowed(VERBOS)
        request.path_info = request.path_info.replace("\0", NO_ES_TEXTO)
        consulta = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = consulta.replace("%00", quote(NO_ES_TEXTO))
        return self.get_response(request)


class CabecerasDeSeguridadMiddleware:
    """Las que ni Django ni django-csp ponen. Va por fuera: las lleva toda respuesta."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        respuesta = self.get_response(request)
        respuesta.headers.setdefault("Permissions-Policy", PERMISOS_DEL_NAVEGADOR)
        respuesta.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if self.es_de_alguien(request):
            respuesta.headers["Cache-Control"] = "no-store, private"
        if getattr(request, "cerro_la_sesion", False):
            # Sin «cookies»: las borraría también en los demás sitios del Ministerio.
            respuesta.headers["Clear-Site-Data"] = '"cache", "storage"'
            respuesta.headers["Cache-Control"] = "no-store, private"
        return respuesta

    @staticmethod
    def es_de_alguien(request):
        sesion = getattr(request, "session", None)
        return sesion is not None and sesion.accessed and request.user.is_authenticated


@receiver(user_logged_out)
def recordar_que_cerro_la_sesion(request, **_):
    if request is not None:
        request.cerro_la_sesion = True


class BitacoraMiddleware(AuditlogMiddleware):
    """Como el de la biblioteca, que toma por buena cualquier X-Forwarded-For."""

    @staticmethod
    def _get_remote_addr(request):
        return direccion_de(request)

    @staticmethod
    def _get_remote_port(request):
        return None


class SesionConLimiteMiddleware:
    """A las doce horas la sesión termina; si nadie la usa, se duerme y pide la contraseña.

    Dormida no muestra nada de la persona. Lo que ella haya enviado mientras tanto se guarda y
    sigue su camino cuando escribe la contraseña: no se pierde lo que había escrito.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, vista, args, kwargs):
        if not request.user.is_authenticated:
            return None
        ahora, sesion = int(time.time()), request.session
        if ENTRADA not in sesion:
            marcar_entrada(request)
        if ahora - sesion[ENTRADA] >= settings.SESION_MAXIMA.total_seconds():
            return self.terminar(request, vista)
        minutos = minutos_sin_actividad(request.user)
        if ahora - sesion[ACTIVIDAD] >= minutos * 60:
            return self.dormir(request, vista, minutos)
        if ahora - sesion[ACTIVIDAD] > MARCAR_CADA:
            marcar_actividad(request)
        return None

    def terminar(self, request, vista):
        logout(request)
        horas = round(settings.SESION_MAXIMA.total_seconds() / 3600)
        messages.info(request, f"Su sesión terminó: dura {horas} horas. Entre de nuevo.")
        if es_publica(vista):
            return None
        return redirect_to_login(volver_a(request))

    def dormir(self, request, vista, minutos):
        if nombre_de_la_vista(request) in PARA_SEGUIR:
            return None
        if es_publica(vista):
            request.user = AnonymousUser()
            return None
        metodos = get_adapter().get_reauthentication_methods(request.user)
        if not metodos:
            return self.terminar(request, vista)
        messages.info(
            request,
            f"Pasaron {minutos} minutos sin actividad. Confirme que es usted para seguir.",
        )
        if nombre_de_la_vista(request) in CON_SECRETOS:
            return redirect_to_login(request.path, metodos[0]["url"])
        return suspend_request(request, metodos[0]["url"])


class SegundoFactorMiddleware:
    """Al Ministerio no se le deja usar el portal hasta que active el segundo factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, vista, args, kwargs):
        if not request.user.is_authenticated or not exige_segundo_factor(request.user):
            return None
        if request.session.get("segundo_factor") or nombre_de_la_vista(request) in PARA_ACTIVAR:
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            request.session["segundo_factor"] = True
            return None
        messages.warning(
            request,
            "Su papel en el portal pide un segundo paso para entrar. Actívelo para continuar.",
        )
        return redirect("mfa_activate_totp")


def es_publica(vista) -> bool:
    return not getattr(vista, "login_required", True)


def nombre_de_la_vista(request) -> str:
    return request.resolver_match.view_name


def volver_a(request) -> str:
    """A dónde seguir después de entrar: la misma página o, si enviaba algo, la que lo enviaba."""
    if request.method != "POST":
        return request.get_full_path()
    origen = request.headers.get("Referer", "")
    es_nuestro = url_has_allowed_host_and_scheme(origen, allowed_hosts={request.get_host()})
    return urlsplit(origen).path if es_nuestro else settings.LOGIN_REDIRECT_URL
