"""Entrar y salir: de django-allauth, solo lo que el portal ofrece, y con direcciones en español.

Lo que no está aquí no existe: registro, otros correos, códigos por correo. Los nombres son los
que la biblioteca busca.
"""

from allauth.account import views as cuenta
from allauth.mfa.base import views as segundo_paso
from allauth.mfa.recovery_codes import views as codigos
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as externas
from allauth.usersessions import views as sesiones
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from cuentas import views

urlpatterns = [
    path("entrar/", cuenta.login, name="account_login"),
    path("salir/", cuenta.logout, name="account_logout"),
    path("inactiva/", cuenta.account_inactive, name="account_inactive"),
    path("confirmar-identidad/", cuenta.reauthenticate, name="account_reauthenticate"),
    path("contrasena/", cuenta.password_change, name="account_change_password"),
    path(
        "contrasena/crear/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("contrasena/olvido/", cuenta.password_reset, name="account_reset_password"),
    path(
        "contrasena/olvido/enviado/",
        cuenta.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        cuenta.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/lista/",
        cuenta.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("segundo-paso/", segundo_paso.index, name="mfa_index"),
    path("segundo-paso/entrar/", segundo_paso.authenticate, name="mfa_authenticate"),
    path(
        "segundo-paso/confirmar-identidad/",
        segundo_paso.reauthenticate,
        name="mfa_reauthenticate",
    ),
    path("segundo-paso/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("segundo-paso/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-paso/codigos/", codigos.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "segundo-paso/codigos/nuevos/",
        codigos.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "segundo-paso/codigos/descargar/",
        codigos.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("sesiones/", sesiones.list_usersessions, name="usersessions_list"),
]

if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("ministerio/", include("allauth.socialaccount.providers.microsoft.urls")),
        path(
            "ministerio/cancelado/",
            externas.login_cancelled,
            name="socialaccount_login_cancelled",
        ),
        path("ministerio/error/", externas.login_error, name="socialaccount_login_error"),
        path("ministerio/registro/", views.no_existe, name="socialaccount_signup"),
        path("ministerio/conexiones/", views.no_existe, name="socialaccount_connections"),
    ]
