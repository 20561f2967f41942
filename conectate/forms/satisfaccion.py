"""La encuesta de satisfacción y lo que el Ministerio decide sobre lo escrito."""

from django import forms

from conectate.acciones.satisfaccion import moderar, responder
from conectate.consultas.satisfaccion import ESCALA, PREGUNTAS
from conectate.models import Satisfaccion

EXTREMOS = {
    "utilidad": ("nada útil", "muy útil"),
    "claridad": ("nada clara", "muy clara"),
    "pertinencia": ("para nada", "por completo"),
}


def opciones_de(pregunta: str) -> list[tuple[int, str]]:
    """Del 5 al 1, con los extremos en palabras."""
    menos, mas = EXTREMOS[pregunta]
    palabras = {5: f", {mas}", 1: f", {menos}"}
    return [(valor, f"{valor}{palabras.get(valor, '')}") for valor in ESCALA]


class SatisfaccionForm(forms.ModelForm):
    class Meta:
        model = Satisfaccion
        fields = [*PREGUNTAS, "comentario"]
        widgets = {"comentario": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "comentario": "Hasta 1.000 letras. No escriba nombres ni datos de personas: alguien "
            "del Ministerio lo lee antes de que se muestre."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for pregunta in PREGUNTAS:
            self.fields[pregunta] = forms.TypedChoiceField(
                label=self.fields[pregunta].label,
                choices=opciones_de(pregunta),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Escoja un valor del 1 al 5."},
            )

    def save(self, *, sesion, huella):
        return responder(sesion=sesion, huella=huella, **self.cleaned_data)


class ModeracionForm(forms.Form):
    moderacion = forms.ChoiceField(
        choices=[
            (valor, texto)
            for valor, texto in Satisfaccion.Moderacion.choices
            if valor != Satisfaccion.Moderacion.PENDIENTE
        ]
    )

    def save(self, *, respuesta, por):
        moderar(respuesta=respuesta, por=por, **self.cleaned_data)
