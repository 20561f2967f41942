"""Los filtros de la lista de contactos y el motivo con que se cancela uno."""

from django import forms
from django.utils.text import capfirst

from acompanamiento.acciones.contactos import cancelar_contacto
from acompanamiento.consultas import opciones
from acompanamiento.consultas.contactos import que_dicen
from acompanamiento.models import Contacto
from contenidos.filtros import TemaField
from territorio.controles import FechaInput
from territorio.filtros import FiltroForm

PARA_LA_SECRETARIA = (Contacto.Estado.COMPLETO, Contacto.Estado.PROGRAMADO)


class FiltroDeContactosForm(FiltroForm):
    q = forms.CharField(
        label="Buscar", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    entidad = forms.ChoiceField(label="Secretaría", required=False)
    grupo = forms.ChoiceField(label="Grupo", required=False)
    canal = forms.ChoiceField(label="Cómo fue", required=False)
    estado = forms.ChoiceField(label="Estado", required=False)
    tema = TemaField(label="Tema", required=False)
    desde = forms.DateField(label="Desde", required=False, widget=FechaInput())
    hasta = forms.DateField(label="Hasta", required=False, widget=FechaInput())

    def __init__(self, *args, del_ministerio, **kwargs):
        super().__init__(*args, **kwargs)
        self._ofrecer("canal", [(c, capfirst(nombre)) for c, nombre in Contacto.Canal.choices])
        self._ofrecer(
            "estado",
            [
                (estado, capfirst(nombre))
                for estado, nombre in Contacto.Estado.choices
                if del_ministerio or estado in PARA_LA_SECRETARIA
            ],
        )
        self._ofrecer("tema", opciones.temas())
        if del_ministerio:
            self._ofrecer("entidad", opciones.secretarias(), "Todas")
            self._ofrecer("grupo", opciones.grupos())
        else:
            del self.fields["entidad"], self.fields["grupo"]

    def aplicar(self, contactos):
        puestos = self.puestos
        por_campo = {
            "entidad": "entidad__codigo_dane",
            "grupo": "grupo__numero",
            "canal": "canal",
            "estado": "estado",
            "desde": "fecha__gte",
            "hasta": "fecha__lte",
        }
        contactos = contactos.filter(
            **{donde: puestos[campo] for campo, donde in por_campo.items() if campo in puestos}
        )
        if tema := puestos.get("tema"):
            contactos = contactos.filter(
                pk__in=Contacto.temas.through.objects.filter(tema__slug=tema).values("contacto")
            )
        return que_dicen(contactos, puestos.get("q", ""))


class CancelarContactoForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué se cancela",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Solo lo lee el Ministerio. No escriba nombres de personas.",
        error_messages={"required": "Escriba por qué se cancela."},
    )

    def save(self, *, contacto, por):
        cancelar_contacto(contacto=contacto, motivo=self.cleaned_data["motivo"], por=por)
