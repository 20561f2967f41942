"""Lo que el navegador puede responder en la revisión."""

import re

from django import forms
from django.core.exceptions import ValidationError

from conectate.acciones import revision
from conectate.models import Decision, Participacion
from territorio.models import EntidadTerritorial
from territorio.texto import normalizar

Desenlace = Decision.Desenlace
AJENAS = [
    "Ministerio de Educación Nacional",
    "Universidad o institución de educación superior",
    "Establecimiento educativo",
    "Otra entidad pública",
    "Organización aliada",
]
CODIGO_AL_FINAL = re.compile(r"\b(\d{2}|\d{5})\s*$")


class RespuestaForm(forms.Form):
    """Una de tres: es de una entidad, es de otra organización, o se deja sin identificar.

    La entidad llega por su código (los botones) o escrita como en la lista: «Neiva · 41001».
    """

    respuesta = forms.ChoiceField(choices=Desenlace.choices, required=False)
    codigo = forms.CharField(max_length=5, required=False)
    entidad = forms.CharField(
        label="Otra entidad",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "entidades", "autocomplete": "off"}),
    )
    ajena = forms.CharField(
        label="De qué organización es",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "ajenas", "autocomplete": "off"}),
    )

    def clean(self):
        datos = super().clean()
        desenlace = datos.get("respuesta") or Desenlace.ENTIDAD
        datos["respuesta"] = desenlace
        datos["de"] = None
        if desenlace == Desenlace.ENTIDAD:
            datos["de"] = _entidad(datos.get("codigo"), datos.get("entidad"))
        return datos

    def argumentos(self):
        return {
            "entidad": self.cleaned_data["de"],
            "ajena": self.cleaned_data.get("ajena", ""),
            "desenlace": self.cleaned_data["respuesta"],
        }


def _entidad(codigo, escrita):
    """Por su código o por su nombre exacto; nunca la que más se parezca."""
    if not codigo and escrita and (al_final := CODIGO_AL_FINAL.search(escrita)):
        codigo = al_final[1]
    if codigo:
        hallada = EntidadTerritorial.objects.filter(codigo_dane=codigo).first()
    else:
        nombre = normalizar(escrita or "")
        posibles = EntidadTerritorial.objects.filter(nombre_norm=nombre) if nombre else []
        hallada = posibles[0] if len(posibles) == 1 else None
    if hallada is None:
        raise ValidationError(
            f"No hay una entidad que se llame «{escrita}». Escriba parte del nombre y escójala de "
            "la lista."
            if escrita
            else "Escoja una entidad de la lista.",
            code="entidad_desconocida",
        )
    return hallada


class DecidirForm(RespuestaForm):
    grupo = forms.CharField(max_length=410)

    def save(self, *, por) -> Decision:
        return revision.decidir(grupo=self.cleaned_data["grupo"], por=por, **self.argumentos())


class EntidadDePersonaForm(RespuestaForm):
    habia = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, participacion: Participacion, **kwargs):
        super().__init__(*args, **kwargs)
        self.participacion = participacion

    def save(self, *, por) -> Decision:
        return revision.decidir_de_una_persona(
            participacion=self.participacion,
            por=por,
            habia=self.cleaned_data["habia"],
            **self.argumentos(),
        )
