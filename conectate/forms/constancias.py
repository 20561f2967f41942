"""Por qué se revoca una constancia o se vuelve a emitir."""

from django import forms

from conectate.acciones.constancias import revocar_constancia, volver_a_emitir


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
