from django.contrib import admin

from contenidos.acciones.temas import cambiar_tema, crear_tema
from contenidos.models import Tema
from territorio.texto import normalizar


@admin.register(Tema)
class TemaAdmin(admin.ModelAdmin):
    """La dirección sale del nombre, y la de antes se conserva: por eso no se escribe aquí."""

    list_display = ["nombre", "padre", "activo"]
    list_filter = ["activo", "padre"]
    list_select_related = ["padre"]
    search_fields = ["nombre_norm"]
    autocomplete_fields = ["padre"]
    fields = ["nombre", "slug", "padre", "descripcion", "activo"]
    readonly_fields = ["slug"]

    def get_search_results(self, request, queryset, search_term):
        """Se busca sin tildes, como se guarda."""
        return super().get_search_results(request, queryset, normalizar(search_term))

    def save_model(self, request, obj, form, change):
        datos = {campo: getattr(obj, campo) for campo in ("nombre", "padre", "descripcion")}
        if change:
            cambiar_tema(tema=obj, por=request.user, activo=obj.activo, **datos)
            return
        creado = crear_tema(por=request.user, **datos)
        obj.__dict__.update(creado.__dict__)

    def has_delete_permission(self, request, obj=None):
        """Lo que lo llevara quedaría sin tema: se funde en otro, o se deja de usar."""
        return False
