"""Lo que se añade a una sesión: materiales, grabación y aforos."""

from django import forms

from conectate.acciones.materiales import agregar_material, exigir_subtitulos, poner_grabacion
from conectate.acciones.sesiones import registrar_aforo
from contenidos.acciones.versiones import exigir_archivo_permitido
from contenidos.controles import DocumentoField
from territorio.controles import EnlaceField
from territorio.filtros import FiltroForm


class MaterialForm(forms.Form):
    titulo = forms.CharField(
        label="Título",
        max_length=200,
        help_text="Lo que se lee en la página: «Presentación: rutas de permanencia».",
    )
    archivo = DocumentoField(label="Archivo", required=False)
    enlace = EnlaceField(
        label="O un enlace",
        required=False,
        help_text="La dirección completa, si el material ya está publicado en otro sitio.",
    )

    def clean_archivo(self):
        archivo = self.cleaned_data.get("archivo")
        if archivo:
            exigir_archivo_permitido(archivo, con_video=False)
        return archivo

    def clean(self):
        datos = super().clean()
        if "archivo" in self.errors or "enlace" in self.errors:
            return datos
        if bool(datos.get("archivo")) == bool(datos.get("enlace")):
            raise forms.ValidationError(
                "Suba un archivo o escriba un enlace: uno de los dos.", code="uno"
            )
        return datos

    def save(self, *, sesion, por):
        return agregar_material(sesion=sesion, por=por, **self.cleaned_data)


class BuscarEnLaBibliotecaForm(FiltroForm):
    q = forms.CharField(
        label="Buscar en la biblioteca",
        required=False,
        max_length=200,
        help_text="Por su título, su tema o lo que dice adentro.",
    )

    @property
    def lo_buscado(self) -> str:
        return self.puestos.get("q", "")


class GrabacionForm(forms.Form):
    enlace = EnlaceField(
        label="Enlace de la grabación",
        required=False,
        help_text="Déjelo vacío para quitarla.",
    )
    tiene_subtitulos = forms.BooleanField(
        label="El video tiene subtítulos revisados", required=False
    )

    def clean(self):
        datos = super().clean()
        try:
            exigir_subtitulos(datos.get("enlace", ""), datos.get("tiene_subtitulos", False))
        except forms.ValidationError as error:
            self.add_error("tiene_subtitulos", error)
        return datos

    def save(self, *, sesion, por):
        poner_grabacion(sesion=sesion, por=por, **self.cleaned_data)


class AforoForm(forms.Form):
    personas = forms.IntegerField(label="Personas", min_value=1, max_value=10_000_000)
    fuente = forms.CharField(
        label="De dónde sale la cifra",
        max_length=120,
        help_text="Por ejemplo: «YouTube, espectadores simultáneos».",
    )

    def save(self, *, sesion, por):
        return registrar_aforo(sesion=sesion, por=por, **self.cleaned_data)
