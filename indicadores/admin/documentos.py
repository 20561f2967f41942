"""Documentos estratégicos y enlaces con aliados."""

from django.contrib import admin

from indicadores.admin.cuidados import ConDireccionWeb
from indicadores.forms.documentos import DocumentoEstrategicoForm
from indicadores.models import DocumentoEstrategico, EnlaceAliado


@admin.register(DocumentoEstrategico)
class DocumentoEstrategicoAdmin(admin.ModelAdmin):
    form = DocumentoEstrategicoForm
    list_display = ["titulo", "autor", "fecha", "publicado"]
    list_filter = ["publicado", "temas"]
    search_fields = ["titulo", "resumen", "autor"]
    autocomplete_fields = ["temas"]
    prepopulated_fields = {"slug": ["titulo"]}
    date_hierarchy = "fecha"


@admin.register(EnlaceAliado)
class EnlaceAliadoAdmin(ConDireccionWeb, admin.ModelAdmin):
    list_display = ["titulo", "organizacion", "url", "orden", "activo"]
    list_editable = ["orden", "activo"]
    list_filter = ["activo"]
    search_fields = ["titulo", "organizacion", "resumen"]
