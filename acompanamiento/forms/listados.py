"""Lo que se envía para cargar un listado: el archivo, y de qué secretaría es un nombre."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from acompanamiento.acciones.listados import MEGA
from acompanamiento.acciones.listados_de_grupos import TAMANO_MAXIMO, recibir_listado_de_grupos
from acompanamiento.acciones.listados_de_instituciones import (
    TAMANO_MAXIMO as MAXIMO_DE_INSTITUCIONES,
)
from acompanamiento.acciones.listados_de_instituciones import recibir_listado_de_instituciones
from acompanamiento.forms.fechas import fecha_cercana
from territorio.controles import FechaInput
from territorio.models import EntidadTerritorial

ACEPTADOS = ".xlsx,.csv"


class NuevoListadoForm(forms.Form):
    """Un archivo que no sirve deja su motivo en el campo, y lo demás como estaba."""

    maximo: int
    archivo = forms.FileField(
        label="Archivo",
        max_length=250,
        allow_empty_file=True,  # el vacío también se recibe, y se explica
        widget=forms.FileInput(attrs={"accept": ACEPTADOS}),
        error_messages={"required": "Escoja el archivo."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields[
            "archivo"
        ].help_text = f"Excel (.xlsx) o CSV, de hasta {self.maximo // MEGA} MB."

    def recibir(self, *, por):
        raise NotImplementedError

    def save(self, *, por):
        try:
            return self.recibir(por=por)
        except ValidationError as error:
            self.add_error("archivo", error)
            return None


class NuevoListadoDeGruposForm(NuevoListadoForm):
    maximo = TAMANO_MAXIMO
    desde = forms.DateField(
        label="Desde qué día valen",
        widget=FechaInput(),
        validators=[fecha_cercana],
        help_text="Lo anterior a ese día no se mueve.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"desde": timezone.localdate()}, **kwargs)

    def recibir(self, *, por):
        return recibir_listado_de_grupos(**self.cleaned_data, por=por)


class NuevoListadoDeInstitucionesForm(NuevoListadoForm):
    maximo = MAXIMO_DE_INSTITUCIONES
    fuente = forms.CharField(
        label="De dónde sale",
        max_length=200,
        help_text="Por ejemplo: «DUE, Ministerio de Educación». Se muestra en cada institución.",
    )
    corte = forms.DateField(
        label="A qué fecha",
        required=False,
        widget=FechaInput(),
        help_text="La que da la fuente. Con ella se sabe qué secretaría atendía cada municipio.",
    )

    def clean_corte(self):
        corte = self.cleaned_data["corte"]
        if corte and corte > timezone.localdate():
            raise ValidationError("Ese día no ha llegado. Ponga hoy o antes.", code="corte_futuro")
        return corte

    def recibir(self, *, por):
        return recibir_listado_de_instituciones(**self.cleaned_data, por=por)


class ReconocerForm(forms.Form):
    """De quién es una fila, entre las secretarías que hay en la fecha del listado."""

    texto = forms.CharField(widget=forms.HiddenInput, strip=False)
    entidad = forms.ModelChoiceField(
        EntidadTerritorial.objects.none(), label="Secretaría", to_field_name="codigo_dane"
    )

    def __init__(self, *args, fecha, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entidad"].queryset = EntidadTerritorial.objects.vigentes(fecha)
