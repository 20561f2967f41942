"""Con qué se clasifica un contenido. Lo que está en uso no se borra: la base no deja."""

from django import forms
from django.contrib import admin

from contenidos.models import Audiencia, Autor, Clase, Eje, Nivel
from territorio.cuidados import SinTildes
from territorio.texto import normalizar


class DelCatalogo(admin.ModelAdmin):
    list_editable = ["orden"]
    search_fields = ["nombre", "clave"]
    prepopulated_fields = {"clave": ["nombre"]}

    def get_readonly_fields(self, request, obj=None):
        # De ella dependen las hojas de importación y el catálogo de partida.
        return ["clave"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(Clase)
class ClaseAdmin(DelCatalogo):
    list_display = ["nombre", "plural", "es_video", "es_enlace", "orden", "activa"]
    list_editable = ["orden", "activa"]


@admin.register(Audiencia, Nivel)
class AudienciaYNivelAdmin(DelCatalogo):
    list_display = ["nombre", "clave", "orden"]


@admin.register(Eje)
class EjeAdmin(DelCatalogo):
    list_display = ["nombre", "tipo", "seccion", "desde", "hasta", "corresponde_a", "orden"]
    list_filter = ["tipo"]
    list_select_related = ["corresponde_a"]


class AutorForm(forms.ModelForm):
    def clean_nombre(self):
        nombre = self.cleaned_data["nombre"]
        iguales = Autor.objects.filter(nombre_norm=normalizar(nombre)).exclude(pk=self.instance.pk)
        if iguales.exists():
            raise forms.ValidationError(
                f"Ya está, escrito «{iguales.get()}». Use ese.", code="autor_repetido"
            )
        return nombre


@admin.register(Autor)
class AutorAdmin(SinTildes, admin.ModelAdmin):
    form = AutorForm
    list_display = ["nombre", "direccion"]
    list_select_related = ["direccion"]
    search_fields = ["nombre_norm"]
