"""De qué año y de qué secretaría se miran las descargas."""

from django import forms

from contenidos.consultas.descargas import POR_CONTENIDO, POR_ENTIDAD
from contenidos.models import Contenido
from territorio.filtros import FiltroForm
from territorio.models import EntidadTerritorial


class FiltroDeDescargasForm(FiltroForm):
    por = forms.ChoiceField(
        required=False,
        choices=[(POR_CONTENIDO, "Por contenido"), (POR_ENTIDAD, "Por secretaría")],
        widget=forms.HiddenInput,
    )
    vigencia = forms.TypedChoiceField(label="Año", required=False, coerce=int, empty_value=None)
    entidad = forms.ModelChoiceField(
        label="Secretaría",
        queryset=EntidadTerritorial.objects.order_by("nombre_norm", "codigo_dane"),
        to_field_name="codigo_dane",
        required=False,
        empty_label="Todas",
    )
    contenido = forms.ModelChoiceField(
        queryset=Contenido.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, vigencias, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("vigencia", [(vigencia, vigencia) for vigencia in vigencias])

    @property
    def reparto(self) -> str:
        return self.puestos.get("por", POR_CONTENIDO)

    @property
    def condiciones(self) -> dict:
        return {campo: valor for campo, valor in self.puestos.items() if campo != "por"}

    @property
    def parametros(self) -> dict:
        """Como van en la dirección."""
        return {campo: self.data[campo] for campo in self.puestos}

    @property
    def alcance(self) -> str:
        partes = [str(valor) for valor in self.condiciones.values()]
        return ", ".join(partes) or "todas"
