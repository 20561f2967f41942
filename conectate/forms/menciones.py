"""Desde cuántas sesiones hay mención: lo escoge el Ministerio, en la dirección de la página."""

from django import forms

from conectate.consultas.menciones import minimo_de
from conectate.consultas.participacion import TipoDeLaVigencia
from territorio.filtros import FiltroForm


class MinimosForm(FiltroForm):
    """Un número por tipo de sesión: el que falte, o no se entienda, es el que se propone."""

    def __init__(self, *args, tipos: list[TipoDeLaVigencia], **kwargs):
        super().__init__(*args, **kwargs)
        for tipo in tipos:
            if not tipo.con_dato:
                continue
            self.fields[tipo.tipo.clave] = forms.IntegerField(
                label=f"{tipo.tipo.plural}: al menos",
                required=False,
                min_value=1,
                max_value=tipo.con_dato,
                help_text=f"De {tipo.con_dato}. Se propone {minimo_de(tipo.con_dato)}.",
                widget=forms.NumberInput(attrs={"placeholder": minimo_de(tipo.con_dato)}),
            )
