"""Lo que hace la biblioteca de acceso, anotado en la bitácora: ella avisa por señales."""

import logging

from allauth.account import signals as cuenta
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as segundo_paso
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from cuentas.bitacora import anotar
from cuentas.sesiones import marcar_actividad, marcar_entrada

acceso = logging.getLogger("portal.acceso")


@receiver(user_logged_in)
def entro(request, user, **_):
    marcar_entrada(request)
    anotar(por=user, verbo="entró", peticion=request, accion=LogEntry.Action.ACCESS)


@receiver(user_logged_out)
def salio(request, user, **_):
    if user is not None:
        anotar(por=user, verbo="salió", peticion=request, accion=LogEntry.Action.ACCESS)


@receiver(user_login_failed)
def no_entro(**_):
    """Sin el correo: el registro técnico no lleva datos personales."""
    acceso.warning("acceso fallido")


@receiver(cuenta.authentication_step_completed)
def confirmo_que_es_ella(request, reauthenticated=False, **_):
    if reauthenticated:
        marcar_actividad(request)


@receiver(cuenta.password_changed)
def cambio_la_contrasena(request, user, **_):
    anotar(por=user, verbo="cambió su contraseña", peticion=request)


@receiver(cuenta.password_reset)
def restablecio_la_contrasena(request, user, **_):
    get_adapter().olvidar_fallos(request, user)
    anotar(por=user, verbo="restableció su contraseña", peticion=request)


@receiver(segundo_paso.authenticator_added)
def activo_el_segundo_paso(request, user, authenticator, **_):
    anotar(por=user, verbo=f"activó {_nombre(authenticator)}", peticion=request)


@receiver(segundo_paso.authenticator_removed)
def quito_el_segundo_paso(request, user, authenticator, **_):
    anotar(por=user, verbo=f"quitó {_nombre(authenticator)}", peticion=request)


@receiver(segundo_paso.authenticator_reset)
def renovo_los_codigos(request, user, authenticator, **_):
    anotar(por=user, verbo=f"renovó {_nombre(authenticator)}", peticion=request)


@receiver(segundo_paso.authenticator_used)
def uso_un_codigo(request, user, authenticator, **_):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        anotar(por=user, verbo="usó un código de recuperación", peticion=request)


def _nombre(authenticator):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return "los códigos de recuperación"
    return "el segundo paso"
