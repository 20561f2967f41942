"""Lo que se busca en la biblioteca. Va en la dirección: se guarda, se envía y se comparte."""

from urllib.parse import urlencode

from django import forms

from contenidos.consultas.biblioteca import FACETAS, ORDENES, PERTINENCIA, RECIENTES
from territorio.filtros import FiltroForm

VALORES_POR_FACETA = 12


class FacetaField(forms.Field):
    """Los valores escogidos de una faceta, con su rótulo. Lo desconocido se olvida."""

    widget = forms.MultipleHiddenInput

    def __init__(self, faceta):
        super().__init__(required=False, label=faceta.titulo)
        self.faceta = faceta

    def clean(self, value):
        valores = [valor for valor in value or [] if valor and "\x00" not in valor]
        escogidos = list(dict.fromkeys(valores))[:VALORES_POR_FACETA]
        return self.faceta.conocidos(escogidos) if escogidos else {}


class FiltroDeBibliotecaForm(FiltroForm):
    q = forms.CharField(
        label="Buscar en la biblioteca",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    orden = forms.ChoiceField(required=False, choices=[*ORDENES.items()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for faceta in FACETAS:
            self.fields[faceta.clave] = FacetaField(faceta)

    @property
    def texto(self) -> str:
        return self.puestos.get("q", "")

    @property
    def escogidos(self) -> dict[str, dict[str, str]]:
        """Por faceta, {valor: rótulo}."""
        return {
            faceta.clave: self.puestos[faceta.clave]
            for faceta in FACETAS
            if faceta.clave in self.puestos
        }

    @property
    def orden_puesto(self) -> str:
        """Si no se dijo, lo que más lo dice; y si no se busca nada, lo más reciente."""
        natural = PERTINENCIA if self.texto else RECIENTES
        orden = self.puestos.get("orden", natural)
        return natural if orden == PERTINENCIA else orden

    @property
    def ordenes(self) -> list[tuple[str, str, bool]]:
        """(rótulo, dirección, si es el de ahora): con cuál orden se puede ver."""
        return [
            (rotulo, self.direccion(orden=clave), clave == self.orden_puesto)
            for clave, rotulo in ORDENES.items()
            if clave != PERTINENCIA or self.texto
        ]

    @property
    def consulta(self) -> str:
        return self._consulta(self._parametros())

    def direccion(self, **cambios) -> str:
        """La de esta búsqueda con otro valor en un campo."""
        return f"?{self._consulta(self._parametros() | cambios)}"

    def al_pulsar(self, clave: str, valor: str) -> str:
        """Poner un valor de una faceta, o quitarlo si ya estaba."""
        valores = list(self.escogidos.get(clave, ()))
        otros = [uno for uno in valores if uno != valor]
        return self.direccion(**{clave: otros if valor in valores else [*valores, valor]})

    def _parametros(self):
        return {
            campo: list(valor) if isinstance(valor, dict) else valor
            for campo, valor in self.puestos.items()
        }

    @staticmethod
    def _consulta(parametros):
        return urlencode({campo: valor for campo, valor in parametros.items() if valor}, doseq=True)
