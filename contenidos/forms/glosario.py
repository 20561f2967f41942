"""Lo que se escribe de un término del glosario."""

from django import forms

from contenidos.acciones.glosario import guardar_termino, visto_de
from contenidos.models import Termino


class TerminoForm(forms.ModelForm):
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Termino
        fields = ["nombre", "siglas", "definicion", "sinonimos", "fuente"]
        widgets = {
            "nombre": forms.TextInput(attrs={"class": "ancho-medio"}),
            "siglas": forms.TextInput(attrs={"class": "ancho-corto"}),
            "definicion": forms.Textarea(attrs={"rows": 5}),
            "sinonimos": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "definicion": "Una o dos frases cortas, como se lo explicaría a alguien que llega.",
            "fuente": "La norma o el documento de donde sale.",
        }

    def __init__(self, datos=None, *, termino: Termino | None = None):
        super().__init__(datos, instance=termino, initial={"visto": visto_de(termino)})
        self.termino = termino

    def con_lo_de_ahora(self, termino: Termino):
        """Lo escrito, frente a lo que otra persona guardó: enviarlo otra vez ya lo reemplaza."""
        datos = self.data.copy()
        datos["visto"] = visto_de(termino)
        return TerminoForm(datos, termino=termino)

    def save(self, *, por) -> Termino:
        return guardar_termino(termino=self.termino, por=por, **self.cleaned_data)
