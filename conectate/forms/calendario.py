"""Los filtros del calendario: los mismos en el mes, el año y la lista."""

from django import forms
from django.utils.text import capfirst

from conectate.models import Sesion, TipoSesion
from contenidos.filtros import TemaField
from contenidos.models import Tema
from territorio.filtros import FiltroForm


class FiltroDeCalendarioForm(FiltroForm):
    tipo = forms.ChoiceField(label="Tipo", required=False)
    modalidad = forms.ChoiceField(label="Modalidad", required=False)
    audiencia = forms.ChoiceField(label="Para quién", required=False)
    tema = TemaField(label="Tema", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("tipo", TipoSesion.objects.values_list("clave", "nombre"))
        self._ofrecer("tema", Tema.objects.activos().values_list("slug", "nombre"))
        for campo, opciones in (("modalidad", Sesion.Modalidad), ("audiencia", Sesion.Audiencia)):
            self._ofrecer(
                campo, [(valor, capfirst(texto)) for valor, texto in opciones.choices], "Todas"
            )

    def aplicar(self, sesiones):
        puestos = self.puestos
        directos = {c: puestos.pop(c) for c in ("modalidad", "audiencia") if c in puestos}
        return sesiones.filter(**directos).filtradas(**puestos)
