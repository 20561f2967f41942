"""Las cifras, las versiones y de dónde llegaron. Se miran; se publican en sus páginas."""

from django.contrib import admin
from django.utils import timezone

from indicadores.admin.cuidados import ConImportar
from indicadores.models import (
    Carga,
    ColumnaConocida,
    FuenteProgramada,
    Hallazgo,
    Valor,
    Version,
)
from territorio.cuidados import SoloLectura

PRIMERA_VIGENCIA = 2011  # de los conjuntos del Ministerio


class PorVigencia(admin.SimpleListFilter):
    """Sin preguntarle a la tabla qué años hay: son medio millón de cifras."""

    title, parameter_name = "año", "vigencia"

    def lookups(self, request, model_admin):
        ultima = timezone.localdate().year
        return [(str(vigencia), vigencia) for vigencia in range(ultima, PRIMERA_VIGENCIA - 1, -1)]

    def queryset(self, request, queryset):
        return queryset.filter(vigencia=self.value()) if self.value() else queryset


@admin.register(Valor)
class ValorAdmin(ConImportar, SoloLectura):
    direccion_para_importar = "indicadores:nueva-carga"
    list_display = [
        *("indicador", "unidad", "vigencia", "estado", "valor", "metodo", "desde", "hasta"),
    ]
    list_filter = [
        PorVigencia,
        "unidad__ambito",
        "estado",
        "metodo",
        ("hasta", admin.EmptyFieldListFilter),
        "indicador",
    ]
    list_select_related = ["indicador", "unidad", "desde", "hasta"]
    search_fields = ["unidad__nombre", "unidad__codigo", "indicador__codigo"]
    show_full_result_count = False


@admin.register(Version)
class VersionAdmin(SoloLectura):
    list_display = [
        *("numero", "clase", "conjunto", "nuevas", "cambiadas", "retenidas", "calculadas"),
        *("publicada_por", "publicada_en"),
    ]
    list_filter = ["clase", "conjunto"]
    list_select_related = ["conjunto", "publicada_por"]
    search_fields = ["fuente", "motivo"]
    date_hierarchy = "publicada_en"


@admin.register(Carga)
class CargaAdmin(ConImportar, SoloLectura):
    direccion_para_importar = "indicadores:nueva-carga"
    list_display = ["nombre_del_archivo", "conjunto", "origen", "estado", "version", "creado_en"]
    list_filter = ["estado", "origen", "conjunto"]
    list_select_related = ["conjunto", "version"]
    search_fields = ["nombre_del_archivo", "huella"]
    date_hierarchy = "creado_en"
    # El archivo se baja en su página, que pregunta por el permiso y lo anota.
    exclude = ["archivo"]


@admin.register(FuenteProgramada)
class FuenteProgramadaAdmin(SoloLectura):
    list_display = ["conjunto", "url", "formato", "frecuencia", "activa", "traida_en"]
    list_filter = ["activa", "frecuencia"]
    list_select_related = ["conjunto"]
    search_fields = ["url"]


@admin.register(ColumnaConocida)
class ColumnaConocidaAdmin(SoloLectura):
    """Lo que el portal aprendió. Si aprendió mal, se borra y lo vuelve a preguntar."""

    list_display = ["titulo_norm", "que_es", "conjunto", "creado_por"]
    list_filter = ["conjunto"]
    list_select_related = ["conjunto", "creado_por"]
    search_fields = ["titulo_norm", "que_es"]

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(Hallazgo)
class HallazgoAdmin(SoloLectura):
    list_display = ["regla", "indicador", "vigencia", "n_casos", "estado", "responsable", "carga"]
    list_filter = ["estado", "regla"]
    list_select_related = ["indicador", "responsable", "carga"]
    search_fields = ["detalle", "indicador__nombre"]
