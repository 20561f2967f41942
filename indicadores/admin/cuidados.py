"""Lo que comparten estas páginas: qué se mira, qué no se borra y a dónde se va a importar."""

from django.contrib import admin
from django.db import models, transaction
from django.urls import reverse

from indicadores.cargas.catalogo import filas_de
from indicadores.pintado import olvidar
from territorio.texto import normalizar


class ConDireccionWeb:
    """A quien escribe una dirección sin decir cómo se llega, se le supone la segura."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class SinBorrar:
    def has_delete_permission(self, request, obj=None):
        return False


class SoloLectura(ConDireccionWeb, SinBorrar, admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class SinTildes:
    """Se busca como se guarda: «narino» encuentra Nariño."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalizar(search_term))


class DelCatalogo(SinBorrar):
    """Lo que trae el portal se cambia en su archivo: la próxima actualización lo repondría.

    Lo que añade una persona se cambia aquí.
    """

    archivo = ""  # el de `catalogo/`
    clave = "clave"
    siempre_editables = ()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(olvidar)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(olvidar)

    def viene_del_catalogo(self, obj) -> bool:
        return any(fila[self.clave] == getattr(obj, self.clave) for fila in filas_de(self.archivo))

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return super().get_readonly_fields(request, obj)
        if not self.viene_del_catalogo(obj):
            return [self.clave]  # de ella dependen las cargas
        campos = [campo.name for campo in self.opts.fields if not campo.primary_key]
        return [campo for campo in campos if campo not in self.siempre_editables]


class ConImportar:
    """Añade a la lista el enlace a la página que lee los archivos."""

    change_list_template = "admin/indicadores/con_importar.html"
    direccion_para_importar = ""

    def changelist_view(self, request, extra_context=None):
        importar = {"importar": reverse(self.direccion_para_importar)}
        return super().changelist_view(request, {**(extra_context or {}), **importar})
