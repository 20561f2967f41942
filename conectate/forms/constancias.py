"""Comprobar una constancia y decir por qué se revoca."""

from django import forms

from conectate.acciones.constancias import revocar_constancia, volver_a_emitir


class CodigoForm(forms.Form):
    codigo = forms.CharField(
        label="Código de la constancia",
        help_text="Está junto al código QR y empieza por EVS. Puede escribirlo sin guiones.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": 60,
            }
        ),
    )


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué",
        max_length=500,
        help_text="Lo lee solo el Ministerio: no sale en la página pública.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RevocarForm(MotivoForm):
    def save(self, *, constancia, por):
        revocar_constancia(constancia, por=por, **self.cleaned_data)


class VolverAEmitirForm(MotivoForm):
    def save(self, *, constancia, por):
        return volver_a_emitir(constancia, por=por, **self.cleaned_data)
