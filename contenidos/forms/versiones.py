"""El archivo de un contenido: el primero, o el que reemplaza al que está."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from contenidos.acciones.versiones import (
    exigir_archivo_permitido,
    exigir_ligero,
    exigir_subtitulos,
    exigir_tamano,
    subir_version,
)
from contenidos.lectura.formatos import ACEPTADOS, SE_ACEPTAN, formato_del_nombre
from contenidos.models import Contenido
from trabajos.archivos import peso_de
from trabajos.subidas import TopeDeSubida


class VersionForm(forms.Form):
    archivo = forms.FileField(
        label="Archivo",
        allow_empty_file=True,  # el mensaje lo da la regla, que distingue lo vacío de lo muy grande
        widget=forms.FileInput(attrs={"accept": ACEPTADOS}),
    )
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

    def __init__(self, *args, contenido: Contenido, tope: TopeDeSubida, **kwargs):
        super().__init__(*args, **kwargs)
        self.contenido, self.tope = contenido, tope
        self.maximo = settings.CONTENIDOS_TAMANO_MAXIMO
        self.fields["archivo"].help_text = f"{SE_ACEPTAN}. Hasta {peso_de(self.maximo)}."
        if not contenido.version_actual_id:
            del self.fields["nota"]
        if not (contenido.clase.es_video or self._trae_un_video()):
            del self.fields["subtitulos"]

    def _trae_un_video(self):
        archivo = self.files.get("archivo")
        return archivo is not None and formato_del_nombre(archivo.name).es_video

    def clean_archivo(self):
        archivo = self.cleaned_data["archivo"]
        if self.tope.se_paso:  # no se guardó: solo se sabe que pasó del límite
            exigir_tamano(self.maximo + 1)
        exigir_archivo_permitido(archivo)
        return archivo

    def clean(self):
        datos = super().clean()
        archivo = datos.get("archivo")
        if archivo and "subtitulos" in self.fields:
            self._exigir("subtitulos", exigir_subtitulos, archivo, datos.get("subtitulos"))
        if archivo and datos.get("ligero"):
            self._exigir("ligero", exigir_ligero, datos["ligero"], archivo.size)
        return datos

    def _exigir(self, campo, regla, *args):
        try:
            regla(*args)
        except ValidationError as error:
            self.add_error(campo, error)

    def save(self, *, por):
        return subir_version(contenido=self.contenido, por=por, **self.cleaned_data)
