"""Qué año de un indicador se mira, y en qué orden."""

from django import forms


class VigenciaForm(forms.Form):
    """El año que se mira; lo que no sea un año con cifras no cambia nada."""

    vigencia = forms.TypedChoiceField(label="Año", coerce=int, required=False, empty_value=None)
    orden = forms.CharField(max_length=61, required=False)

    def __init__(self, *args, vigencias, **opciones):
        super().__init__(*args, **opciones)
        self.fields["vigencia"].choices = [(v, v) for v in vigencias]
