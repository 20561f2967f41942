"""Armar una colección: su texto, y un renglón por contenido. Guardar añade y quita a la vez."""

from django import forms
from django.core.exceptions import ValidationError

from contenidos.acciones.colecciones import guardar_coleccion
from contenidos.forms.edicion import ContenidoField
from contenidos.models import Coleccion, EnColeccion

EN_BLANCO = 3  # renglones para añadir
ENTRE_ORDENES = 10  # deja sitio para meter uno en medio
MAXIMO = 200


class ColeccionForm(forms.ModelForm):
    class Meta:
        model = Coleccion
        fields = ("titulo", "resumen", "publicada", "orden")
        widgets = {
            "resumen": forms.Textarea(attrs={"rows": 4}),
            "orden": forms.NumberInput(attrs={"class": "ancho-corto"}),
        }
        help_texts = {
            "resumen": "Para qué sirve y a quién. Es lo que se lee en la lista.",
            "publicada": "Mientras no lo esté, la ve solo quien edita.",
            "orden": "Las de número menor salen primero.",
        }


class RenglonForm(forms.ModelForm):
    """Lo que una colección y una ruta tienen en común: un contenido y su lugar."""

    contenido = ContenidoField(
        label="Dirección del contenido",
        help_text="Ábralo en la biblioteca y copie la dirección de su página.",
    )
    orden = forms.IntegerField(
        label="Lugar",
        required=False,
        min_value=1,
        max_value=9_999,
        help_text="Vacío va al final.",
        widget=forms.NumberInput(attrs={"class": "ancho-corto"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["contenido"] = self.instance.contenido

    def has_changed(self):
        """Lo traído de la canasta cuenta aunque nadie lo toque."""
        viene_escrito = self.is_bound and self.data.get(self.add_prefix("contenido"))
        return super().has_changed() or bool(viene_escrito)


class EntradaForm(RenglonForm):
    class Meta:
        model = EnColeccion
        fields = ("contenido", "nota", "orden")


class RenglonesFormSet(forms.BaseInlineFormSet):
    """Cada contenido una vez, y lo que no dice su lugar va al final."""

    sin_repetir = True

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Quitar"

    def clean(self):
        vistos = set()
        for form in self._los_que_quedan():
            contenido = form.cleaned_data["contenido"]
            if contenido in vistos and self.sin_repetir:
                form.add_error(
                    "contenido", ValidationError("Ya está en otro renglón.", code="repetido")
                )
            vistos.add(contenido)

    def partes(self):
        """(las que se guardan, las que se quitan), con su lugar."""
        guardadas = self.save(commit=False)
        lugares = [(form.instance, form.cleaned_data["orden"]) for form in self._los_que_quedan()]
        ultimo = max((orden for _, orden in lugares if orden), default=0)
        for una, orden in lugares:
            una.orden = orden or ultimo + ENTRE_ORDENES
            ultimo = max(ultimo, una.orden)
        return guardadas, self.deleted_objects

    def _los_que_quedan(self):
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("contenido") and not form.cleaned_data.get("DELETE")
        ]


def renglones(padre, modelo, form, formset, *, data, instance, contenidos):
    """El juego de renglones: los que hay, los traídos de la canasta y unos en blanco."""
    clase = forms.inlineformset_factory(
        padre,
        modelo,
        form=form,
        formset=formset,
        extra=len(contenidos) + EN_BLANCO,
        max_num=MAXIMO,
        can_delete_extra=False,
    )
    return clase(
        data,
        instance=instance,
        prefix="renglon",
        initial=[{"contenido": contenido} for contenido in contenidos],
        queryset=modelo.objects.select_related("contenido"),
    )


def renglones_de_coleccion(coleccion, data=None, contenidos=()):
    return renglones(
        Coleccion,
        EnColeccion,
        EntradaForm,
        RenglonesFormSet,
        data=data,
        instance=coleccion,
        contenidos=contenidos,
    )


def valen(form, juego) -> bool:
    """Los dos. Si lo malo está solo en los renglones, el resumen de arriba lo dice."""
    if form.is_valid() and not juego.is_valid():
        form.add_error(None, "Hay renglones por corregir: están señalados más abajo.")
    return form.is_valid()


def guardar(form, entradas, *, por):
    """La colección guardada, o nada si algo no cuadra: el formulario dice qué."""
    if not valen(form, entradas):
        return None
    guardadas, quitadas = entradas.partes()
    try:
        guardar_coleccion(coleccion=form.instance, entradas=guardadas, quitadas=quitadas, por=por)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return form.instance
