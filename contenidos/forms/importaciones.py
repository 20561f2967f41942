"""Lo que el navegador puede mandar de una importación de contenidos."""

from django import forms
from django.core.exceptions import ValidationError

from contenidos.acciones import importaciones as acciones
from contenidos.models import ImportacionDeContenidos

MB = 1024**2


class NuevaImportacionForm(forms.Form):
    hoja = forms.FileField(
        label="Hoja",
        max_length=250,
        help_text=f"La plantilla ya llena: .xlsx de hasta {acciones.HOJA_MAXIMA // MB} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Escoja la hoja que describe los contenidos.",
            "empty": "La hoja está vacía. Descargue la plantilla, llénela y súbala.",
        },
    )
    paquete = forms.FileField(
        label="ZIP con los archivos",
        max_length=250,
        required=False,
        help_text=f"De hasta {acciones.PAQUETE_MAXIMO // MB} MB. No hace falta si todos son "
        "enlaces.",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"empty": "El ZIP está vacío. Hágalo de nuevo y súbalo."},
    )

    def clean_hoja(self):
        return self._del_tamano_que_se_recibe("hoja", acciones.HOJA_MAXIMA)

    def clean_paquete(self):
        return self._del_tamano_que_se_recibe("paquete", acciones.PAQUETE_MAXIMO)

    def _del_tamano_que_se_recibe(self, campo, maximo):
        archivo = self.cleaned_data[campo]
        if archivo:
            acciones.exigir_tamano(archivo, maximo)
        return archivo or None

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
