"""Lo que pide cada paso de la vida de un contenido."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from contenidos.acciones import contenidos as acciones
from contenidos.consultas.edicion import Paso
from contenidos.forms.edicion import ContenidoField
from contenidos.models import Contenido


class MomentoInput(forms.DateTimeInput):
    def __init__(self):
        super().__init__(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "ancho-medio"}
        )


class PasoForm(forms.Form):
    desde = forms.DateTimeField(
        label="Desde cuándo",
        required=False,
        widget=MomentoInput,
        help_text="Vacía, sale ahora. La hora es la de Colombia.",
    )
    motivo = forms.CharField(
        label="Por qué",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escriba por qué."},
    )
    reemplazado_por = ContenidoField(
        label="Lo reemplaza",
        required=False,
        help_text="Si otro ocupa su lugar, la dirección de su página en la biblioteca.",
    )

    def __init__(self, *args, contenido: Contenido, paso: Paso, **kwargs):
        super().__init__(*args, **kwargs)
        self.contenido, self.paso = contenido, paso
        self.fields["motivo"].required = paso.pide_motivo
        self.fields["motivo"].help_text = AYUDAS[paso.clave]
        if paso.clave != "publicar":
            del self.fields["desde"]
        elif contenido.esta_programado:
            self.initial["desde"] = contenido.publicado_en
        if paso.clave != "retirar" or not contenido.esta_publicado:
            del self.fields["reemplazado_por"]
        else:
            self.initial["reemplazado_por"] = contenido.reemplazado_por

    def clean_desde(self):
        desde = self.cleaned_data["desde"]
        if desde and desde < timezone.now():
            raise ValidationError(
                "Esa fecha ya pasó. Déjela vacía para publicarlo ahora.", code="fecha_pasada"
            )
        return desde

    def save(self, *, por):
        accion = ACCIONES[self.paso.clave]
        accion(contenido=self.contenido, por=por, **self.cleaned_data)


ACCIONES = {
    "revision": acciones.enviar_a_revision,
    "devolver": acciones.devolver,
    "publicar": acciones.publicar,
    "retirar": acciones.retirar,
}
AYUDAS = {
    "revision": "Lo que convenga decirle a quien lo revise. Queda en su historia.",
    "devolver": "Qué hay que corregir. Queda en su historia; no escriba nombres de personas.",
    "publicar": "Queda en su historia. No escriba nombres de personas.",
    "retirar": "Lo lee quien llegue por un enlace viejo. No escriba nombres de personas.",
}
