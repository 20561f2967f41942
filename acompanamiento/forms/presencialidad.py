"""Cuántas instituciones están en presencialidad, según alguien, en una fecha."""

from django import forms
from django.utils import timezone

from acompanamiento.acciones.presencialidad import CLASE, registrar_presencialidad
from acompanamiento.consultas.presencialidad import presencialidad_visible
from acompanamiento.forms.fechas import fecha_cercana
from acompanamiento.forms.registrado import RegistradoForm
from acompanamiento.models import Presencialidad
from territorio.controles import FechaInput
from territorio.models import EntidadTerritorial

MAS_INSTITUCIONES = 100_000


class CuantasField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_value=MAS_INSTITUCIONES,
            widget=forms.NumberInput(attrs={"class": "ancho-corto", "inputmode": "numeric"}),
            **kwargs,
        )


class PresencialidadForm(RegistradoForm):
    clase = CLASE
    modelo = Presencialidad

    entidad = forms.ModelChoiceField(
        EntidadTerritorial.objects.none(),
        label="Secretaría",
        to_field_name="codigo_dane",
        widget=forms.HiddenInput,
    )
    fecha = forms.DateField(label="A qué fecha", widget=FechaInput(), validators=[fecha_cercana])
    en_presencialidad = CuantasField(
        label="Instituciones en presencialidad", help_text="Si no hay ninguna, escriba 0."
    )
    total = CuantasField(
        label="De cuántas", required=False, help_text="Déjelo vacío si no se sabe."
    )
    fuente = forms.CharField(
        label="Quién lo dice",
        max_length=200,
        help_text="El reporte o el área: «Cobertura, reporte semanal». Sin nombres de personas.",
    )

    def __init__(self, data=None, *, por, objeto=None, entidad=None, initial=None, **kwargs):
        if objeto is None:
            initial = {"fecha": timezone.localdate(), "entidad": entidad, **(initial or {})}
        super().__init__(data, por=por, objeto=objeto, initial=initial, **kwargs)
        una = objeto.entidad if objeto else entidad
        self.fields["entidad"].queryset = (
            EntidadTerritorial.objects.filter(pk=una.pk)
            if una
            else self._las_que_puede(EntidadTerritorial.objects.all())
        )

    def _las_que_puede(self, entidades):
        return entidades if self.por.es_del_ministerio else entidades.filter(usuarios=self.por)

    @classmethod
    def visibles(cls, usuario):
        return presencialidad_visible(usuario)

    @classmethod
    def puede_crear(cls, usuario):
        return usuario.is_authenticated

    @classmethod
    def valores_de(cls, cuenta):
        campos = ("entidad", "fecha", "en_presencialidad", "total", "fuente")
        return {campo: getattr(cuenta, campo) for campo in campos}

    def registrar(self, *, clave, base, cuerpo, datos):
        return registrar_presencialidad(
            clave=clave, base=base, cuerpo=cuerpo, datos=datos, por=self.por
        )
