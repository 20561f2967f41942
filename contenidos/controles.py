"""Con qué se sube un documento en cualquier parte del portal."""

from django import forms
from django.conf import settings

from contenidos.lectura.formatos import DOCUMENTOS
from trabajos.archivos import peso_de


class DocumentoField(forms.FileField):
    """Lo que recibe la biblioteca, menos los videos, que van por enlace."""

    widget = forms.FileInput(attrs={"accept": DOCUMENTOS})

    def __init__(self, **kwargs):
        super().__init__(
            help_text="PDF, Word, Excel, PowerPoint, OpenDocument, texto o imagen. Hasta "
            f"{peso_de(settings.CONTENIDOS_TAMANO_MAXIMO)}.",
            **kwargs,
        )
