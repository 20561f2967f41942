"""Lo que se envía para cargar recursos y para cambiar un corte."""

from copy import copy

from django import forms

from indicadores.acciones.recursos import (
    MEGA,
    TAMANO_MAXIMO,
    exigir_que_las_partes_sumen,
    recibir,
    reconocer,
    volver_a_leer,
)
from indicadores.consultas.recursos import fecha_de
from indicadores.lectura.recursos import UNIDADES
from indicadores.models import CorteDeRecursos
from territorio.models import EntidadTerritorial

EN_QUE_UNIDAD = [(unidad, dicha.capitalize()) for unidad, (_, _, dicha) in UNIDADES.items()][::-1]


class CargarRecursosForm(forms.Form):
    corte = forms.ModelChoiceField(
        CorteDeRecursos.objects.select_related("fondo"),
        label="A qué corte pertenece",
        to_field_name="clave",
        empty_label="Escoja un corte",
    )
    unidad = forms.ChoiceField(
        label="En qué están los montos",
        choices=[("", "Lo que diga el archivo"), *EN_QUE_UNIDAD],
        required=False,
    )
    archivo = forms.FileField(
        label="Archivo",
        help_text=f"Excel (.xlsx) o CSV, hasta {TAMANO_MAXIMO // MEGA} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def save(self, *, por):
        """La carga; None si el archivo no sirve, y el motivo queda en el formulario."""
        try:
            return recibir(por=por, **self.cleaned_data)
        except forms.ValidationError as error:
            self.add_error("archivo", error)
            return None


class UnidadForm(forms.Form):
    unidad = forms.ChoiceField(
        label="Los montos están en",
        choices=EN_QUE_UNIDAD,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def save(self, *, carga, por):
        volver_a_leer(carga=carga, por=por, **self.cleaned_data)


class ReconocerForm(forms.Form):
    """De quién es una fila: primero lo que se parece, después todas."""

    texto = forms.CharField(widget=forms.HiddenInput, strip=False)
    entidad = forms.ModelChoiceField(
        EntidadTerritorial.objects.none(), label="Secretaría", to_field_name="codigo_dane"
    )

    def __init__(self, *args, carga, **opciones):
        super().__init__(*args, **opciones)
        self.carga = carga
        vigentes = EntidadTerritorial.objects.vigentes(fecha_de(carga.corte))
        self.fields["entidad"].queryset = vigentes

    def save(self, *, por):
        reconocer(carga=self.carga, por=por, **self.cleaned_data)


class CorteDeRecursosForm(forms.ModelForm):
    """El de la administración: al guardar se comprueba que las partes sumen el total."""

    class Meta:
        model = CorteDeRecursos
        fields = [
            "fondo",
            "parte_de",
            "nombre",
            "clave",
            "vigencia",
            "corte",
            "periodo",
            "sistema",
            "asignado",
            "incorporado",
            "ejecutado",
            "pendiente",
            "n_reportaron",
            "n_entidades",
            "fuente",
            "nota",
            "estado",
        ]

    def clean_parte_de(self):
        total = self.cleaned_data["parte_de"]
        if total and (total.pk == self.instance.pk or total.parte_de_id):
            raise forms.ValidationError(
                "Un corte no es parte de sí mismo ni de otro que ya es parte. Escoja el total.",
                code="no_es_un_total",
            )
        return total

    def clean(self):
        datos = super().clean()
        corte = copy(self.instance)
        for campo, valor in datos.items():
            setattr(corte, campo, valor)
        try:
            exigir_que_las_partes_sumen(corte)
        except forms.ValidationError as error:
            self.add_error("asignado", error)
        return datos
