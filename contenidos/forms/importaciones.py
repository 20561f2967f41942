"""Lo que el navegador puede mandar de una importación de contenidos."""

from django import forms
from django.core.exceptions import ValidationError

from contenidos.acciones import importaciones as acciones
from contenidos.models import ImportacionDeContenidos
from trabajos.subidas import TopeDeSubida

MB = 1024**2


class NuevaImportacionForm(forms.Form):
    hoja = forms.FileField(
        label="Hoja",
        max_length=250,
        allow_empty_file=True,  # lo vacío también se recibe, y se explica
        help_text=f"La plantilla ya llena: .xlsx de hasta {acciones.HOJA_MAXIMA // MB} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Escoja la hoja que describe los contenidos."},
    )
    paquete = forms.FileField(
        label="ZIP con los archivos",
        max_length=250,
        allow_empty_file=True,
        required=False,
        help_text=f"De hasta {acciones.PAQUETE_MAXIMO // MB} MB. No hace falta si todos son "
        "enlaces.",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    def __init__(self, *args, tope: TopeDeSubida, **kwargs):
        super().__init__(*args, **kwargs)
        self.tope = tope

    def clean(self):
        datos = super().clean()
        if self.tope.se_paso:  # no se guardó: solo se sabe que pasó del límite
            raise ValidationError(
                "Lo que subió pesa más de lo que se recibe. Divida el ZIP en varios, cada uno con "
                "su hoja.",
                code="archivo_demasiado_grande",
            )
        for campo, maximo in (("hoja", acciones.HOJA_MAXIMA), ("paquete", acciones.PAQUETE_MAXIMO)):
            if archivo := datos.get(campo):
                self._exigir_tamano(campo, archivo, maximo)
        return datos

    def _exigir_tamano(self, campo, archivo, maximo):
        try:
            acciones.exigir_tamano(archivo, maximo)
        except ValidationError as error:
            self.add_error(campo, error)

    def save(self, *, por) -> ImportacionDeContenidos:
        importacion = acciones.recibir(por=por, **self.cleaned_data)
        acciones.pedir_lectura(importacion, por)
        return importacion


class ConfirmarImportacionForm(forms.Form):
    BORRADOR, REVISION = "borrador", "revision"

    queda = forms.ChoiceField(
        label="Cómo quedan",
        choices=[
            (BORRADOR, "En borrador: para completarlos antes"),
            (REVISION, "En revisión: para que otra persona los publique"),
        ],
        initial=BORRADOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Escoja si quedan en borrador o en revisión."},
    )

    def __init__(self, *args, importacion: ImportacionDeContenidos, **kwargs):
        super().__init__(*args, **kwargs)
        self.importacion = importacion

    def clean(self):
        if not any(fila["que"] == "nueva" for fila in self.importacion.filas):
            raise ValidationError(
                "No hay ningún contenido nuevo que crear. Corrija la hoja y súbala otra vez.",
                code="nada_nuevo",
            )
        return super().clean()

    def save(self, *, por):
        return acciones.pedir_confirmacion(
            self.importacion, por, a_revision=self.cleaned_data["queda"] == self.REVISION
        )
