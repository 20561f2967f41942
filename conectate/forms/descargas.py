from django import forms

from conectate.acciones.descargas import EN_PALABRAS


class DescargaForm(forms.Form):
    formato = forms.ChoiceField(choices=list(EN_PALABRAS.items()))
