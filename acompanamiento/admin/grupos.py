"""Los grupos y quién responde por cada secretaría, con su historia."""

from django.contrib import admin
from django.utils import timezone

from acompanamiento.acciones.grupos import retirar_integrante
from acompanamiento.admin.cuidados import (
    DE_LA_ENTIDAD,
    Renglones,
    SoloLectura,
    hacer_con_cada_uno,
)
from acompanamiento.models import (
    Grupo,
    Integrante,
    ListadoDeGrupos,
    ListadoDeInstituciones,
    Padrinazgo,
    Pertenencia,
    Relevo,
)


class Pertenencias(Renglones):
    model = Pertenencia
    fields = ["entidad", "desde", "hasta", "motivo"]


class Integrantes(Renglones):
    model = Integrante
    fields = ["persona", "papel", "desde", "hasta"]


@admin.register(Grupo)
class GrupoAdmin(SoloLectura):
    list_display = ["numero", "nombre", "desde", "hasta", "es_demostracion"]
    search_fields = ["numero", "nombre"]
    inlines = [Pertenencias, Integrantes]


@admin.register(Pertenencia)
class PertenenciaAdmin(SoloLectura):
    list_display = ["entidad", "grupo", "desde", "hasta", "motivo", "creado_por"]
    list_filter = ["grupo", ("hasta", admin.EmptyFieldListFilter)]
    list_select_related = ["entidad", "grupo", "creado_por"]
    search_fields = DE_LA_ENTIDAD


@admin.register(Integrante)
class IntegranteAdmin(SoloLectura):
    actions = ["retirar"]
    list_display = ["persona", "papel", "grupo", "desde", "hasta"]
    list_filter = ["papel", "grupo", ("hasta", admin.EmptyFieldListFilter)]
    list_select_related = ["persona", "grupo"]
    search_fields = ["persona__nombre", "persona__email"]

    @admin.action(description="Retirar del grupo desde hoy")
    def retirar(self, request, queryset):
        hacer_con_cada_uno(
            self,
            request,
            queryset,
            lambda uno: retirar_integrante(
                integrante=uno, hasta=timezone.localdate(), por=request.user
            ),
            hecho="se retiró",
        )


@admin.register(Padrinazgo)
class PadrinazgoAdmin(SoloLectura):
    list_display = ["entidad", "persona", "papel", "desde", "hasta"]
    list_filter = ["papel", ("hasta", admin.EmptyFieldListFilter)]
    list_select_related = ["entidad", "persona"]
    search_fields = ["persona__nombre", "persona__email", *DE_LA_ENTIDAD]


@admin.register(Relevo)
class RelevoAdmin(SoloLectura):
    list_display = ["fecha", "de", "a", "motivo", "n_pasaron", "creado_por"]
    list_select_related = ["de", "a", "creado_por"]
    search_fields = ["de__nombre", "a__nombre", "motivo"]
    date_hierarchy = "fecha"


@admin.register(ListadoDeGrupos, ListadoDeInstituciones)
class ListadoAdmin(SoloLectura):
    """Qué archivo llegó, de quién y en qué quedó. Sus renglones se ven en su página."""

    list_display = ["nombre_del_archivo", "estado", "creado_por", "creado_en", "confirmado_por"]
    list_filter = ["estado"]
    list_select_related = ["creado_por", "confirmado_por"]
    search_fields = ["nombre_del_archivo", "huella"]
    exclude = ["filas", "decisiones"]
