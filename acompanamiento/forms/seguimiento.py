"""Los filtros del semáforo y de la lista de secretarías."""

from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst

from acompanamiento.consultas.semaforo import Luz, padrinos_de_hoy
from acompanamiento.models import Grupo
from territorio.filtros import FiltroForm


class PorGrupoForm(FiltroForm):
    grupo = forms.ChoiceField(label="Grupo", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._grupos = {str(grupo.numero): grupo for grupo in Grupo.objects.vigentes()}
        self._ofrecer("grupo", [(numero, str(grupo)) for numero, grupo in self._grupos.items()])

    @property
    def el_grupo(self) -> Grupo | None:
        return self._grupos.get(self.puestos.get("grupo"))


class FiltroDelSemaforoForm(PorGrupoForm):
    padrino = forms.ChoiceField(label="Padrino o madrina", required=False)
    luz = forms.ChoiceField(label="Cómo va", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._padrinos = {str(persona.pk): persona for persona in padrinos_de_hoy()}
        self._ofrecer("padrino", [(pk, str(quien)) for pk, quien in self._padrinos.items()])
        self._ofrecer("luz", [(luz, capfirst(nombre)) for luz, nombre in Luz.choices], "Todas")

    @property
    def de_quien(self) -> dict:
        """Lo que el semáforo sabe filtrar."""
        return {
            "grupo": self.el_grupo,
            "padrino": self._padrinos.get(self.puestos.get("padrino")),
        }

    def con_luz(self, luz: str) -> str:
        """La misma lista, en esa luz; si ya está en ella, en todas."""
        puestos = {campo: valor for campo, valor in self.puestos.items() if campo != "luz"}
        if luz != self.puestos.get("luz"):
            puestos["luz"] = luz
        return urlencode(puestos)


class FiltroDeSecretariasForm(PorGrupoForm):
    q = forms.CharField(
        label="Buscar", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    field_order = ["q", "grupo"]
