"""Colecciones, rutas y sus certificados. Se arman en sus páginas, que miran que estén completas."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError

from contenidos.acciones.certificados import revocar_certificado
from contenidos.admin.cuidados import Renglones
from contenidos.models import Certificado, Coleccion, EnColeccion, Paso, Ruta
from territorio.cuidados import SoloLectura


class EnLaColeccion(Renglones):
    model = EnColeccion
    fields = ["orden", "contenido", "nota"]


@admin.register(Coleccion)
class ColeccionAdmin(SoloLectura):
    list_display = ["titulo", "publicada", "orden", "es_demostracion"]
    list_filter = ["publicada"]
    search_fields = ["titulo"]
    inlines = [EnLaColeccion]


class Pasos(Renglones):
    model = Paso
    fields = ["orden", "titulo", "contenido", "minutos"]


@admin.register(Ruta)
class RutaAdmin(SoloLectura):
    list_display = ["titulo", "para_quien", "publicada", "orden", "es_demostracion"]
    list_filter = ["publicada"]
    search_fields = ["titulo"]
    inlines = [Pasos]


class MotivoActionForm(ActionForm):
    motivo = forms.CharField(label="Por qué", required=False, max_length=500)


@admin.register(Certificado)
class CertificadoAdmin(SoloLectura):
    action_form = MotivoActionForm
    actions = ["revocar"]
    list_display = ["codigo", "ruta", "nombre", "entidad", "emitido_en", "revocado_en"]
    list_filter = ["ruta"]
    list_select_related = ["ruta", "entidad"]
    search_fields = ["codigo", "nombre"]

    @admin.action(description="Revocar")
    def revocar(self, request, queryset):
        for certificado in queryset:
            try:
                revocar_certificado(
                    certificado=certificado,
                    motivo=request.POST.get("motivo", ""),
                    por=request.user,
                )
            except ValidationError as error:
                self.message_user(
                    request, f"{certificado}: {' '.join(error.messages)}", messages.ERROR
                )
            else:
                self.message_user(request, f"{certificado}: revocado.", messages.SUCCESS)
