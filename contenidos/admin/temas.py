from django.contrib import admin

from contenidos.models import Tema
from territorio.texto import normalizar


@admin.register(Tema)
class TemaAdmin(admin.ModelAdmin):
    list_display = ["nombre", "padre", "activo"]
    list_filter = ["activo", "padre"]
    list_select_related = ["padre"]
    search_fields = ["nombre_norm"]
    autocomplete_fields = ["padre"]
    prepopulated_fields = {"slug": ["nombre"]}

    def get_search_results(self, request, queryset, search_term):
        """Se busca sin tildes, como se guarda."""
        return super().get_search_results(request, queryset, normalizar(search_term))
