"""Lo que el navegador puede mandar de un tema."""

from django import forms
from django.core.exceptions import ValidationError

from contenidos.acciones import temas as acciones
from contenidos.models import Tema
from territorio.texto import normalizar


class TemaForm(forms.Form):
    """Uno nuevo, o los datos de uno que ya hay."""

    nombre = forms.CharField(
        label="Nombre",
        max_length=120,
        error_messages={"required": "Escriba cómo se llama el tema."},
    )
    padre = forms.ModelChoiceField(
        label="Tema mayor",
        queryset=Tema.objects.none(),
        required=False,
        empty_label="Ninguno: es un tema mayor",
        help_text="El que lo agrupa. Hay solo dos pisos.",
    )
    descripcion = forms.CharField(
        label="De qué trata",
        max_length=500,
        required=False,
        help_text="Una o dos frases. Se leen en la página del tema.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    activo = forms.BooleanField(
        label="Se puede usar",
        required=False,
        help_text="Si lo desmarca deja de ofrecerse; lo que ya lo lleva lo conserva.",
    )

    def __init__(self, *args, tema: Tema | None = None, **kwargs):
        self.tema = tema
        if tema is not None:
            campos = ("nombre", "padre", "descripcion", "activo")
            kwargs["initial"] = {campo: getattr(tema, campo) for campo in campos}
        super().__init__(*args, **kwargs)
        mayores = Tema.objects.filter(padre=None)
        self.fields["padre"].queryset = mayores.exclude(pk=tema.pk) if tema else mayores
        if tema is None:
            del self.fields["activo"]

    def clean_nombre(self):
        nombre = self.cleaned_data["nombre"]
        if not normalizar(nombre):
            raise ValidationError("Escriba el nombre con letras.", code="nombre_sin_letras")
        return nombre

    def save(self, *, por) -> Tema:
        if self.tema is None:
            return acciones.crear_tema(por=por, **self.cleaned_data)
        acciones.cambiar_tema(tema=self.tema, por=por, **self.cleaned_data)
        return self.tema


class FundirTemaForm(forms.Form):
    """En cuál se funde. Primero se mira (GET), después se envía."""

    en = forms.ModelChoiceField(
        label="Fundirlo en",
        queryset=Tema.objects.none(),
        empty_label="Escoja el tema que queda",
        error_messages={
            "required": "Escoja el tema que queda.",
            "invalid_choice": "Ese tema ya no está. Escoja otro de la lista.",
        },
    )

    def __init__(self, *args, tema: Tema, **kwargs):
        super().__init__(*args, **kwargs)
        self.tema = tema
        self.fields["en"].queryset = Tema.objects.exclude(pk=tema.pk)

    def clean_en(self):
        destino = self.cleaned_data["en"]
        acciones.exigir_fundibles(self.tema, destino)
        return destino

    def save(self, *, por) -> Tema:
        acciones.fundir(origen=self.tema, destino=self.cleaned_data["en"], por=por)
        return self.cleaned_data["en"]
