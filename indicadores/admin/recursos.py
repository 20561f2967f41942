"""Los fondos y sus cortes. Lo de cada entidad se importa; un corte se publica en su página."""

from django.contrib import admin

from indicadores.admin.cuidados import ConImportar
from indicadores.forms.recursos import CorteDeRecursosForm
from indicadores.models import CargaDeRecursos, CorteDeRecursos, Fondo, RecursoDeEntidad
from territorio.cuidados import SinBorrar, SinTildes, SoloLectura


@admin.register(Fondo)
class FondoAdmin(SinBorrar, admin.ModelAdmin):
    list_display = ["sigla", "nombre", "orden"]
    list_editable = ["orden"]
    search_fields = ["sigla", "nombre", "clave"]
    prepopulated_fields = {"clave": ["sigla"]}


@admin.register(CorteDeRecursos)
class CorteDeRecursosAdmin(ConImportar, admin.ModelAdmin):
    form = CorteDeRecursosForm
    direccion_para_importar = "indicadores:importar-recursos"
    list_display = [
        *("nombre", "fondo", "vigencia", "corte", "asignado", "ejecutado", "pendiente", "estado"),
    ]
    list_filter = ["estado", "fondo", "vigencia"]
    list_select_related = ["fondo"]
    search_fields = ["nombre", "clave", "fuente", "fondo__sigla"]
    autocomplete_fields = ["fondo", "parte_de"]
    prepopulated_fields = {"clave": ["nombre"]}
    readonly_fields = ["estado"]

    def has_delete_permission(self, request, obj=None):
        """Con él se iría lo de todas las entidades."""
        return (
            obj is not None
            and obj.estado == CorteDeRecursos.Estado.BORRADOR
            and not obj.cargas.exists()
        )


@admin.register(RecursoDeEntidad)
class RecursoDeEntidadAdmin(ConImportar, SinTildes, SoloLectura):
    direccion_para_importar = "indicadores:importar-recursos"
    list_display = ["entidad", "corte", "asignado", "incorporado", "ejecutado", "pendiente", "fila"]
    list_filter = ["corte__fondo", "corte__vigencia"]
    list_select_related = ["entidad", "corte__fondo"]
    search_fields = ["entidad__nombre_norm", "corte__clave"]


@admin.register(CargaDeRecursos)
class CargaDeRecursosAdmin(ConImportar, SoloLectura):
    direccion_para_importar = "indicadores:importar-recursos"
    list_display = ["nombre_del_archivo", "corte", "estado", "creado_por", "creado_en"]
    list_filter = ["estado"]
    list_select_related = ["corte__fondo", "creado_por"]
    search_fields = ["nombre_del_archivo", "huella"]
    exclude = ["archivo"]
