"""Contactos y visitas. Sin notas ni fotos: leerlas es en su página."""

from django.contrib import admin

from acompanamiento.acciones.contactos import cancelar_contacto
from acompanamiento.admin.cuidados import (
    DE_LA_ENTIDAD,
    MotivoActionForm,
    Renglones,
    SoloLectura,
    hacer_con_cada_uno,
)
from acompanamiento.models import (
    Contacto,
    Envio,
    ParticipanteDeLaEntidad,
    ParticipanteDelMinisterio,
    Presencialidad,
)


class DelMinisterio(Renglones):
    model = ParticipanteDelMinisterio
    fields = ["persona", "papel", "direccion", "grupo"]


class DeLaEntidad(Renglones):
    model = ParticipanteDeLaEntidad
    fields = ["papel", "personas"]


@admin.register(Contacto)
class ContactoAdmin(SoloLectura):
    action_form = MotivoActionForm
    actions = ["cancelar"]
    list_display = ["asunto", "entidad", "grupo", "canal", "fecha", "estado", "es_demostracion"]
    list_filter = ["estado", "canal", "grupo", "es_demostracion"]
    list_select_related = ["entidad", "grupo"]
    search_fields = ["asunto", *DE_LA_ENTIDAD]
    date_hierarchy = "fecha"
    exclude = ["notas"]
    inlines = [DelMinisterio, DeLaEntidad]

    @admin.action(description="Cancelar")
    def cancelar(self, request, queryset):
        hacer_con_cada_uno(
            self,
            request,
            queryset,
            lambda contacto: cancelar_contacto(
                contacto=contacto, motivo=request.POST.get("motivo", ""), por=request.user
            ),
            hecho="cancelado",
        )


@admin.register(Presencialidad)
class PresencialidadAdmin(SoloLectura):
    list_display = ["entidad", "fecha", "en_presencialidad", "total", "fuente"]
    list_select_related = ["entidad"]
    search_fields = ["fuente", *DE_LA_ENTIDAD]
    date_hierarchy = "fecha"


@admin.register(Envio)
class EnvioAdmin(SoloLectura):
    """Qué llegó y en qué quedó. Lo que decía se lee al resolver el conflicto, en su página."""

    list_display = ["recibo", "clase", "base", "version", "estado", "enviado_por", "enviado_en"]
    list_filter = ["estado", "clase"]
    list_select_related = ["enviado_por"]
    search_fields = ["clave"]
    exclude = ["cuerpo"]
