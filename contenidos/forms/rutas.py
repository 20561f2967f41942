"""Armar una ruta y sus pasos; revocar un certificado."""

from django import forms
from django.core.exceptions import ValidationError

from contenidos.acciones.certificados import revocar_certificado
from contenidos.acciones.colecciones import guardar_ruta
from contenidos.forms.colecciones import RenglonesFormSet, RenglonForm, renglones, valen
from contenidos.models import Paso, Ruta


class RutaForm(forms.ModelForm):
    class Meta:
        model = Ruta
        fields = ("titulo", "resumen", "para_quien", "publicada", "orden")
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 4}),
            "orden": forms.NumberInput(attrs={"class": "ancho-corto"}),
        }
        help_texts = {
            "resumen": "Lo que alguien sabrá hacer cuando la termine.",
            "publicada": "Mientras no lo esté, la ve solo quien edita.",
            "orden": "Las de número menor salen primero.",
        }


class PasoForm(RenglonForm):
    class Meta:
        model = Paso
        fields = ("titulo", "contenido", "indicacion", "minutos", "orden")
        widgets = {
            "indicacion": forms.Textarea(attrs={"rows": 2}),
            "minutos": forms.NumberInput(attrs={"class": "ancho-corto", "min": 1}),
        }
        help_texts = {"indicacion": "«Lea el capítulo 2 y compare con su plan»."}


class PasosFormSet(RenglonesFormSet):
    sin_repetir = False  # dos pasos pueden trabajar el mismo documento


def renglones_de_ruta(ruta, data=None, contenidos=()):
    return renglones(
        Ruta, Paso, PasoForm, PasosFormSet, data=data, instance=ruta, contenidos=contenidos
    )


def guardar(form, pasos, *, por):
    """La ruta guardada, o nada si algo no cuadra: el formulario dice qué."""
    if not valen(form, pasos):
        return None
    guardados, quitados = pasos.partes()
    try:
        guardar_ruta(ruta=form.instance, pasos=guardados, quitados=quitados, por=por)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return form.instance


class RevocarCertificadoForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué",
        max_length=500,
        help_text="Lo lee solo el Ministerio: no sale en la página pública.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def save(self, *, certificado, por):
        revocar_certificado(certificado=certificado, por=por, **self.cleaned_data)
