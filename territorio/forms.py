"""Los filtros de la lista de secretarías. Lo que no se entiende no filtra."""

from django import forms
from django.utils import timezone

from territorio.consultas import entidades_vigentes
from territorio.controles import FechaInput
from territorio.filtros import FiltroForm
from territorio.models import Departamento, EntidadTerritorial, EntidadTerritorialQuerySet
from territorio.texto import normalizar


class FiltroDeEntidadesForm(FiltroForm):
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
        widget=FechaInput(),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("departamento", Departamento.objects.values_list("codigo", "nombre"))

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
