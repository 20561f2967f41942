"""Los contenidos: su ficha y sus pasos, por las mismas acciones que las páginas de edición."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from contenidos.acciones import contenidos as acciones
from contenidos.acciones.enlaces import pedir_revision
from contenidos.admin.cuidados import Renglones
from contenidos.consultas.edicion import pasos_de, quienes_editan
from contenidos.models import (
    Contenido,
    DireccionAnterior,
    Movimiento,
    RevisionDeEnlace,
    VersionDeContenido,
)
from territorio.cuidados import ConDireccionWeb, SinBorrar, SoloLectura

DE_MUCHOS = ("temas", "audiencias", "niveles")


class ContenidoAdminForm(forms.ModelForm):
    """Lo que la acción no va a admitir se dice aquí, junto a su campo."""

    visto_en = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["visto_en"] = self.instance.actualizado_en.isoformat()

    def clean_visto_en(self):
        try:
            return parse_datetime(self.cleaned_data["visto_en"])
        except ValueError:
            return None

    def _post_clean(self):
        super()._post_clean()
        if self.errors or not self.instance.pk:
            return
        try:
            acciones.exigir_cambio_posible(self.instance, self.cleaned_data.get("visto_en"))
        except ValidationError as error:
            self.add_error(None, error)


class PasoActionForm(ActionForm):
    motivo = forms.CharField(label="Por qué", required=False, max_length=1000)


class Versiones(Renglones):
    model = VersionDeContenido
    fk_name = "contenido"
    fields = ["numero", "nombre_del_archivo", "tamano", "paginas", "extraccion", "creado_en"]


class Movimientos(Renglones):
    model = Movimiento
    fields = ["en", "de", "a", "por", "motivo"]


class DireccionesAnteriores(Renglones):
    model = DireccionAnterior
    fields = ["slug"]


@admin.register(Contenido)
class ContenidoAdmin(ConDireccionWeb, SinBorrar, admin.ModelAdmin):
    """Nada se borra: se retira, diciendo por qué. El archivo se sube en la mesa de edición."""

    form = ContenidoAdminForm
    action_form = PasoActionForm
    actions = ["enviar_a_revision", "publicar", "devolver", "retirar", "probar_enlaces"]
    list_display = ["titulo", "clase", "estado", "publicado_en", "responsable", "revisar_el"]
    list_filter = ["estado", "clase", "visibilidad", "eje", "es_demostracion"]
    list_select_related = ["clase", "responsable"]
    date_hierarchy = "publicado_en"
    search_fields = ["titulo", "slug"]
    autocomplete_fields = ["temas", "autor", "reemplazado_por", "relacionados"]
    filter_horizontal = ["audiencias", "niveles"]
    inlines = [Versiones, Movimientos, DireccionesAnteriores]
    readonly_fields = ["estado", "publicado_en", "creado_por", "creado_en", "actualizado_en"]
    fieldsets = [
        (None, {"fields": ["titulo", "slug", "resumen", "clase", "enlace", "tiene_subtitulos"]}),
        ("Para quién", {"fields": ["temas", "audiencias", "niveles", "eje"]}),
        ("De quién es", {"fields": ["autor", "vigencia", "licencia", "idioma"]}),
        (
            "En el portal",
            {
                "fields": [
                    *("visibilidad", "responsable", "revisar_el", "reemplazado_por"),
                    *("relacionados", "visto_en"),
                ]
            },
        ),
        ("En qué va", {"fields": readonly_fields}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["titulo"]}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsable":
            kwargs["queryset"] = quienes_editan()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            acciones.cambiar_contenido(contenido=obj, por=request.user)
            return
        campos = {campo: valor for campo, valor in form.cleaned_data.items() if campo in PROPIOS}
        obj.pk = acciones.crear_contenido(por=request.user, **campos).pk
        obj.refresh_from_db()

    # ── Los pasos, de a varios ────────────────────────────────────────────────────────────────

    @admin.action(description="Enviar a revisión")
    def enviar_a_revision(self, request, queryset):
        self._mover(request, queryset, "revision", acciones.enviar_a_revision)

    @admin.action(description="Publicar ahora")
    def publicar(self, request, queryset):
        self._mover(request, queryset, "publicar", acciones.publicar)

    @admin.action(description="Devolver a borrador")
    def devolver(self, request, queryset):
        self._mover(request, queryset, "devolver", acciones.devolver)

    @admin.action(description="Retirar")
    def retirar(self, request, queryset):
        self._mover(request, queryset, "retirar", acciones.retirar)

    def _mover(self, request, queryset, paso, accion):
        motivo, hechos = request.POST.get("motivo", ""), 0
        for contenido in queryset.select_related("clase", "responsable"):
            try:
                if paso not in {uno.clave for uno in pasos_de(contenido, request.user)}:
                    raise ValidationError(
                        f"está {contenido.get_estado_display()}: desde ahí no es posible."
                    )
                accion(contenido=contenido, por=request.user, motivo=motivo)
            except ValidationError as error:
                self.message_user(
                    request, f"{contenido}: {' '.join(error.messages)}", messages.ERROR
                )
            else:
                hechos += 1
        if hechos:
            self.message_user(request, f"Listos: {hechos}.", messages.SUCCESS)

    @admin.action(description="Probar su enlace")
    def probar_enlaces(self, request, queryset):
        con_enlace = queryset.exclude(enlace="")
        for contenido in con_enlace:
            pedir_revision(por=request.user, contenido=contenido)
        self.message_user(request, f"Se están probando: {len(con_enlace)}.", messages.SUCCESS)


PROPIOS = {
    campo
    for _, opciones in ContenidoAdmin.fieldsets[:4]
    for campo in opciones["fields"]
    if campo not in {*DE_MUCHOS, "relacionados", "visto_en"}
}


@admin.register(VersionDeContenido)
class VersionAdmin(SoloLectura):
    list_display = ["contenido", "numero", "nombre_del_archivo", "extraccion", "es_imagen"]
    list_filter = ["extraccion", "es_imagen", "esta_etiquetado"]
    list_select_related = ["contenido"]
    search_fields = ["nombre_del_archivo", "contenido__titulo", "huella"]


@admin.register(Movimiento)
class MovimientoAdmin(SoloLectura):
    list_display = ["contenido", "de", "a", "en", "por"]
    list_filter = ["a"]
    list_select_related = ["contenido", "por"]
    date_hierarchy = "en"
    search_fields = ["contenido__titulo", "motivo"]


@admin.register(RevisionDeEnlace)
class RevisionDeEnlaceAdmin(SoloLectura):
    list_display = ["contenido", "funciona", "codigo", "fallas_seguidas", "detalle", "revisado_en"]
    list_filter = ["funciona"]
    list_select_related = ["contenido"]
    search_fields = ["contenido__titulo", "contenido__enlace"]


@admin.register(DireccionAnterior)
class DireccionAnteriorAdmin(SoloLectura):
    list_display = ["slug", "contenido"]
    list_select_related = ["contenido"]
    search_fields = ["slug", "contenido__titulo"]
