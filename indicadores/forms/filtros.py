"""Los filtros de las listas: van en la dirección, que se puede guardar y enviar.

Lo que no se entiende no filtra: una dirección vieja o mal copiada no da un error.
"""

from django import forms
from django.utils.text import capfirst

from cuentas.models import Usuario
from indicadores.models import Hallazgo, Indicador
from territorio.filtros import FiltroForm
from territorio.models import EntidadTerritorial

SIN_RESPONSABLE = "nadie"
MAYOR_ENTERO = 2**31 - 1  # lo que cabe en la base


class FiltroDeErratasForm(FiltroForm):
    indicador = forms.ChoiceField(label="Indicador", required=False)
    entidad = forms.ChoiceField(label="Secretaría", required=False)
    vigencia = forms.ChoiceField(label="Año de la cifra", required=False)
    version = forms.IntegerField(
        label="Versión", required=False, min_value=1, max_value=MAYOR_ENTERO
    )

    def __init__(self, *args, vigencias, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("indicador", Indicador.objects.values_list("codigo", "nombre"))
        self._ofrecer(
            "entidad",
            EntidadTerritorial.objects.order_by("nombre_norm").values_list("codigo_dane", "nombre"),
            vacio="Todas",
        )
        self._ofrecer("vigencia", [(str(v), str(v)) for v in vigencias])
        self.fields["version"].widget.attrs["class"] = "ancho-corto"


class FiltroDeVersionForm(FiltroForm):
    indicador = forms.ChoiceField(label="Indicador", required=False)
    vigencia = forms.ChoiceField(label="Año de la cifra", required=False)

    def __init__(self, *args, vigencias, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("indicador", Indicador.objects.values_list("codigo", "nombre"))
        self._ofrecer("vigencia", [(str(v), str(v)) for v in vigencias])


class FiltroDeHallazgosForm(FiltroForm):
    regla = forms.ChoiceField(label="Regla", required=False)
    responsable = forms.ChoiceField(label="Responsable", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)

    def __init__(self, *args, responsables: list[Usuario], **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("regla", _en_mayuscula(Hallazgo.Regla.choices), vacio="Todas")
        self._ofrecer(
            "responsable",
            [(SIN_RESPONSABLE, "Sin responsable"), *((str(u.pk), str(u)) for u in responsables)],
        )
        self._ofrecer("estado", _en_mayuscula(Hallazgo.Estado.choices))

    def aplicar(self, hallazgos):
        puestos = self.puestos
        if puestos.get("responsable") == SIN_RESPONSABLE:
            puestos["responsable"] = None
        return hallazgos.filter(**puestos)


def _en_mayuscula(opciones):
    return [(valor, capfirst(nombre)) for valor, nombre in opciones]
