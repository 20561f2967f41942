"""El archivo de un contenido: el primero, o el que reemplaza al que está."""

from django import forms

from contenidos.models import Contenido


class VersionForm(forms.Form):
    archivo = forms.FileField(label="Archivo", widget=forms.FileInput)
    ligero = forms.FileField(
        label="Versión ligera",
        required=False,
        widget=forms.FileInput,
        help_text="El mismo documento, más liviano, para quien tiene mala conexión.",
    )
    subtitulos = forms.FileField(
        label="Subtítulos",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt"}),
        help_text="Un archivo .vtt.",
    )
    nota = forms.CharField(
        label="Qué cambió",
        max_length=300,
        required=False,
        help_text="Se lee junto a la versión: «Se corrigió la tabla de la página 12».",
    )

    def __init__(self, *args, contenido: Contenido, **kwargs):
        super().__init__(*args, **kwargs)
        self.contenido = contenido
        if not contenido.version_actual_id:
            del self.fields["nota"]
        if not contenido.clase.es_video:
            del self.fields["subtitulos"]

    def clean_archivo(self):
        from contenidos.acciones.versiones import exigir_archivo_permitido

        exigir_archivo_permitido(self.cleaned_data["archivo"])
        return self.cleaned_data["archivo"]

    def save(self, *, por):
        from contenidos.acciones.versiones import subir_version

        return subir_version(contenido=self.contenido, por=por, **self.cleaned_data)
