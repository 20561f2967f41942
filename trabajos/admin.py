"""Mirar los trabajos y los correos, y reintentar lo que no se pudo. Aquí nada se edita."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from territorio.cuidados import SoloLectura
from trabajos import acciones
from trabajos.models import Correo, Trabajo


@admin.register(Trabajo)
class TrabajoAdmin(SoloLectura):
    list_display = ["titulo", "estado", "pedido_por", "pedido_en", "intentos", "latido"]
    list_filter = ["estado", "tipo"]
    list_select_related = ["pedido_por"]
    search_fields = ["titulo", "clave_publica"]
    date_hierarchy = "pedido_en"
    # El archivo se baja en su página, que pregunta por el permiso y lo anota.
    exclude = ["archivo"]
    actions = ["reintentar"]

    @admin.action(description="Reintentar los que no se pudieron")
    def reintentar(self, request, queryset):
        repuestos = 0
        for trabajo in queryset.filter(estado=Trabajo.Estado.FALLIDO):
            try:
                acciones.reintentar(trabajo, por=request.user)
                repuestos += 1
            except ValidationError as error:
                self.message_user(request, f"{trabajo}: {error.message}", messages.ERROR)
        self.message_user(request, f"Se intentarán de nuevo: {repuestos}.")


@admin.register(Correo)
class CorreoAdmin(SoloLectura):
    list_display = ["asunto", "para", "creado_en", "en_entrega_desde", "entregado_en"]
    list_filter = ["entregado_en"]
    search_fields = ["asunto", "para"]
    exclude = ["clave_unica"]
