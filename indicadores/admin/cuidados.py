"""Lo que comparten estas páginas: qué viene del catálogo y a dónde se va a importar."""

from django.db import transaction
from django.urls import reverse

from indicadores.cargas.catalogo import filas_de
from indicadores.pintado import olvidar
from territorio.cuidados import SinBorrar


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
