from django.contrib import admin

from contenidos.acciones.temas import cambiar_tema, crear_tema
from contenidos.models import Tema
from territorio.cuidados import SinBorrar, SinTildes


@admin.register(Tema)
class TemaAdmin(SinBorrar, SinTildes, admin.ModelAdmin):
    """Su dirección sale del nombre y la de antes se conserva: no se escribe aquí.

    No se borra, que dejaría sin tema lo que lo lleva: se funde en otro o se deja de usar.
    """

    list_display = ["nombre", "padre", "activo"]
    list_filter = ["activo", "padre"]
    list_select_related = ["padre"]
    search_fields = ["nombre_norm"]
    autocomplete_fields = ["padre"]
    fields = ["nombre", "slug", "padre", "descripcion", "activo"]
    readonly_fields = ["slug"]

    def save_model(self, request, obj, form, change):
        datos = {campo: getattr(obj, campo) for campo in ("nombre", "padre", "descripcion")}
        if change:
            cambiar_tema(tema=obj, por=request.user, activo=obj.activo, **datos)
            return
        creado = crear_tema(por=request.user, **datos)
        obj.__dict__.update(creado.__dict__)
