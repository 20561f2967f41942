"""Con quién comparar, y en qué orden verlas todas."""

from django import forms
from django.core.exceptions import ValidationError

from indicadores.models import Indicador
from territorio.consultas import entidades_vigentes

MAXIMO = 4


class CompararForm(forms.Form):
    """Se lee de la dirección: sirve para guardarla y mandarla."""

    familia = forms.ChoiceField(
        label="Grupo de indicadores", choices=Indicador.Familia, required=False
    )
    con = forms.ModelMultipleChoiceField(
        label="Con",
        queryset=None,
        to_field_name="codigo_dane",
        required=False,
        error_messages={
            "invalid_choice": "No hay ninguna secretaría con el código %(value)s.",
            "invalid_list": "Elija las secretarías de la lista.",
        },
    )
    orden = forms.CharField(max_length=61, required=False)

    def __init__(self, datos, *, entidad):
        super().__init__(_sin_vacios(datos))
        self.entidad = entidad
        self.fields["con"].queryset = entidades_vigentes().exclude(pk=entidad.pk)

    def clean_con(self):
        elegidas = list(self.cleaned_data["con"])
        if len(elegidas) > MAXIMO:
            raise ValidationError(
                f"Se compara con hasta cuatro secretarías y eligió {len(elegidas)}. Quite las que "
                "sobran.",
                code="demasiadas",
            )
        return elegidas

    @property
    def elegidas(self) -> list:
        """Las cuatro primeras, aunque hayan sobrado."""
        if "con" in self.errors:
            codigos = self.data.getlist("con")
            halladas = self.fields["con"].queryset.filter(codigo_dane__in=codigos)
            return sorted(halladas, key=lambda e: codigos.index(e.codigo_dane))[:MAXIMO]
        return self.cleaned_data["con"]


def _sin_vacios(datos):
    """La casilla que se dejó en blanco no es una secretaría."""
    datos = datos.copy()
    datos.setlist("con", list(dict.fromkeys(filter(None, datos.getlist("con")))))
    return datos
