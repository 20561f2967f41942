"""Qué se mira en el mapa y qué secretaría se busca. Lo que no se entiende no filtra."""

from django import forms

from indicadores.consultas.cifras import la_mas_completa
from indicadores.consultas.mapa import unidades_de_hoy, vigencias_con_cifras
from indicadores.models import Indicador
from territorio.consultas import entidades_vigentes
from territorio.models import EntidadTerritorial

AL_ABRIR = "desercion"


class FiltroDelMapaForm(forms.Form):
    """Indicador, año y orden de la tabla. Sin pedir nada, el indicador más consultado."""

    ORDENES = {"nombre": "por nombre", "valor": "de mayor a menor"}

    indicador = forms.ChoiceField(label="Indicador", required=False)
    vigencia = forms.ChoiceField(label="Año", required=False)
    orden = forms.CharField(required=False, widget=forms.HiddenInput)  # se cambia en la tabla

    def __init__(self, pedido):
        self.indicadores = indicadores = {uno.codigo: uno for uno in Indicador.objects.activos()}
        primero = indicadores.get(AL_ABRIR) or next(iter(indicadores.values()), None)
        self.elegido = indicadores.get(pedido.get("indicador"), primero)
        self.unidades = unidades_de_hoy()
        self.vigencias = vigencias_con_cifras(self.elegido, self.unidades) if self.elegido else {}
        pedida = pedido.get("vigencia", "")
        self.vigencia = next(
            (una for una in self.vigencias if str(una) == pedida), la_mas_completa(self.vigencias)
        )
        self.avisos = self._avisos(pedido.get("indicador"), pedida)
        self.orden_elegido = (
            pedido.get("orden") if pedido.get("orden") in self.ORDENES else "nombre"
        )
        super().__init__(
            label_suffix="",
            initial={
                "indicador": self.elegido and self.elegido.codigo,
                "vigencia": self.vigencia,
                "orden": self.orden_elegido,
            },
        )
        self.fields["indicador"].choices = _por_familia(indicadores.values())
        self.fields["vigencia"].choices = [(una, str(una)) for una in self.vigencias]

    @property
    def orden_en_palabras(self) -> str:
        return self.ORDENES[self.orden_elegido]

    def _avisos(self, pedido, vigencia):
        """Una dirección vieja o mal copiada no se disimula: se dice qué se muestra en su lugar."""
        avisos = []
        if self.elegido and pedido not in (None, "", self.elegido.codigo):
            avisos.append(f"No hay un indicador «{pedido}». Se muestra «{self.elegido}».")
        if self.vigencia and vigencia not in ("", str(self.vigencia)):
            avisos.append(
                f"De «{self.elegido}» no hay cifras de {vigencia}. Se muestran las de "
                f"{self.vigencia}."
            )
        return avisos


class BuscarSecretariaForm(forms.Form):
    """Las secretarías de hoy, para ir a la ficha de una."""

    secretaria = forms.ModelChoiceField(
        EntidadTerritorial.objects.none(),
        to_field_name="codigo_dane",
        label="Secretaría",
        empty_label="Escoja una secretaría",
        error_messages={
            "required": "Escoja una secretaría de la lista.",
            "invalid_choice": "Esa secretaría no está en la lista. Escoja otra.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["secretaria"].queryset = entidades_vigentes()


def _por_familia(indicadores):
    """Los indicadores, agrupados como en la ficha."""
    familias = {}
    for uno in indicadores:
        familias.setdefault(uno.get_familia_display(), []).append((uno.codigo, uno.nombre))
    return [
        suyos[0] if len(suyos) == 1 else (familia, suyos) for familia, suyos in familias.items()
    ]
