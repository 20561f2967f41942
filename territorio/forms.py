"""Los filtros de la lista de secretarías. Lo que no se entiende no filtra."""

from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from territorio.consultas import entidades_vigentes
from territorio.models import Departamento, EntidadTerritorial, EntidadTerritorialQuerySet
from territorio.texto import normalizar


class FiltroDeEntidadesForm(forms.Form):
    q = forms.CharField(
        label="Nombre o código",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    departamento = forms.ChoiceField(label="Departamento", required=False)
    tipo = forms.ChoiceField(
        label="Tipo",
        required=False,
        choices=[
            ("", "Todos"),
            *((valor, nombre.capitalize()) for valor, nombre in EntidadTerritorial.Tipo.choices),
        ],
    )
    fecha = forms.DateField(
        label="En qué fecha",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        departamentos = Departamento.objects.values_list("codigo", "nombre")
        self.fields["departamento"].choices = [("", "Todos"), *departamentos]

    @property
    def puestos(self) -> dict:
        """Los filtros con valor, de entre los que se entienden."""
        self.is_valid()
        return {campo: valor for campo, valor in self.cleaned_data.items() if valor}

    @property
    def consulta(self) -> str:
        return urlencode(self.puestos)

    @property
    def fecha_elegida(self):
        return self.puestos.get("fecha") or timezone.localdate()

    def entidades(self) -> EntidadTerritorialQuerySet:
        puestos = self.puestos
        entidades = entidades_vigentes(self.fecha_elegida).select_related("departamento")
        if "departamento" in puestos:
            entidades = entidades.filter(departamento__codigo=puestos["departamento"])
        if "tipo" in puestos:
            entidades = entidades.filter(tipo=puestos["tipo"])
        return entidades.que_dicen(normalizar(puestos["q"])) if "q" in puestos else entidades
