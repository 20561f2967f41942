"""Las listas de las que se escoge, y cada cuánto se habla con cada secretaría."""

from django import forms
from django.contrib import admin

from acompanamiento.admin.cuidados import SinTildes
from acompanamiento.forms.fechas import fecha_cercana
from acompanamiento.models import (
    Dependencia,
    PapelEnLaEntidad,
    ReglaDeContacto,
    TipoDeActividad,
    VisitaReportada,
)
from territorio.cuidados import SinBorrar


@admin.register(PapelEnLaEntidad)
class PapelEnLaEntidadAdmin(SinBorrar, admin.ModelAdmin):
    """Lo que ya se usó no se borra: se deja de ofrecer."""

    list_display = ["nombre", "orden", "activo"]
    list_editable = ["orden", "activo"]
    search_fields = ["nombre"]


@admin.register(Dependencia)
class DependenciaAdmin(SinBorrar, admin.ModelAdmin):
    list_display = ["nombre", "orden", "activa"]
    list_editable = ["orden", "activa"]
    search_fields = ["nombre"]


@admin.register(TipoDeActividad)
class TipoDeActividadAdmin(SinBorrar, admin.ModelAdmin):
    list_display = ["nombre", "plural", "orden", "activo"]
    list_editable = ["orden", "activo"]
    search_fields = ["nombre", "clave"]
    prepopulated_fields = {"clave": ["nombre"]}


class ReglaDeContactoForm(forms.ModelForm):
    class Meta:
        model = ReglaDeContacto
        fields = ["desde", "dias", "dias_de_alerta"]

    def clean_desde(self):
        fecha_cercana(self.cleaned_data["desde"])
        return self.cleaned_data["desde"]


@admin.register(ReglaDeContacto)
class ReglaDeContactoAdmin(SinBorrar, admin.ModelAdmin):
    """Cambiarla es añadir otra con su fecha: lo que ya pasó se mira con la que regía."""

    form = ReglaDeContactoForm
    list_display = ["desde", "dias", "dias_de_alerta"]
    search_fields = ["desde"]

    def has_change_permission(self, request, obj=None):
        return obj is None


@admin.register(VisitaReportada)
class VisitaReportadaAdmin(SinTildes, admin.ModelAdmin):
    """Lo que una fuente cuenta sin decir el día. Es de la fuente: se corrige y se puede quitar."""

    list_display = ["entidad", "vigencia", "modalidad", "fuente"]
    list_filter = ["vigencia", "modalidad"]
    list_select_related = ["entidad"]
    search_fields = ["entidad__nombre_norm", "entidad__codigo_dane", "fuente"]
    autocomplete_fields = ["entidad"]
