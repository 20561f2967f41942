"""Los controles con que se escribe lo mismo en todo el portal: días, horas, opciones y enlaces."""

from django import forms


class FechaInput(forms.DateInput):
    def __init__(self, **attrs):
        super().__init__(format="%Y-%m-%d", attrs={"type": "date", "class": "ancho-corto", **attrs})


class HoraInput(forms.TimeInput):
    def __init__(self, **attrs):
        super().__init__(format="%H:%M", attrs={"type": "time", "class": "ancho-corto", **attrs})


class RadiosInput(forms.RadioSelect):
    def __init__(self, attrs=None, choices=()):
        super().__init__({"class": "form-check-input", **(attrs or {})}, choices)


class VariosField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:  # un número que no cabe en la base no es ninguna de las opciones
            raise forms.ValidationError(
                "Una de las opciones marcadas no existe. Recargue la página y márquelas otra vez.",
                code="invalid_choice",
            ) from None


class EnlaceField(forms.URLField):
    """Sin «https://» al comienzo también se entiende."""

    def __init__(self, *, max_length=500, **kwargs):
        super().__init__(max_length=max_length, assume_scheme="https", **kwargs)
