"""El filtro por tema, para las listas de cualquier app."""

from django import forms
from django.core.validators import slug_re

from contenidos.consultas.temas import slug_vigente


class TemaField(forms.ChoiceField):
    """Una dirección guardada con el nombre que el tema tuvo antes sigue filtrando."""

    def to_python(self, value):
        value = super().to_python(value)
        if self.valid_value(value) or not slug_re.fullmatch(value):
            return value
        return slug_vigente(value)

    def bound_data(self, data, initial):
        return self.to_python(data)  # lo que queda escogido en la lista es el de hoy
