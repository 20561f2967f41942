"""Lo que comparten las páginas de administración: qué se mira, qué no se borra y cómo se busca."""

from django.contrib import admin
from django.db import models

from territorio.texto import normalizar


class ConDireccionWeb:
    """A quien escribe una dirección sin decir cómo se llega, se le supone la segura."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class SinBorrar:
    def has_delete_permission(self, request, obj=None):
        return False


class SinTildes:
    """Se busca como se guarda: «narino» encuentra Nariño."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalizar(search_term))


class NoSeToca(ConDireccionWeb, SinBorrar):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class SoloLectura(NoSeToca, admin.ModelAdmin):
    """Se mira aquí; cambiarlo es en su página, que dice qué va a pasar y deja rastro."""
