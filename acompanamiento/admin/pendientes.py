"""Compromisos y necesidades, con lo que les ha pasado."""

from uuid import uuid4

from django.contrib import admin

from acompanamiento.acciones.seguimientos import dejar_sin_efecto
from acompanamiento.admin.cuidados import (
    DE_LA_ENTIDAD,
    MotivoActionForm,
    Renglones,
    SoloLectura,
    hacer_con_cada_uno,
)
from acompanamiento.models import (
    CambioDeResponsable,
    Compromiso,
    Necesidad,
    PasoDeNecesidad,
    Prorroga,
    Seguimiento,
)


class Seguimientos(Renglones):
    model = Seguimiento
    fields = ["creado_en", "texto", "estado", "creado_por"]
    readonly_fields = ["creado_en", "creado_por"]


class Prorrogas(Renglones):
    model = Prorroga
    fields = ["de", "a", "motivo", "creado_por"]
    readonly_fields = ["creado_por"]


class Cambios(Renglones):
    model = CambioDeResponsable
    fields = ["lado", "direccion", "dependencia", "persona", "motivo", "relevo"]


@admin.register(Compromiso)
class CompromisoAdmin(SoloLectura):
    action_form = MotivoActionForm
    actions = ["dejar_sin_efecto"]
    list_display = ["__str__", "entidad", "lado", "direccion", "vence_el", "estado"]
    list_filter = ["estado", "lado", "direccion", "es_demostracion"]
    list_select_related = ["entidad", "direccion"]
    search_fields = ["texto", *DE_LA_ENTIDAD]
    date_hierarchy = "vence_el"
    inlines = [Seguimientos, Prorrogas, Cambios]

    @admin.action(description="Dejar sin efecto")
    def dejar_sin_efecto(self, request, queryset):
        hacer_con_cada_uno(
            self,
            request,
            queryset,
            lambda compromiso: dejar_sin_efecto(
                clave=uuid4(),
                compromiso=compromiso,
                datos={"motivo": request.POST.get("motivo", "")},
                por=request.user,
            ),
            hecho="quedó sin efecto",
        )


class Pasos(Renglones):
    model = PasoDeNecesidad
    fields = ["creado_en", "clase", "texto", "de", "a", "creado_por"]
    readonly_fields = ["creado_en", "creado_por"]


@admin.register(Necesidad)
class NecesidadAdmin(SoloLectura):
    list_display = ["__str__", "entidad", "prioridad", "estado", "turno", "direccion"]
    list_filter = ["estado", "turno", "prioridad", "direccion", "es_demostracion"]
    list_select_related = ["entidad", "direccion"]
    search_fields = ["texto", *DE_LA_ENTIDAD]
    date_hierarchy = "creado_en"
    inlines = [Pasos]
