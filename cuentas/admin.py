"""Para quien administra: cambiar el papel de una persona, quitarle el acceso, mirar.

Nadie se crea aquí: se invita. Nadie se borra: se desactiva. Los cambios pasan por las acciones y
piden confirmar la identidad.
"""

from importlib import import_module

from allauth.account.decorators import secure_admin_login
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from cuentas.acciones import (
    cambiar_pertenencia,
    desactivar_usuario,
    quitar_segundo_factor,
    reactivar_usuario,
)
from cuentas.bitacora import ver_lista_de_personas
from cuentas.consultas import verbo_de
from cuentas.forms import UsuarioAdminForm
from cuentas.models import (
    AvisoLeido,
    AvisoPrivacidad,
    Direccion,
    Invitacion,
    SelloBitacora,
    Usuario,
)
from territorio.cuidados import SoloLectura

# Se entra por una sola puerta, la que pide el segundo paso y cuenta los intentos.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = lambda request, extra_context=None: redirect("account_change_password")
admin.site.site_header = admin.site.site_title = "Administración del portal"
admin.site.index_title = "Qué se administra"

# Lo que las bibliotecas registran y aquí sobra: llaves, sesiones ajenas y tablas sin uso. Se
# cargan antes para que no lo vuelvan a registrar después.
for _modulo in (
    "allauth.account.admin",
    "allauth.mfa.admin",
    "allauth.socialaccount.admin",
    "allauth.usersessions.admin",
    "auditlog.admin",
    "django.contrib.auth.admin",
):
    import_module(_modulo)
for _modelo in (
    Authenticator,
    EmailAddress,
    Group,
    LogEntry,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    if admin.site.is_registered(_modelo):
        admin.site.unregister(_modelo)


@admin.register(Usuario)
class UsuarioAdmin(admin.ModelAdmin):
    form = UsuarioAdminForm
    list_display = ["nombre", "email", "rol", "entidad", "direccion", "is_active"]
    list_filter = ["rol", "is_active", "es_demostracion"]
    list_select_related = ["entidad", "direccion"]
    search_fields = ["email", "nombre", "entidad__nombre_norm"]
    fields = [
        "email",
        "nombre",
        "rol",
        "entidad",
        "direccion",
        "is_active",
        "es_demostracion",
        "last_login",
        "creado_en",
    ]
    readonly_fields = ["email", "is_active", "es_demostracion", "last_login", "creado_en"]
    actions = ["desactivar", "reactivar", "quitar_segundo_paso"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST":
            raise_if_reauthentication_required(request, app="allauth.account")
        respuesta = super().changelist_view(request, extra_context)
        if lista := (getattr(respuesta, "context_data", None) or {}).get("cl"):
            ver_lista_de_personas(
                por=request.user, lista="personas con acceso", n_personas=lista.result_count
            )
        return respuesta

    def changeform_view(self, request, *args, **kwargs):
        if request.method == "POST":
            raise_if_reauthentication_required(request, app="allauth.account")
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if "nombre" in form.changed_data:
            obj.save(update_fields=["nombre"])
        cambiar_pertenencia(
            usuario=obj,
            rol=obj.rol,
            entidad=obj.entidad,
            direccion=obj.direccion,
            por=request.user,
        )

    @admin.action(description="Desactivar: no entra más y se cierran sus sesiones")
    def desactivar(self, request, personas):
        self.hacer(request, personas, desactivar_usuario, "Cuentas desactivadas")

    @admin.action(description="Reactivar")
    def reactivar(self, request, personas):
        self.hacer(request, personas, reactivar_usuario, "Cuentas reactivadas")

    @admin.action(description="Quitar el segundo paso a quien perdió el teléfono")
    def quitar_segundo_paso(self, request, personas):
        self.hacer(request, personas, quitar_segundo_factor, "Segundo paso quitado")

    def hacer(self, request, personas, accion, hecho):
        hechas = 0
        for persona in personas:
            try:
                accion(usuario=persona, por=request.user)
            except ValidationError as error:
                self.message_user(request, f"{persona}: {error.messages[0]}", messages.ERROR)
            else:
                hechas += 1
        if hechas:
            self.message_user(request, f"{hecho}: {hechas}.")


@admin.register(Direccion)
class DireccionAdmin(admin.ModelAdmin):
    list_display = ["nombre", "sigla", "activa"]
    search_fields = ["nombre", "sigla"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Invitacion)
class InvitacionAdmin(SoloLectura):
    list_display = ["email", "rol", "entidad", "direccion", "creada_por", "creada_en", "estado"]
    list_select_related = ["entidad", "direccion", "creada_por"]
    list_filter = ["rol"]
    search_fields = ["email"]
    exclude = ["huella"]


@admin.register(AvisoPrivacidad)
class AvisoPrivacidadAdmin(SoloLectura):
    list_display = ["version", "rige_desde", "publicado_en"]


@admin.register(AvisoLeido)
class AvisoLeidoAdmin(SoloLectura):
    list_display = ["usuario", "aviso", "canal", "leido_en"]
    list_select_related = ["usuario", "aviso"]
    search_fields = ["usuario__email", "usuario__nombre"]


@admin.register(SelloBitacora)
class SelloBitacoraAdmin(SoloLectura):
    list_display = ["desde", "hasta", "n_entradas", "sellado_en", "huella"]


@admin.register(LogEntry)
class BitacoraAdmin(SoloLectura):
    list_display = ["timestamp", "que_paso", "content_type", "object_repr", "actor"]
    list_select_related = ["content_type", "actor"]
    list_filter = ["action", "content_type"]
    search_fields = ["actor__email", "cid"]
    ordering = ["-pk"]
    show_full_result_count = False
    fields = [
        "timestamp",
        "que_paso",
        "actor",
        "actor_email",
        "remote_addr",
        "content_type",
        "object_pk",
        "object_repr",
        "changes",
        "additional_data",
        "cid",
    ]

    @admin.display(description="qué pasó")
    def que_paso(self, entrada):
        return verbo_de(entrada)
