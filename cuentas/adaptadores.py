"""Cómo se porta django-allauth en este portal."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from cuentas.direccion_ip import direccion_de
from cuentas.models import Usuario
from cuentas.permisos import exige_segundo_factor

DEMASIADOS = {"too_many_login_attempts", "rate_limited"}
POR_PAREJA = "5/5m/key"  # cinco fallos en cinco minutos por cuenta y dirección


class AdaptadorDeCuentas(DefaultAccountAdapter):
    """Nadie se registra solo, y los fallos se cuentan por pareja (cuenta, dirección)."""

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        """Una sola forma de responder: páginas."""
        return False

    def get_client_ip(self, request):
        return direccion_de(request) or "0.0.0.0"

    def _get_login_attempts_cache_key(self, request, **credentials):
        """La pareja: ni un atacante le cierra la puerta a una persona, ni ella a sus colegas."""
        correo = credentials.get("email", "").strip().lower()
        return f"{ratelimit.get_ip(request)} {correo}"

    def validation_error(self, code, *args):
        """Demasiados intentos no es un dato mal escrito: es otra respuesta, con cuándo volver."""
        if code in DEMASIADOS:
            raise ImmediateHttpResponse(ratelimit.respond_429(context.request))
        return super().validation_error(code, *args)

    def olvidar_fallos(self, request, usuario):
        """Quien acaba de restablecer su contraseña puede usarla; lo de la dirección no se borra."""
        ratelimit.clear(
            request,
            app="allauth.account",
            action="login_failed",
            config={"login_failed": POR_PAREJA},
            key=self._get_login_attempts_cache_key(request, email=usuario.email),
        )


class AdaptadorDeSegundoFactor(DefaultMFAAdapter):
    """Los secretos van cifrados en la base, y quien debe tener segundo factor no se lo quita."""

    def encrypt(self, text):
        return _cifrador().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _cifrador().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # La clave del portal cambió y no se guardó la anterior: ningún código coincidirá.
            return base64.b32encode(b"sin clave").decode()

    def can_delete_authenticator(self, authenticator):
        return not exige_segundo_factor(authenticator.user)


def _cifrador():
    claves = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"totp {clave}".encode()).digest()))
            for clave in claves
        ]
    )


class AdaptadorDeEntra(DefaultSocialAccountAdapter):
    """La cuenta del Ministerio sirve para entrar a una cuenta ya invitada, no para crear una."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        if sociallogin.is_existing:
            return
        correo = Usuario.objects.normalizar(sociallogin.user.email)
        usuario = Usuario.objects.filter(email=correo, is_active=True).first()
        if usuario is None or not usuario.es_del_ministerio:
            messages.error(request, "Esa cuenta no tiene acceso al portal. Pida una invitación.")
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, usuario)
