"""Las páginas, sus versiones, sus imágenes y el glosario. Se escriben en sus páginas."""

from django.contrib import admin

from contenidos.admin.cuidados import Renglones
from contenidos.models import Imagen, Pagina, Termino, VersionDePagina
from territorio.cuidados import SoloLectura


class VersionesDeLaPagina(Renglones):
    model = VersionDePagina
    fields = ["numero", "titulo", "nota", "rige_desde", "creado_por", "creado_en"]


@admin.register(Pagina)
class PaginaAdmin(SoloLectura):
    list_display = ["slug", "grupo", "orden", "publicada"]
    list_filter = ["grupo", "publicada"]
    search_fields = ["slug"]
    inlines = [VersionesDeLaPagina]


@admin.register(VersionDePagina)
class VersionDePaginaAdmin(SoloLectura):
    list_display = ["pagina", "numero", "titulo", "rige_desde", "creado_por", "creado_en"]
    list_filter = ["pagina__grupo"]
    list_select_related = ["pagina", "creado_por"]
    search_fields = ["titulo", "pagina__slug"]


@admin.register(Imagen)
class ImagenAdmin(SoloLectura):
    list_display = ["alternativo", "ancho", "alto", "tamano", "creado_en"]
    search_fields = ["alternativo"]


@admin.register(Termino)
class TerminoAdmin(SoloLectura):
    list_display = ["nombre", "siglas", "fuente"]
    search_fields = ["nombre", "siglas", "sinonimos"]
