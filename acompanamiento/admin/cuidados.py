"""Lo que comparten estas páginas: qué se mira, cómo se busca y cómo se llama a una acción."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError

from territorio import cuidados
from territorio.texto import normalizar

DE_LA_ENTIDAD = ["entidad__nombre_norm", "entidad__codigo_dane"]


class SinTildes:
    """Se busca como se guarda: «narino» encuentra Nariño. Lo escrito con tildes, también."""

    def get_search_results(self, request, queryset, search_term):
        tal_cual, repite = super().get_search_results(request, queryset, search_term)
        sin_tildes, _ = super().get_search_results(request, queryset, normalizar(search_term))
        return tal_cual | sin_tildes, repite


class SoloLectura(SinTildes, cuidados.SoloLectura):
    """Se mira aquí; cambiarlo es con una acción, que dice qué pasó y deja rastro."""

    show_full_result_count = False  # contar doscientos mil compromisos no le dice nada a nadie


class Renglones(cuidados.NoSeToca, admin.TabularInline):
    """Lo que cuelga de la ficha, para mirarlo junto a ella."""

    extra = 0


class MotivoActionForm(ActionForm):
    motivo = forms.CharField(label="Por qué", required=False, max_length=300)


def hacer_con_cada_uno(pagina, request, objetos, accion, *, hecho):
    """La misma acción de la página, una vez por objeto; lo que no se pudo, con su razón."""
    for objeto in objetos:
        try:
            accion(objeto)
        except ValidationError as error:
            pagina.message_user(request, f"{objeto}: {' '.join(error.messages)}", messages.ERROR)
        else:
            pagina.message_user(request, f"{objeto}: {hecho}.", messages.SUCCESS)
