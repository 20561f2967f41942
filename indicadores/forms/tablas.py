"""Los filtros que admite la dirección de una tabla."""

import re

from django import forms
from django.core.exceptions import ValidationError

from indicadores.informes.tablas_de_cifras import ANCHO, LARGO

ENTIDADES_A_LA_VEZ = 20
_CODIGO_DANE = re.compile(r"\d{2}(\d{3})?")


class FiltroDeTablaForm(forms.Form):
    vigencia = forms.IntegerField(min_value=1900, max_value=2100, required=False)
    indicador = forms.SlugField(required=False)
    forma = forms.ChoiceField(
        choices=[(LARGO, "una fila por cifra"), (ANCHO, "una columna por indicador")],
        required=False,
    )

    def clean(self):
        datos = super().clean()
        codigos = list(dict.fromkeys(self.data.getlist("entidad")))
        if len(codigos) > ENTIDADES_A_LA_VEZ or not all(map(_CODIGO_DANE.fullmatch, codigos)):
            raise ValidationError(
                f"«entidad» es el código DANE de una secretaría, hasta {ENTIDADES_A_LA_VEZ} veces.",
                code="entidades_mal_escritas",
            )
        datos["entidad"] = codigos
        datos["forma"] = datos.get("forma") or LARGO
        return datos

    @property
    def filtros(self) -> dict:
        """Los que `pedido` recibe, solo los puestos."""
        nombres = ("vigencia", "indicador", "entidad")
        return {uno: self.cleaned_data[uno] for uno in nombres if self.cleaned_data.get(uno)}
