"""Las fotos y los documentos que se suben a un contacto: uno o varios a la vez."""

from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError

from acompanamiento.acciones.archivos import (
    ADJUNTO_MAXIMO,
    FOTO_MAXIMA,
    SIN_AUTORIZACION,
    subir_adjunto,
    subir_foto,
)
from acompanamiento.models import Contacto, Foto
from contenidos.lectura.formatos import DOCUMENTOS
from trabajos.archivos import huella_de, peso_de
from trabajos.subidas import TopeDeSubida

A_LA_VEZ = 10


class VariosArchivosInput(forms.FileInput):
    allow_multiple_selected = True


class VariosArchivosField(forms.FileField):
    """Una lista, aunque sea de uno. Lo que le pase a cada archivo lo dice su acción."""

    def __init__(self, *, acepta, **kwargs):
        widget = VariosArchivosInput(attrs={"accept": acepta, "multiple": True})
        mensajes = {"required": "Escoja al menos un archivo."}
        super().__init__(allow_empty_file=True, widget=widget, error_messages=mensajes, **kwargs)

    def clean(self, data, initial=None):
        archivos = data if isinstance(data, list | tuple) else [data] if data else []
        archivos = [super(VariosArchivosField, self).clean(uno, initial) for uno in archivos]
        if not archivos:
            return super().clean(None, initial)
        if len(archivos) > A_LA_VEZ:
            raise ValidationError(
                f"Son {len(archivos)} archivos y se reciben hasta {A_LA_VEZ} a la vez. Súbalos en "
                "dos tandas.",
                code="demasiados",
            )
        return archivos


class SubidaForm(forms.Form):
    """Guarda los que puede y dice, uno por uno, qué les pasó a los demás."""

    que = ""

    def __init__(self, *args, contacto: Contacto, tope: TopeDeSubida, **kwargs):
        super().__init__(*args, prefix=self.que, **kwargs)
        self.contacto, self.tope, self.label_suffix = contacto, tope, ""

    def clean_archivos(self):
        archivos = self.cleaned_data["archivos"]
        if self.tope.se_paso and all(not uno.size for uno in archivos):
            raise ValidationError(
                "Lo que escogió pesa demasiado y no se recibió. Súbalo de a uno, más liviano.",
                code="muy_grande",
            )
        return archivos

    def guardar(self, *, por, clave: UUID | None = None) -> list:
        """Sin `clave`, la de cada uno sale de sus bytes: el mismo archivo, aquí, es el mismo."""
        archivos, guardados = self.cleaned_data["archivos"], []
        for n, archivo in enumerate(archivos, 1):
            suya = clave or uuid5(self.contacto.clave, huella_de(archivo))
            try:
                guardados.append(self.subir(archivo, suya, n, len(archivos), por))
            except ValidationError as error:
                self.add_error("archivos", error)
        return guardados


class FotosForm(SubidaForm):
    que = "foto"

    archivos = VariosArchivosField(
        label="Escoja las fotos",
        acepta="image/jpeg,image/png,image/webp",
        help_text=f"JPG, PNG o WebP, hasta {peso_de(FOTO_MAXIMA)} cada una y diez a la vez. "
        "El portal las achica y les quita el lugar y la hora que anota el teléfono.",
    )
    descripcion = forms.CharField(
        label="Qué se ve",
        max_length=Foto._meta.get_field("descripcion").max_length - len(" (10 de 10)"),
        help_text="Para quien no puede verlas: «Mesa de trabajo con el equipo de calidad».",
        error_messages={"required": "Escriba qué se ve en las fotos."},
    )
    autorizaron = forms.BooleanField(
        label="Quienes salen lo autorizaron y no se reconoce a ningún niño, niña o adolescente",
        error_messages={"required": SIN_AUTORIZACION},
    )

    def subir(self, archivo, clave, n, total, por):
        descripcion = self.cleaned_data["descripcion"]
        return subir_foto(
            contacto=self.contacto,
            clave=clave,
            archivo=archivo,
            descripcion=descripcion if total == 1 else f"{descripcion} ({n} de {total})",
            autorizaron=self.cleaned_data["autorizaron"],
            por=por,
        )


class AdjuntosForm(SubidaForm):
    que = "adjunto"

    archivos = VariosArchivosField(
        label="Escoja los documentos",
        acepta=DOCUMENTOS,
        help_text="PDF, Word, PowerPoint, Excel, OpenDocument, texto o imagen, hasta "
        f"{peso_de(ADJUNTO_MAXIMO)} cada uno. La secretaría también los ve.",
    )

    def subir(self, archivo, clave, n, total, por):
        return subir_adjunto(contacto=self.contacto, clave=clave, archivo=archivo, por=por)
