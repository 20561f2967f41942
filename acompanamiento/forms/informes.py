"""De qué se quiere el informe, y de cuándo."""

from datetime import date

from django import forms
from django.utils import timezone

from acompanamiento.acciones.informes import pedir_libro, pedir_mes
from acompanamiento.consultas.grupos import grupos_de
from acompanamiento.models import Grupo
from territorio.controles import FechaInput
from territorio.models import EntidadTerritorial


class LibroForm(forms.Form):
    """Una secretaría solo puede pedir lo suyo: no escoge de quién."""

    grupo = forms.ModelChoiceField(
        Grupo.objects.all(),
        label="De un grupo",
        required=False,
        to_field_name="numero",
        empty_label="Todos los grupos",
    )
    entidad = forms.ModelChoiceField(
        EntidadTerritorial.objects.en_orden(),
        label="De una secretaría",
        required=False,
        to_field_name="codigo_dane",
        empty_label="Todas las secretarías",
    )
    desde = forms.DateField(label="Desde", widget=FechaInput())
    hasta = forms.DateField(label="Hasta", widget=FechaInput())

    def __init__(self, *args, por, **kwargs):
        hoy = timezone.localdate()
        iniciales = {
            "desde": hoy.replace(month=1, day=1),
            "hasta": hoy,
            "grupo": grupos_de(por).first(),
        }
        super().__init__(*args, initial=iniciales, label_suffix="", **kwargs)
        self.por = por
        if por.es_de_secretaria:
            del self.fields["grupo"], self.fields["entidad"]

    def clean(self):
        datos = super().clean()
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error(
                "hasta",
                forms.ValidationError(
                    "La fecha final es anterior a la inicial. Cámbiela.", code="fechas_al_reves"
                ),
            )
        if datos.get("grupo") and datos.get("entidad"):
            self.add_error(
                "entidad",
                forms.ValidationError(
                    "Escoja un grupo o una secretaría, no los dos.", code="grupo_y_entidad"
                ),
            )
        return datos

    def pedir(self):
        suya = {"entidad": self.por.entidad} if self.por.es_de_secretaria else {}
        return pedir_libro(**self.cleaned_data, **suya, por=self.por)


class MesDeGrupoForm(forms.Form):
    grupo_del_mes = forms.ModelChoiceField(
        Grupo.objects.all(), label="Grupo", to_field_name="numero", empty_label="Escoja un grupo"
    )
    mes = forms.CharField(
        label="Mes",
        help_text="Año y mes, como 2026-11.",
        widget=forms.TextInput({"type": "month"}),
    )

    def __init__(self, *args, por, **kwargs):
        iniciales = {
            "mes": f"{timezone.localdate():%Y-%m}",
            "grupo_del_mes": grupos_de(por).first(),
        }
        super().__init__(*args, initial=iniciales, label_suffix="", **kwargs)
        self.por = por

    def clean_mes(self):
        try:
            primero = date.fromisoformat(f"{self.cleaned_data['mes'].strip()}-01")
        except ValueError:
            raise forms.ValidationError(
                "Ese mes no se entiende. Escríbalo con el año primero, como 2026-11.",
                code="mes_que_no_se_entiende",
            ) from None
        if primero > timezone.localdate():
            raise forms.ValidationError(
                "Ese mes todavía no empieza. Escoja uno que ya haya empezado.", code="mes_futuro"
            )
        return primero

    def pedir(self):
        datos = self.cleaned_data
        return pedir_mes(grupo=datos["grupo_del_mes"], mes=datos["mes"], por=self.por)
