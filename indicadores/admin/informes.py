"""Los lotes de informes y a quién le llegan. Se piden y se repiten en su página."""

from django.contrib import admin

from indicadores.models import EntregaDeInforme, LoteDeInformes, SuscripcionAlInforme
from territorio.cuidados import SinTildes, SoloLectura


@admin.register(LoteDeInformes)
class LoteDeInformesAdmin(SoloLectura):
    list_display = ["titulo", "vigencia", "version", "por_correo", "pedido_por", "pedido_en"]
    list_filter = ["por_correo", "vigencia"]
    list_select_related = ["version", "pedido_por"]
    search_fields = ["titulo", "clave"]
    date_hierarchy = "pedido_en"


@admin.register(EntregaDeInforme)
class EntregaDeInformeAdmin(SinTildes, SoloLectura):
    list_display = ["entidad", "lote", "estado", "n_cifras", "bytes_xlsx", "bytes_pdf", "lista_en"]
    list_filter = ["estado"]
    list_select_related = ["entidad", "lote"]
    search_fields = ["entidad__nombre_norm", "lote__clave"]
    # Los archivos se bajan en su página, que pregunta por el permiso y lo anota.
    exclude = ["xlsx", "pdf"]


@admin.register(SuscripcionAlInforme)
class SuscripcionAlInformeAdmin(SoloLectura):
    """Cada quien la cambia en su ficha."""

    list_display = ["usuario", "activa", "cambiada_en"]
    list_filter = ["activa"]
    list_select_related = ["usuario"]
    search_fields = ["usuario__email", "usuario__nombre"]
