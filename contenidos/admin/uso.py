"""Lo que el portal lleva solo: lo que se baja, se busca, se trae de a muchos y se sigue.

Los pasos que alguien lleva de una ruta no están: solo los ve esa persona.
"""

from django.contrib import admin

from contenidos.models import (
    Buscable,
    BusquedaSinResultados,
    Descarga,
    ImportacionDeContenidos,
    Paquete,
    Suscripcion,
)
from territorio.cuidados import SoloLectura


@admin.register(Descarga)
class DescargaAdmin(SoloLectura):
    list_display = ["contenido", "entidad", "en"]
    list_select_related = ["contenido", "entidad"]
    date_hierarchy = "en"
    search_fields = ["contenido__titulo"]
    exclude = ["testigo"]


@admin.register(Paquete)
class PaqueteAdmin(SoloLectura):
    list_display = ["clave", "pedido_por", "pedido_en"]
    list_select_related = ["pedido_por"]
    raw_id_fields = ["versiones", "enlaces"]


@admin.register(ImportacionDeContenidos)
class ImportacionAdmin(SoloLectura):
    list_display = ["nombre_de_la_hoja", "estado", "creado_por", "creado_en", "confirmada_en"]
    list_filter = ["estado"]
    list_select_related = ["creado_por"]
    search_fields = ["nombre_de_la_hoja", "nombre_del_paquete"]


@admin.register(Suscripcion)
class SuscripcionAdmin(SoloLectura):
    list_display = ["usuario", "tema", "creada_en"]
    list_select_related = ["usuario", "tema"]
    search_fields = ["usuario__email", "tema__nombre_norm"]
    exclude = ["testigo"]  # con él se cancela sin entrar


@admin.register(BusquedaSinResultados)
class BusquedaSinResultadosAdmin(SoloLectura):
    list_display = ["texto", "veces", "primera_en", "ultima_en", "atendida_en"]
    list_filter = ["atendida_en"]
    search_fields = ["texto"]


@admin.register(Buscable)
class BuscableAdmin(SoloLectura):
    list_display = ["titulo", "clase", "fecha", "indexado_en"]
    list_filter = ["clase"]
    search_fields = ["titulo"]
