"""Programas, lo que reportó su fuente y las actividades que el portal tiene registradas."""

from django.contrib import admin

from acompanamiento.admin.cuidados import DE_LA_ENTIDAD, Renglones, SoloLectura
from acompanamiento.models import Actividad, CifraReportada, Cobertura, Producto, Programa
from territorio.cuidados import SinBorrar


class Cifras(Renglones):
    model = CifraReportada
    fields = ["medida", "valor", "calificador", "unidad", "estado", "fuente"]
    show_change_link = True


@admin.register(Programa)
class ProgramaAdmin(SoloLectura):
    list_display = ["nombre", "vigencia", "aliado", "desde", "hasta", "es_demostracion"]
    list_filter = ["vigencia", "es_demostracion"]
    search_fields = ["nombre", "aliado"]
    inlines = [Cifras]


@admin.register(CifraReportada)
class CifraReportadaAdmin(SinBorrar, admin.ModelAdmin):
    """La cifra es de su fuente: aquí se corrige lo mal copiado y se anota una contradicción."""

    list_display = ["medida", "programa", "valor", "calificador", "unidad", "estado", "fuente"]
    list_filter = ["estado", "programa"]
    list_select_related = ["programa"]
    search_fields = ["clave", "medida", "fuente", "programa__nombre"]
    autocomplete_fields = ["programa", "tipo"]

    def get_readonly_fields(self, request, obj=None):
        return ["clave"] if obj else []  # con ella la reconoce el catálogo de partida


class Coberturas(Renglones):
    model = Cobertura
    fields = ["entidad", "personas"]


@admin.register(Actividad)
class ActividadAdmin(SoloLectura):
    list_display = ["nombre", "programa", "tipo", "alcance", "desde", "estado", "personas"]
    list_filter = ["estado", "alcance", "tipo", "programa"]
    list_select_related = ["programa", "tipo"]
    search_fields = ["nombre", "aliado"]
    date_hierarchy = "desde"
    inlines = [Coberturas]


@admin.register(Producto)
class ProductoAdmin(SoloLectura):
    list_display = ["nombre", "clase", "entidad", "programa"]
    list_filter = ["clase", "programa"]
    list_select_related = ["entidad", "programa"]
    search_fields = ["nombre", *DE_LA_ENTIDAD]
