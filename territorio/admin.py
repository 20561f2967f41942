"""Lo que administra el Ministerio: entidades, municipios, alias y dominios. Nada se borra aquí."""

from django import forms
from django.contrib import admin

from territorio.cuidados import SinBorrar, SinTildes, SoloLectura
from territorio.models import (
    Alias,
    Atencion,
    Departamento,
    Dominio,
    EntidadTerritorial,
    Institucion,
    Municipio,
    Origen,
)
from territorio.texto import dominio_limpio, normalizar


class DeUnaPersona:
    """Lo que se cambia a mano no lo deshace la próxima carga del catálogo."""

    def save_model(self, request, obj, form, change):
        obj.origen = Origen.PERSONA
        if hasattr(obj, "creado_por") and not change:
            obj.creado_por = request.user
        super().save_model(request, obj, form, change)


class ConNombre:
    def save_model(self, request, obj, form, change):
        obj.nombre_norm = normalizar(obj.nombre)
        super().save_model(request, obj, form, change)


@admin.register(Departamento)
class DepartamentoAdmin(SinTildes, SinBorrar, ConNombre, admin.ModelAdmin):
    list_display = ["nombre", "codigo"]
    search_fields = ["nombre_norm", "codigo"]


@admin.register(EntidadTerritorial)
class EntidadTerritorialAdmin(SinTildes, SinBorrar, ConNombre, DeUnaPersona, admin.ModelAdmin):
    list_display = ["nombre", "tipo", "departamento", "codigo_dane", "codigo_men", "desde", "hasta"]
    list_filter = ["tipo", "departamento"]
    list_select_related = ["departamento"]
    search_fields = ["nombre_norm", "codigo_dane", "codigo_men"]
    autocomplete_fields = ["departamento"]


class AtencionInline(admin.TabularInline):
    model = Atencion
    extra = 0
    autocomplete_fields = ["entidad"]
    can_delete = False
    verbose_name_plural = "quién lo atiende"


@admin.register(Municipio)
class MunicipioAdmin(SinTildes, SinBorrar, ConNombre, admin.ModelAdmin):
    list_display = ["nombre", "departamento", "codigo"]
    list_filter = ["departamento"]
    list_select_related = ["departamento"]
    search_fields = ["nombre_norm", "codigo"]
    autocomplete_fields = ["departamento"]
    inlines = [AtencionInline]

    def save_formset(self, request, form, formset, change):
        for atencion in formset.save(commit=False):
            atencion.origen = Origen.PERSONA
            atencion.save()
        formset.save_m2m()


@admin.register(Institucion)
class InstitucionAdmin(SinTildes, SoloLectura):
    """Se mira: sus datos entran con el directorio que los trae."""

    list_display = ["nombre", "codigo_dane", "entidad", "municipio", "sector", "zona", "estado"]
    list_filter = ["sector", "zona", "estado"]
    list_select_related = ["entidad", "municipio"]
    search_fields = ["nombre_norm", "codigo_dane", "entidad__nombre_norm"]


class SenalForm(forms.ModelForm):
    def clean(self):
        datos = super().clean()
        if datos.get("entidad") and datos.get("ajena"):
            self.add_error("ajena", "Elija una entidad o escriba otra organización, no las dos.")
        return datos


class AliasForm(SenalForm):
    class Meta:
        model = Alias
        fields = ["texto", "entidad", "ajena", "desde", "hasta"]

    def clean_texto(self):
        texto = self.cleaned_data["texto"]
        iguales = Alias.objects.filter(texto_norm=normalizar(texto)).exclude(pk=self.instance.pk)
        if igual := iguales.first():
            raise forms.ValidationError(f"Ese texto ya está: {igual}. Cambie el que hay.")
        return texto

    def clean(self):
        datos = super().clean()
        if not datos.get("entidad") and not datos.get("ajena"):
            self.add_error("entidad", "Elija una entidad o escriba otra organización.")
        return datos


@admin.register(Alias)
class AliasAdmin(SinTildes, DeUnaPersona, admin.ModelAdmin):
    form = AliasForm
    list_display = ["texto", "entidad", "ajena", "origen", "desde", "hasta"]
    list_filter = ["origen"]
    list_select_related = ["entidad"]
    search_fields = ["texto_norm", "entidad__nombre_norm"]
    autocomplete_fields = ["entidad"]

    def has_delete_permission(self, request, obj=None):
        """Lo que enseñó una persona se puede retirar; lo del catálogo se cierra con fecha."""
        return obj is not None and obj.origen == Origen.PERSONA

    def save_model(self, request, obj, form, change):
        obj.texto_norm = normalizar(obj.texto)
        super().save_model(request, obj, form, change)


class DominioForm(SenalForm):
    class Meta:
        model = Dominio
        fields = ["dominio", "clase", "entidad", "ajena", "desde", "hasta"]

    def clean_dominio(self):
        return dominio_limpio(self.cleaned_data["dominio"])

    def clean(self):
        datos = super().clean()
        falta = {
            Dominio.Clase.ENTIDAD: ("entidad", "Elija de qué entidad es."),
            Dominio.Clase.AJENO: ("ajena", "Escriba de qué organización es."),
        }.get(datos.get("clase"))
        if falta and not datos.get(falta[0]):
            self.add_error(*falta)
        if datos.get("clase") == Dominio.Clase.PERSONAL and (
            datos.get("entidad") or datos.get("ajena")
        ):
            self.add_error("clase", "Un dominio de correo personal no es de nadie.")
        return datos


@admin.register(Dominio)
class DominioAdmin(DeUnaPersona, admin.ModelAdmin):
    form = DominioForm
    list_display = ["dominio", "clase", "entidad", "ajena", "origen", "desde", "hasta"]
    list_filter = ["clase", "origen"]
    list_select_related = ["entidad"]
    search_fields = ["dominio", "entidad__nombre_norm"]
    autocomplete_fields = ["entidad"]

    def has_delete_permission(self, request, obj=None):
        return obj is not None and obj.origen == Origen.PERSONA
