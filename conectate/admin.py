"""La administración de catálogos y sesiones. La asistencia se mira; se cambia en su página."""

from django.contrib import admin

from conectate.models import (
    Asistencia,
    Cierre,
    Constancia,
    Decision,
    Emparejamiento,
    Importacion,
    Mensaje,
    Reclamo,
    Sesion,
    TipoSesion,
)
from territorio.cuidados import SoloLectura
from territorio.texto import normalizar


@admin.register(TipoSesion)
class TipoSesionAdmin(admin.ModelAdmin):
    list_display = ["nombre", "conteo", "orden", "activo"]
    list_editable = ["orden", "activo"]
    search_fields = ["nombre"]
    prepopulated_fields = {"clave": ["nombre"]}


@admin.register(Sesion)
class SesionAdmin(SoloLectura):
    """Se busca y se mira. Cambiarla es en su página, que avisa, vuelve a contar y deja rastro."""

    list_display = ["titulo", "tipo", "fecha", "estado", "audiencia", "es_demostracion"]
    list_filter = ["estado", "tipo", "audiencia", "es_demostracion"]
    list_select_related = ["tipo"]
    date_hierarchy = "fecha"
    search_fields = ["texto_norm"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalizar(search_term))


@admin.register(Asistencia)
class AsistenciaAdmin(SoloLectura):
    list_display = ["entidad", "sesion", "presente", "importadas", "ventana_en", "registro"]
    list_filter = ["presente", "registro"]
    list_select_related = ["entidad", "sesion"]
    search_fields = ["entidad__nombre_norm", "sesion__texto_norm"]


@admin.register(Reclamo)
class ReclamoAdmin(SoloLectura):
    list_display = ["entidad", "sesion", "personas", "estado", "creado_en", "resuelto_por"]
    list_filter = ["estado"]
    list_select_related = ["entidad", "sesion", "resuelto_por"]
    search_fields = ["entidad__nombre_norm", "sesion__texto_norm"]


@admin.register(Cierre)
class CierreAdmin(SoloLectura):
    list_display = ["sesion", "cerrado_por", "cerrado_en", "reabierto_por", "reabierto_en"]
    list_filter = [("reabierto_en", admin.EmptyFieldListFilter)]
    list_select_related = ["sesion", "cerrado_por", "reabierto_por"]
    search_fields = ["sesion__texto_norm"]


@admin.register(Constancia)
class ConstanciaAdmin(SoloLectura):
    """Sin nombres en la lista: verlos queda en la bitácora, y aquí no quedaría."""

    list_display = ["codigo", "sesion", "es_de_persona", "emitida_en", "revocada_en"]
    list_filter = [("revocada_en", admin.EmptyFieldListFilter)]
    list_select_related = ["sesion"]
    search_fields = ["codigo", "sesion__texto_norm"]
    exclude = ["nombre", "clave"]


@admin.register(Mensaje)
class MensajeAdmin(SoloLectura):
    list_display = ["asunto", "sesion", "clase", "sale_en", "creado_por"]
    list_filter = ["clase"]
    list_select_related = ["sesion", "creado_por"]
    search_fields = ["asunto", "sesion__texto_norm"]
    exclude = ["otros_correos"]


@admin.register(Importacion)
class ImportacionAdmin(SoloLectura):
    list_display = ["nombre_del_archivo", "sesion", "formato", "estado", "creado_por", "creado_en"]
    list_filter = ["estado", "formato"]
    list_select_related = ["sesion", "creado_por"]
    search_fields = ["nombre_del_archivo", "huella"]
    date_hierarchy = "creado_en"


@admin.register(Decision)
class DecisionAdmin(SoloLectura):
    """Lo aprendido de dominios y de textos. Lo de cada persona se ve en la revisión."""

    list_display = ["ambito", "valor", "entidad", "ajena", "creado_por", "creado_en", "deshecha_en"]
    list_filter = ["ambito", ("deshecha_en", admin.EmptyFieldListFilter)]
    list_select_related = ["entidad", "creado_por"]
    search_fields = ["valor", "ajena", "entidad__nombre_norm"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(ambito=Decision.Ambito.PERSONA)


@admin.register(Emparejamiento)
class EmparejamientoAdmin(admin.ModelAdmin):
    """Borrar uno hace que el portal vuelva a preguntar por esas columnas."""

    list_display = ["__str__", "creado_por", "creado_en"]
    list_select_related = ["creado_por"]
    readonly_fields = ["huella_cabecera", "columnas", "emparejamiento", "creado_por", "creado_en"]

    def has_add_permission(self, request):
        return False
