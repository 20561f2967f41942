"""Con quién comparar, y en qué orden verlas todas."""

from django import forms
from django.core.exceptions import ValidationError

from indicadores.models import Indicador
from territorio.consultas import entidades_vigentes

MAXIMO = 4


class CompararForm(forms.Form):
    """Se lee de la dirección: sirve para guardarla y mandarla. Lo que no exista, no cambia nada."""

    familia = forms.ChoiceField(
        label="Grupo de indicadores", choices=Indicador.Familia, required=False
    )
    con = forms.MultipleChoiceField(
        label="Con",
        required=False,
        error_messages={"invalid_choice": "No hay ninguna secretaría con el código %(value)s."},
    )
    orden = forms.CharField(max_length=61, required=False)

    def __init__(self, datos, *, entidad):
        super().__init__(_sin_vacios(datos))
        otras = [una for una in entidades_vigentes() if una.pk != entidad.pk]
        self.por_codigo = {una.codigo_dane: una for una in otras}
        self.fields["con"].choices = [(una.codigo_dane, una.nombre) for una in otras]

    def clean_con(self):
        codigos = self.cleaned_data["con"]
        if len(codigos) > MAXIMO:
            raise ValidationError(
                f"Se compara con hasta cuatro secretarías y eligió {len(codigos)}. Quite las que "
                "sobran.",
                code="demasiadas",
            )
        return codigos

    @property
    def elegidas(self) -> list:
        """Las cuatro primeras que existan, aunque hayan sobrado."""
        pedidas = (self.por_codigo.get(codigo) for codigo in self.data.getlist("con"))
        return [una for una in pedidas if una][:MAXIMO]

    @property
    def candidatas(self) -> list:
        return list(self.por_codigo.values())


def _sin_vacios(datos):
    """La casilla que se dejó en blanco no es una secretaría."""
    datos = datos.copy()
    datos.setlist("con", list(dict.fromkeys(filter(None, datos.getlist("con")))))
    return datos
