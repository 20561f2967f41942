"""Qué se mide, de quién y con qué advertencias."""

from django.contrib import admin

from indicadores.admin.cuidados import DelCatalogo
from indicadores.models import Conjunto, Indicador, NotaDeSerie, Unidad
from territorio.cuidados import ConDireccionWeb, SoloLectura


@admin.register(Indicador)
class IndicadorAdmin(DelCatalogo, admin.ModelAdmin):
    archivo, clave = "indicadores", "codigo"
    siempre_editables = ["activo"]
    list_display = ["nombre", "familia", "nivel", "sentido", "agregacion", "desde", "activo"]
    list_filter = ["activo", "familia", "nivel", "agregacion"]
    search_fields = ["nombre", "codigo", "definicion"]


@admin.register(NotaDeSerie)
class NotaDeSerieAdmin(DelCatalogo, admin.ModelAdmin):
    archivo = "notas"
    list_display = ["texto", "clase", "familia", "ambito", "desde", "hasta"]
    list_filter = ["clase", "familia", "ambito"]
    search_fields = ["texto", "clave", "fuente"]

    def has_delete_permission(self, request, obj=None):
        """La que añadió una persona se puede retirar; la del catálogo volvería."""
        return obj is not None and not self.viene_del_catalogo(obj)


@admin.register(Conjunto)
class ConjuntoAdmin(ConDireccionWeb, DelCatalogo, admin.ModelAdmin):
    archivo = "conjuntos"
    list_display = ["nombre", "ambito", "entidad_que_publica", "licencia"]
    search_fields = ["nombre", "clave"]


@admin.register(Unidad)
class UnidadAdmin(SoloLectura):
    """Salen del territorio: se cambian allá."""

    list_display = ["nombre", "ambito", "codigo", "departamento", "entidad"]
    list_filter = ["ambito"]
    list_select_related = ["departamento", "entidad"]
    search_fields = ["nombre", "codigo"]
